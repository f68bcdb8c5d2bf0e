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
