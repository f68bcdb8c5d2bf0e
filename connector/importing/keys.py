"""Recognises what manuals put in place of one's own key, and which authentication an example means."""

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Any, cast

from connector.asking.headers import is_secret
from connector.auth import auth
from connector.importing.shell import MARK

_STANDS_IN = (
    re.compile(r"\$\{?(\w+)\}?"),
    re.compile(r"%(\w+)%"),
    re.compile(r"<\s*([^<>]{1,60}?)\s*>"),
    re.compile(r"\{\{?\s*([^{}]{1,60}?)\s*\}?\}"),
    re.compile(r"\[\s*([A-Za-z][^\[\]]{0,60}?)\s*\]"),
    re.compile(r"((?:your|my|insert|replace|enter|paste)[ _-].{1,60})", re.IGNORECASE),
    re.compile(r"((?:[A-Z0-9]+_)*(?:API_?)?(?:KEY|TOKEN|SECRET|PASSWORD|USERNAME|SID)(?:_HERE)?)"),
    re.compile(r"((?:(?:api|access|auth|bearer|secret)[ _-]?)?(?:key|token|secret|password|username))", re.IGNORECASE),
)
_NO_KEY = re.compile(r"\.{3}|…|x{4,}|\*{3,}|•{3,}|\$\(|(^|[ _-])your([ _-]|$)", re.IGNORECASE)
# The shortest text taken for a key by its shape alone.
_SHORTEST = 8


def stand_in(text: str) -> str | None:
    """The name of a stand-in for something of one's own, such as `api_key` for `<API_KEY>`; None for a real value."""
    text = text.strip()
    if found := MARK.fullmatch(text):
        return plain_name(found[1])
    for pattern in _STANDS_IN:
        if found := pattern.fullmatch(text):
            return plain_name(found[1])
    return None


def plain_name(text: str) -> str:
    """A valid placeholder name made from what a manual calls it."""
    name = re.sub(r"^(your|my|insert|replace|enter|paste)[ _-]+(with[ _-]+|your[ _-]+)?", "", text, flags=re.IGNORECASE)
    name = re.sub(r"[ _-]here$", "", name, flags=re.IGNORECASE)
    name = re.sub(r"[^\w .-]+", "_", name).strip("_ .-")
    name = name.lower() if name.isupper() else name
    return (name if re.match(r"[^\W\d]", name) else f"value {name}".strip())[:60]


def is_key(text: str) -> bool:
    """Whether a text is a key itself rather than a stand-in for one."""
    return bool(text) and stand_in(text) is None and not MARK.search(text) and not _NO_KEY.search(text)


def looks_secret(name: str, value: str) -> bool:
    """Whether something is secret by its name, and its value is not just a word such as `none`."""
    return is_secret(name) and (len(value) >= _SHORTEST or stand_in(value) is not None)


class Found:
    """The authentication an example means: the scheme, its options, and the secrets that are real."""

    def __init__(self, scheme: str, where: str, **values: str):
        self.scheme, self.where = scheme, where
        self.known = scheme in auth
        entry = cast(Any, auth[scheme] if self.known else auth["none"])
        in_options, in_secrets = entry.Options.base_fields, entry.Secrets.base_fields
        self.options = {name: value for name, value in values.items() if name in in_options and _is_given(name, value)}
        self.secrets = {name: value for name, value in values.items() if name in in_secrets and is_key(value)}

    def __repr__(self) -> str:
        return f"<{self.scheme} in {self.where}>"


def _is_given(option: str, value: str) -> bool:
    """Whether an option has content: a header's name may be `key`, a user's may not."""
    return bool(value) and (option in ("header", "name", "parameter") or is_key(value))


def in_header(name: str, value: str) -> Found | None:
    """The authentication carried by a header; None for a header that is not secret."""
    if name.lower() == "authorization":
        scheme, _, rest = value.strip().partition(" ")
        if scheme.lower() == "bearer":
            return Found("bearer", name, token=rest.strip())
        if scheme.lower() == "basic":
            return Found("basic", name, **_user_and_password(rest.strip()))
        return Found("key_in_header", name, header=name, key="" if rest and not is_key(rest) else value)
    if looks_secret(name, value):
        return Found("key_in_header", name, header=name, key="" if value.lower() == name.lower() else value)
    return None


def in_query(name: str, value: str) -> Found | None:
    """The authentication carried by a query pair; None for one that is not secret."""
    return Found("key_in_url", name, name=name, parameter=name, key=value) if looks_secret(name, value) else None


def of_user(text: str) -> Found:
    """The authentication of `-u user:password`."""
    user, _, password = text.partition(":")
    return Found("basic", "-u", username=user, password=password)


def _user_and_password(encoded: str) -> Mapping[str, str]:
    try:
        user, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return {}
    return {"username": user, "password": password}
