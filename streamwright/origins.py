"""The two origins: the editor's, and the one reserved for published apps."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port


def is_of_apps(host: str) -> bool:
    """Whether a Host header names the origin of published apps; any other host is the editor's. It is normalised as for
    ALLOWED_HOSTS, so that a port or a trailing dot cannot make an accepted host count as another."""
    return _name(host) == _name(urlsplit(settings.APPS_ORIGIN).netloc)


def host_of(scope: dict[str, Any]) -> str:
    """The Host that a request or a socket was sent to."""
    return dict(scope["headers"]).get(b"host", b"").decode("latin-1")


def _name(host: str) -> str:
    name: str = split_domain_port(host)[0]
    return name
