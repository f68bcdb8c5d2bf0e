"""The two origins: the editor's, and the one that published apps have for themselves."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings


def is_of_apps(host: str) -> bool:
    """Whether a request's Host is the origin of published apps; all others are the editor's."""
    return host.lower() == urlsplit(settings.APPS_ORIGIN).netloc


def host_of(scope: dict[str, Any]) -> str:
    """The Host that a request or a socket was sent to."""
    return dict(scope["headers"]).get(b"host", b"").decode("latin-1")
