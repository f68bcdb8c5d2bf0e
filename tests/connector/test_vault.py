"""S4: secrets at rest are bound to their place and to this server's keys."""

import pytest

from connector import vault
from connector.sending.auth_errors import SecretUnreadable

OLD, NEW = "a1" * 32, "b2" * 32
PLACE = ("ap_1", "cr_1", "https://api.acme.example:443")
SECRET = {"token": "sk-live-0123456789abcdefghij"}


@pytest.fixture(autouse=True)
def keys(settings):
    settings.VAULT_KEYS = [OLD]


def test_s4_what_is_sealed_opens_in_its_place():
    sealed = vault.seal(SECRET, *PLACE)
    assert vault.unseal(sealed, *PLACE) == SECRET
    assert vault.unseal(memoryview(sealed), *PLACE) == SECRET
    assert SECRET["token"].encode() not in sealed
    assert vault.seal(SECRET, *PLACE) != sealed


@pytest.mark.parametrize("number", range(3))
def test_s4_it_opens_in_no_other_place(number):
    place = list(PLACE)
    place[number] += "x"
    with pytest.raises(SecretUnreadable):
        vault.unseal(vault.seal(SECRET, *PLACE), *place)


def test_places_do_not_run_into_each_other():
    with pytest.raises(SecretUnreadable):
        vault.unseal(vault.seal(SECRET, "ab", "c"), "a", "bc")


def test_a_changed_byte_anywhere_is_noticed():
    sealed = vault.seal(SECRET, *PLACE)
    for index in range(len(sealed)):
        changed = bytearray(sealed)
        changed[index] ^= 1
        with pytest.raises(SecretUnreadable):
            vault.unseal(bytes(changed), *PLACE)
    for cut in (b"", sealed[:10], sealed[:-1]):
        with pytest.raises(SecretUnreadable):
            vault.unseal(cut, *PLACE)


def test_keys_rotate(settings):
    sealed = vault.seal(SECRET, *PLACE)
    assert vault.rotate(sealed, *PLACE) == sealed
    settings.VAULT_KEYS = [NEW, OLD]
    assert vault.unseal(sealed, *PLACE) == SECRET
    rotated = vault.rotate(sealed, *PLACE)
    settings.VAULT_KEYS = [NEW]
    assert vault.unseal(rotated, *PLACE) == SECRET
    with pytest.raises(SecretUnreadable):
        vault.unseal(sealed, *PLACE)


@pytest.mark.parametrize(("secret", "shown"), [("x" * 20, ""), ("x" * 17 + "abcd", "abcd"), ("", "")])
def test_s4_a_hint_is_the_last_four_of_a_long_one(secret, shown):
    assert vault.hint(secret) == shown
