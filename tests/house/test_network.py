"""Tests cannot leave this machine: neither by name nor by address, neither in the foreground nor in asyncio."""

import asyncio
import socket

import pytest

from tests.conftest import NetworkIsForbidden


@pytest.mark.parametrize("address", ["192.0.2.1", "10.0.0.1", "169.254.169.254"])
def test_a_connection_beyond_loopback_is_refused(address: str) -> None:
    with socket.socket() as connecting, pytest.raises(NetworkIsForbidden):
        connecting.connect((address, 80))


def test_a_name_is_not_looked_up() -> None:
    with pytest.raises(NetworkIsForbidden):
        socket.getaddrinfo("example.org", 443)


async def test_asyncio_is_held_back_too() -> None:
    with pytest.raises(NetworkIsForbidden):
        await asyncio.open_connection("192.0.2.1", 80)


def test_loopback_is_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        socket.create_connection(listener.getsockname(), timeout=1).close()
