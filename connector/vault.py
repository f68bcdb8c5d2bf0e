"""Secrets at rest: sealed with AES-GCM, bound to what they belong to, readable only with this server's keys.

A sealed secret is `version (1 byte) · key id (8) · nonce (12) · ciphertext and tag`. What it is bound to (app, its own
id, origin) is authenticated with it, so that a copy in another row, app or address cannot be opened.
"""

import hashlib
import json
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from connector.sending.auth_errors import SecretUnreadable

_VERSION = b"\x01"
_ID, _NONCE = 8, 12
_HEAD = len(_VERSION) + _ID


def seal(content: dict[str, Any], *bound_to: str) -> bytes:
    """Seal content with the newest key, for the one place identified by `bound_to`."""
    key = _keys()[0]
    nonce = os.urandom(_NONCE)
    return _VERSION + _id(key) + nonce + AESGCM(key).encrypt(nonce, json.dumps(content).encode(), _bound(bound_to))


def unseal(sealed: bytes | memoryview, *bound_to: str) -> dict[str, Any]:
    """Open what was sealed with any of the server's keys. Raises SecretUnreadable for another place, a lost key or a
    changed byte, without telling which."""
    sealed = bytes(sealed)
    nonce, locked = sealed[_HEAD : _HEAD + _NONCE], sealed[_HEAD + _NONCE :]
    for key in _keys():
        if sealed[:_HEAD] == _VERSION + _id(key):
            try:
                return json.loads(AESGCM(key).decrypt(nonce, locked, _bound(bound_to)))
            except (InvalidTag, ValueError):
                break
    raise SecretUnreadable


def is_ours(sealed: bytes | memoryview) -> bool:
    """Whether it was sealed with one of the server's keys, without opening it."""
    return any(bytes(sealed)[:_HEAD] == _VERSION + _id(key) for key in _keys())


def rotate(sealed: bytes | memoryview, *bound_to: str) -> bytes:
    """The same secret sealed with the newest key; unchanged if it already was."""
    if bytes(sealed)[:_HEAD] == _VERSION + _id(_keys()[0]):
        return bytes(sealed)
    return seal(unseal(sealed, *bound_to), *bound_to)


def hint(secret: str) -> str:
    """All that is ever shown of a saved secret: the last four characters of one longer than 20 (S4)."""
    return secret[-4:] if len(secret) > 20 else ""


def _keys() -> list[bytes]:
    return [bytes.fromhex(key) for key in settings.VAULT_KEYS]


def _id(key: bytes) -> bytes:
    return hashlib.sha256(b"vault key" + key).digest()[:_ID]


def _bound(names: tuple[str, ...]) -> bytes:
    return json.dumps(names).encode()
