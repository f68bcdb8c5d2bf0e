"""The two origins: the editor's, and the one that published apps have for themselves."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port


def is_of_apps(host: str) -> bool:
    """Whether a request's Host is that of published apps; all others are the editor's. It is read as ALLOWED_HOSTS is,
    so that none that is let in leads elsewhere: neither a port nor a dot at its end makes it another."""
    return _name(host) == _name(urlsplit(settings.APPS_ORIGIN).netloc)


def host_of(scope: dict[str, Any]) -> str:
    """The Host that a request or a socket was sent to."""
    return dict(scope["headers"]).get(b"host", b"").decode("latin-1")


def _name(host: str) -> str:
    name: str = split_domain_port(host)[0]
    return name
