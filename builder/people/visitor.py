"""Who uses an app: the owner of a visit, a run or a call."""

import logging
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.http import parse_cookie

from builder.models import User

log = logging.getLogger(__name__)

# Distinguishes strangers: a word that cannot be guessed.
COOKIE = "sw_visitor"
_WORD = re.compile(r"[A-Za-z0-9_-]{20,64}")
# An address as written by some proxies: `192.0.2.1:5678`, `[2001:db8::1]:443`.
_WITH_PORT = re.compile(r"([0-9.]+):[0-9]+|\[([^]]*)\](?::[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Visitor:
    """`key` identifies a visitor: `us:<id>` an editor in preview, `vs:<digest>` a stranger, known by a cookie whose
    word cannot be derived from it, because keys appear in rows and logs; "" while unknown. `email` is set for anybody
    who is signed in; `address` is the client's IP."""

    key: str
    email: str = ""
    address: str = ""

    @classmethod
    def editor(cls, user: User, address: str = "") -> "Visitor":
        """Somebody viewing their own app."""
        return cls(f"us:{user.pk}", user.email, address)

    @classmethod
    def stranger(cls, word: str, address: str = "") -> "Visitor":
        """Whoever has this word in their cookie; unknown if it cannot be one of our words."""
        known = _WORD.fullmatch(word)
        return cls(f"vs:{sha256(word.encode()).hexdigest()[:32]}" if known else "", address=address)

    def by(self, visit: str) -> "Visitor":
        """The same visitor, identified by their visit if nothing else does: for those who block cookies."""
        return self if self.key else Visitor.stranger(f"visit-{visit}", self.address)


# For visits that nobody has opened.
NOBODY = Visitor("")


def client_address(scope: Mapping[str, Any]) -> str:
    """The IP that a request or a socket comes from, or "" if it is unknown. Behind a proxy it is the last address in
    the header named by the operator, where the proxy adds it; the proxy's own address is never a visitor's."""
    if name := settings.CLIENT_ADDRESS_HEADER.lower().encode("latin-1"):
        said = _header(scope["headers"], name).rpartition(",")[2].strip()
        ported = _WITH_PORT.fullmatch(said)
        found = (ported[1] or ported[2]) if ported else said
        if not _is_address(found):
            _say_unreadable(settings.CLIENT_ADDRESS_HEADER)
        return found
    return "" if settings.BEHIND_PROXY else str((scope.get("client") or ("",))[0])


def _is_address(said: str) -> bool:
    try:
        ip_address(said.partition("%")[0])
    except ValueError:
        return False
    return True


@cache
def _say_unreadable(header: str) -> None:
    """Log it once only, and without the content, which anybody may have written."""
    log.warning("%s, which CLIENT_ADDRESS_HEADER names, came without an address: no budget by address held", header)


def own_word(said: str) -> str:
    """The word in a browser's cookie, or a new one to set."""
    return said if _WORD.fullmatch(said) else secrets.token_urlsafe(18)


def word_in(scope: Mapping[str, Any]) -> str:
    """The word in the cookie of a socket's browser; "" if there is none."""
    return str(cookies_of(scope).get(COOKIE, ""))


def cookies_of(scope: Mapping[str, Any]) -> dict[str, str]:
    """All cookies that a socket's browser sent."""
    return dict(parse_cookie(_header(scope["headers"], b"cookie")))


def _header(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> str:
    """A header's value, the last one if it is repeated."""
    return next((value.decode("latin-1") for known, value in reversed(list(headers)) if known == name), "")
