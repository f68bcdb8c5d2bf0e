"""Three people for every test: Ada owns, Bo edits where she lets him, Cy must be refused."""

from typing import Any

import pytest
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from builder.models import User

PASSWORD = "a long enough password"


def person(name: str) -> User:
    return User.objects.create_user(f"{name.lower()}@example.org", PASSWORD, name=name)


def signed_in(user: User) -> Client:
    """A browser without a screen in which `user` is signed in: with the session that signing in leaves, and without what
    else it does, which takes four times as long. Tests of signing in do it by its form."""
    client, session = Client(), SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def socket(client: Client, path: str, origin: str | None = None) -> WebsocketCommunicator:
    """A WebSocket to `path` as `client`'s browser would open it, not yet connected."""
    from streamwright.asgi import application

    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    headers = [(b"origin", (origin or settings.ORIGINS[0]).encode()), (b"cookie", cookies.encode())]
    return WebsocketCommunicator(application, path, headers)


@pytest.fixture
def ada(db: Any) -> User:
    return person("Ada")


@pytest.fixture
def bo(db: Any) -> User:
    return person("Bo")


@pytest.fixture
def cy(db: Any) -> User:
    return person("Cy")


@pytest.fixture
def ada_client(ada: User) -> Client:
    return signed_in(ada)


@pytest.fixture
def bo_client(bo: User) -> Client:
    return signed_in(bo)


@pytest.fixture
def cy_client(cy: User) -> Client:
    return signed_in(cy)
