"""Keys of an installation: made on the first start, the same ever after, readable only by their owner."""

import secrets
from pathlib import Path

import pytest

from streamwright.keys import own_key


def test_a_key_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "secret_key.key"
    key = own_key(path)
    assert len(bytes.fromhex(key)) == 32
    assert own_key(path) == key
    assert path.stat().st_mode & 0o777 == 0o600
    assert own_key(tmp_path / "vault_key.key") != key
    assert {file.name for file in tmp_path.iterdir()} == {"secret_key.key", "vault_key.key"}


def test_of_two_processes_that_start_together_both_get_the_key_that_is_there_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "vault_key.key"

    def the_other_is_quicker(length: int) -> str:
        assert not path.exists(), "A key's file was there before its key."
        path.write_text("ab" * length)
        return "cd" * length

    monkeypatch.setattr(secrets, "token_hex", the_other_is_quicker)
    assert own_key(path) == "ab" * 32
