"""P33: the shipped settings pass Django's own list for production, and refuse what must never be."""

from pathlib import Path

import pytest

from tests.server import CommandFailed, StreamwrightServer

PUBLIC = {"ALLOWED_HOSTS": "apps.example.org", "ORIGINS": "https://apps.example.org", "HTTPS": "1", "PRACTICE": "0"}


def test_nothing_is_left_to_do_for_production(tmp_path: Path) -> None:
    public = StreamwrightServer(tmp_path / "home", **PUBLIC)
    public.manage("check", "--deploy", "--fail-level", "WARNING")


def test_debug_cannot_be_on_with_a_public_host(tmp_path: Path) -> None:
    public = StreamwrightServer(tmp_path / "home", **PUBLIC, DEBUG="1")
    with pytest.raises(CommandFailed, match=r"DEBUG .* public host"):
        public.manage("check")


def test_keys_are_made_on_the_first_start_and_only_their_owner_can_read_them(tmp_path: Path) -> None:
    home = tmp_path / "home"
    show = "from django.conf import settings; print(settings.SECRET_KEY, *settings.VAULT_KEYS)"
    first = StreamwrightServer(home).shell(show)
    assert StreamwrightServer(home).shell(show) == first
    modes = {key.name: key.stat().st_mode & 0o777 for key in home.glob("*.key")}
    assert modes == {"secret_key.key": 0o600, "vault_key.key": 0o600}
