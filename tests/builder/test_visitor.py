"""S39: the address that a visitor is counted by is the socket's own, or what a header says that the operator has named."""

from typing import Any

import pytest

from builder.visitor import client_address

FORGED = (b"x-forwarded-for", b"203.0.113.7")


@pytest.mark.parametrize(
    ("header", "proxy", "headers", "address"),
    [
        ("", False, [], "192.0.2.1"),
        ("", False, [FORGED], "192.0.2.1"),
        ("", True, [FORGED], ""),
        ("X-Real-IP", True, [FORGED, (b"x-real-ip", b"198.51.100.2")], "198.51.100.2"),
        ("X-Forwarded-For", True, [(b"x-forwarded-for", b"203.0.113.7, 198.51.100.2")], "198.51.100.2"),
        ("X-Forwarded-For", True, [FORGED, (b"x-forwarded-for", b"198.51.100.2")], "198.51.100.2"),
        ("X-Forwarded-For", True, [], ""),
    ],
)
def test_whose_word_counts(settings: Any, header: str, proxy: bool, headers: list[Any], address: str) -> None:
    settings.CLIENT_ADDRESS_HEADER, settings.BEHIND_PROXY = header, proxy
    assert client_address({"headers": headers, "client": ("192.0.2.1", 40_000)}) == address


def test_a_socket_without_an_address_is_nobodys() -> None:
    assert client_address({"headers": []}) == ""
