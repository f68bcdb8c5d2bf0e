"""Who uses an app: an editor by their account, a stranger by a word in a cookie (S41), counted by where they come from (S39)."""

from typing import Any

import pytest

from builder.people.visitor import NOBODY, Visitor, _say_unreadable, client_address, own_word, word_in

WORD = "w" * 24
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
        ("X-Real-IP", True, [(b"x-real-ip", b"198.51.100.2:5678")], "198.51.100.2"),
        ("X-Forwarded-For", True, [(b"x-forwarded-for", b"203.0.113.7:1, [2001:db8::1]:443")], "2001:db8::1"),
        ("X-Real-IP", True, [(b"x-real-ip", b"[2001:db8::1]")], "2001:db8::1"),
        ("X-Real-IP", True, [(b"x-real-ip", b"2001:db8::1")], "2001:db8::1"),
    ],
)
def test_whose_word_counts(settings: Any, header: str, proxy: bool, headers: list[Any], address: str) -> None:
    settings.CLIENT_ADDRESS_HEADER, settings.BEHIND_PROXY = header, proxy
    assert client_address({"headers": headers, "client": ("192.0.2.1", 40_000)}) == address


@pytest.mark.parametrize("said", [b"unknown", b"_hidden", b"198.51.100.2:", b"[2001:db8::1", b"999.1.1.1:80", b""])
def test_an_address_that_cannot_be_read_is_logged_once_and_not_repeated(
    settings: Any, caplog: Any, said: bytes
) -> None:
    settings.CLIENT_ADDRESS_HEADER = "X-Real-IP"
    _say_unreadable.cache_clear()
    for _ in range(3):
        client_address({"headers": [(b"x-real-ip", said)]})
    assert caplog.text.count("X-Real-IP, which CLIENT_ADDRESS_HEADER names, came without an address") == 1
    assert not said or said.decode() not in caplog.text
    client_address({"headers": [(b"x-real-ip", b"[2001:db8::1]:443")]})
    assert len(caplog.records) == 1


def test_a_socket_without_an_address_is_nobodys() -> None:
    assert client_address({"headers": []}) == ""


def test_an_editor_is_known_by_the_account_and_a_stranger_by_the_word(ada: Any) -> None:
    editor, stranger = Visitor.editor(ada, "192.0.2.1"), Visitor.stranger(WORD, "192.0.2.1")
    assert (editor.key, editor.email, editor.address) == (f"us:{ada.pk}", ada.email, "192.0.2.1")
    assert (stranger.key[:3], stranger.email, stranger.address) == ("vs:", "", "192.0.2.1")
    assert NOBODY.key == ""


def test_a_strangers_key_tells_them_apart_and_says_nothing_of_the_word() -> None:
    keys = {Visitor.stranger(word).key for word in (WORD, WORD, "x" * 24)}
    assert len(keys) == 2 and not any(WORD[:8] in key or "xxxxxxxx" in key for key in keys)
    assert all(len(key) == 35 for key in keys)


@pytest.mark.parametrize("said", ["", "short", "w" * 65, "us:1" + "w" * 24, "w" * 23 + "é", "w" * 23 + "\n"])
def test_what_can_be_no_word_of_ours_is_a_new_one(said: str) -> None:
    made = own_word(said)
    assert made != said and own_word(made) == made and made != own_word(said)
    assert Visitor.stranger(said).key == "", "nobody is known by it"


def test_S33_whoever_blocks_cookies_is_known_by_their_visit_alone(ada: Any) -> None:
    nobody, visit = Visitor.stranger("", "192.0.2.1"), f"vi_{'a' * 24}"
    assert nobody.by(visit) == nobody.by(visit) != nobody.by(f"vi_{'b' * 24}")
    assert nobody.by(visit).key.startswith("vs:") and nobody.by(visit).address == "192.0.2.1"
    assert nobody.by("").key == "" and "aaaa" not in nobody.by(visit).key
    assert Visitor.stranger(WORD).by(visit) == Visitor.stranger(WORD)
    assert Visitor.editor(ada).by(visit) == Visitor.editor(ada)


def test_a_sockets_cookie_is_read() -> None:
    cookie = f"a=b; sw_visitor={WORD}; c=d".encode()
    assert word_in({"headers": [(b"cookie", cookie)]}) == WORD
    assert word_in({"headers": [(b"cookie", b"streamwright_session=x")]}) == "" == word_in({"headers": []})
