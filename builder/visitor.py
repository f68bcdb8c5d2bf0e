"""Who uses an app: whom a visit, a run and a call belong to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from builder.models import User


@dataclass(frozen=True, slots=True)
class Visitor:
    """`key` tells one from another: `us:<id>` an editor in preview, `vs:<random>` a stranger, known by a cookie.
    `email` is there for whoever is signed in; `address` is the client's IP."""

    key: str
    email: str = ""
    address: str = ""

    @classmethod
    def editor(cls, user: User, address: str = "") -> "Visitor":
        """Somebody who looks at their own app."""
        return cls(f"us:{user.pk}", user.email, address)


# For visits that nobody has opened.
NOBODY = Visitor("")


def client_address(scope: Mapping[str, Any]) -> str:
    """The IP that a request or a socket comes from: behind a proxy, which adds it at the end, what that one says."""
    if settings.BEHIND_PROXY and (passed_on := _header(scope["headers"], b"x-forwarded-for")):
        return passed_on.rpartition(",")[2].strip()
    return str((scope.get("client") or ("",))[0])


def _header(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> str:
    """A header's value; of one that is there several times the last."""
    return next((value.decode("latin-1") for known, value in reversed(list(headers)) if known == name), "")
