"""The guard: outgoing calls reach public addresses only, whatever a URL or a name server says (P22).

Names are resolved once, all of their addresses are checked, and the connection is made to a checked address. The socket
is created here as well, so that an address written into the URL is checked against the same lists.
"""

import asyncio
import socket
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import ContextVar
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

from connector.asking.address import Address
from connector.errors import NotAllowed, NotPublic, OwnServer, PortNotAllowed

PORTS = frozenset({80, 443})

# IANA's special-purpose registries, and addresses used by clouds that look public. `ipaddress.is_global` is not enough:
# it accepts multicast, NAT64, IPv4-compatible and cloud addresses.
_CLOSED_V4 = [
    IPv4Network("0.0.0.0/8"),  # this network
    IPv4Network("10.0.0.0/8"),  # private
    IPv4Network("100.64.0.0/10"),  # carrier NAT, and the metadata of some clouds
    IPv4Network("127.0.0.0/8"),  # loopback
    IPv4Network("168.63.129.16/32"),  # the wire server of one cloud
    IPv4Network("169.254.0.0/16"),  # link-local, and the metadata of most clouds
    IPv4Network("172.16.0.0/12"),  # private
    IPv4Network("192.0.0.0/24"),  # protocol assignments
    IPv4Network("192.0.2.0/24"),  # documentation
    IPv4Network("192.31.196.0/24"),  # AS112
    IPv4Network("192.52.193.0/24"),  # AMT
    IPv4Network("192.88.99.0/24"),  # 6to4 relays
    IPv4Network("192.168.0.0/16"),  # private
    IPv4Network("192.175.48.0/24"),  # AS112
    IPv4Network("198.18.0.0/15"),  # benchmarks
    IPv4Network("198.51.100.0/24"),  # documentation
    IPv4Network("203.0.113.0/24"),  # documentation
    IPv4Network("224.0.0.0/4"),  # multicast
    IPv4Network("240.0.0.0/4"),  # reserved, broadcast
]
# Of IPv6 only global unicast is open, except what embeds IPv4 (Teredo, 6to4) or is for documentation.
_OPEN_V6 = IPv6Network("2000::/3")
_CLOSED_V6 = [
    IPv6Network("2001::/23"),  # protocol assignments, Teredo, ORCHID
    IPv6Network("2001:db8::/32"),  # documentation
    IPv6Network("2002::/16"),  # 6to4
    IPv6Network("2620:4f:8000::/48"),  # AS112
    IPv6Network("3ffe::/16"),  # the former 6bone
    IPv6Network("3fff::/20"),  # documentation
]
_ISATAP = {0x00005EFE, 0x02005EFE}

# Addresses allowed because of the name being connected to (host:port in OUTGOING_ALLOW), for this task only.
_admitted: ContextVar[frozenset[str]] = ContextVar("admitted", default=frozenset())
# Name servers that do not answer may block these threads, but no others.
_names = ThreadPoolExecutor(max_workers=16, thread_name_prefix="names")


def is_public(address: str) -> bool:
    """Whether an address in canonical notation belongs to the public internet."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv4Address):
        return not any(ip in net for net in _CLOSED_V4)
    if ip.scope_id or ip not in _OPEN_V6 or any(ip in net for net in _CLOSED_V6):
        return False
    return (int(ip) >> 32) & 0xFFFFFFFF not in _ISATAP


class Guard:
    """Checks hosts, ports and addresses. `allow` holds the operator's exceptions as `host:port`, IPv6 in brackets;
    `lookup` replaces `socket.getaddrinfo` in tests."""

    def __init__(self, allow: Iterable[str] = (), lookup: Callable[..., list[Any]] | None = None):
        self._allow = frozenset(_pair(text) for text in allow)
        self._lookup = lookup or (lambda *asked, **how: socket.getaddrinfo(*asked, **how))

    def check(self, address: Address) -> None:
        """Refuse what can be refused before any name is looked up: a port, or an address written into the URL. Called
        before every call, it also clears what an earlier call of the same task was allowed by name."""
        _admitted.set(frozenset())
        host, port = address.host, address.port
        if (host, port) in self._allow:
            return
        literal = _literal(host)
        if literal is not None and not is_public(literal):
            raise NotPublic(host=host, port=port)
        if literal is not None and literal != host:
            raise NotAllowed(host=host, port=port)
        if port not in PORTS:
            raise PortNotAllowed(host=host, port=port)

    async def resolve(self, host: str, port: int) -> list[str]:
        """The addresses of a name, if every one of them may be reached. Raises OSError if it has none."""
        host = host.rstrip(".").lower()
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(_names, lambda: self._lookup(host, port, type=socket.SOCK_STREAM))
        addresses = list(dict.fromkeys(str(info[4][0]) for info in found))
        if not addresses:
            raise OSError(f"no address for {host}")
        if (host, port) in self._allow:
            _admitted.set(frozenset(f"{address}:{port}" for address in addresses))
            return addresses
        for address in addresses:
            self._judge(host, address, port)
        return addresses

    def socket(self, info: tuple[Any, ...]) -> socket.socket:
        """Create a socket for one address (aiohttp's `socket_factory`): the last check before a connection is made."""
        family, kind, protocol, _, place = info
        host, port = str(place[0]), int(place[1])
        if f"{host}:{port}" not in _admitted.get():
            self._judge(host, host, port)
        return socket.socket(family, kind, protocol)

    def _judge(self, host: str, address: str, port: int) -> None:
        if (address, port) in self._allow:
            return
        if not is_public(address):
            raise NotPublic(host=host, port=port)
        if port not in PORTS:
            raise PortNotAllowed(host=host, port=port)
        if _is_own(address):
            raise OwnServer(host=host, port=port)


def _literal(host: str) -> str | None:
    """The address that a lenient parser sees in a host: `2130706433`, `0x7f.1`, `0177.0.0.1` are all 127.0.0.1."""
    if ":" in host:
        return host
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return None


def _is_own(address: str) -> bool:
    """Whether a public address is one of this machine's own, found by asking which source address would be used. Sends
    nothing."""
    family = socket.AF_INET6 if isinstance(ip_address(address), IPv6Address) else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((address, 9))
            return bool(probe.getsockname()[0] == address)
        except OSError:
            return False


def _pair(text: str) -> tuple[str, int]:
    host, _, port = text.strip().rpartition(":")
    host = host.strip("[]").lower().rstrip(".")
    with suppress(ValueError):  # A name, not an address.
        host = str(ip_address(host))
    return host, int(port)
