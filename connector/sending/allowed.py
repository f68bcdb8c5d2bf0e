"""Non-public addresses that outgoing calls may reach: those in the operator's list and, on a person's own machine,
those that its owner has allowed with a click (P22).

Such a click is offered only if `./run` serves on this machine itself, to the server's owner, for an address on this
machine or its private network. Allowed addresses are listed, and can be revoked with another click.
"""

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address
from pathlib import Path
from typing import Any

from django.conf import settings

from connector.asking.errors import CannotBuild
from connector.errors import ConnectorError

_MOST = 20
_NEAR: list[Any] = [
    IPv4Network("127.0.0.0/8"),
    IPv4Network("10.0.0.0/8"),
    IPv4Network("172.16.0.0/12"),
    IPv4Network("192.168.0.0/16"),
    IPv6Network("::1/128"),
    IPv6Network("fc00::/7"),
]


class NotToAllow(CannotBuild):
    """An address that no click can allow."""

    code = "not_to_allow"
    sentence = "{place} cannot be allowed here."
    why = "Only a place on this machine or in its private network can be, and not Streamwright's own port."
    todo = "Whoever runs the server can allow any place in OUTGOING_ALLOW."


def allowed() -> tuple[str, ...]:
    """Every `host:port` that the guard lets through in addition to the public internet."""
    return (*settings.OUTGOING_ALLOW, *(places() if _is_own_machine() else ()))


def may_allow(person: Any) -> bool:
    """Whether this person is offered to allow addresses."""
    return _is_own_machine() and bool(getattr(person, "is_server_owner", False))


def to_allow(error: ConnectorError | Mapping[str, Any]) -> str:
    """The `host:port` that the server's owner could allow with a click to lift this refusal; empty if a click would not
    help."""
    told = error.as_json()["error"] if isinstance(error, ConnectorError) else error
    host = str(told.get("data", {}).get("host", ""))
    place = f"{f'[{host}]' if ':' in host else host}:{told.get('data', {}).get('port')}".lower()
    refused = told.get("code") in ("not_public", "not_allowed", "port_not_allowed")
    return place if refused and _is_own_machine() and _is_near(place) and not is_allowed(place) else ""


def is_allowed(place: str) -> bool:
    """Whether calls may reach a `host:port` that is not public."""
    return place.lower() in {each.strip().lower() for each in allowed()}


def places() -> tuple[str, ...]:
    """What was allowed with a click."""
    try:
        found = _file().stat()
        return _read(found.st_mtime_ns, found.st_size, found.st_ino)
    except OSError:
        return ()


def allow(place: str) -> None:
    """Allow a `host:port` from now on. Raises NotToAllow."""
    place = place.strip().lower()
    if not _is_near(place) or len(places()) >= _MOST:
        raise NotToAllow(place=place[:80])
    _write({*places(), place})


def revoke(place: str) -> None:
    """Stop allowing it."""
    _write(set(places()) - {place})


def _is_own_machine() -> bool:
    """Whether people run this server for themselves: started by `./run`, and without a public host name."""
    return bool(settings.OWN_MACHINE) and {"127.0.0.1", "localhost", "[::1]"}.issuperset(settings.ALLOWED_HOSTS)


def _is_near(place: str) -> bool:
    host, _, port = place.rpartition(":")
    if not port.isdigit() or not 0 < int(port) < 65536 or int(port) == settings.PORT:
        return False
    if host == "localhost":
        return True
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        return False
    return any(address in network for network in _NEAR)


def _file() -> Path:
    return Path(settings.HOME) / "allowed.json"


@lru_cache(maxsize=1)
def _read(changed: int, size: int, file: int) -> tuple[str, ...]:
    """The list as it was when the file was changed last. Two changes may come within one tick of the file's clock."""
    try:
        found = json.loads(_file().read_text())
    except ValueError:
        return ()
    return tuple(each for each in found if isinstance(each, str) and _is_near(each)) if isinstance(found, list) else ()


def _write(wanted: Iterable[str]) -> None:
    file = _file()
    beside = file.with_suffix(".new")
    beside.write_text(json.dumps(sorted(wanted)))
    beside.replace(file)
    _read.cache_clear()
