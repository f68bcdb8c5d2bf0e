"""P33: the shipped settings pass Django's own list for production, and refuse what must never be."""

from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks

from tests.server import CommandFailed, StreamwrightServer

PUBLIC = {"ALLOWED_HOSTS": "apps.example.org", "ORIGINS": "https://apps.example.org", "HTTPS": "1", "PRACTICE": "0"}


def test_nothing_is_left_to_do_for_production(tmp_path: Path) -> None:
    public = StreamwrightServer(tmp_path / "home", **PUBLIC, BEHIND_PROXY="1", CLIENT_ADDRESS_HEADER="X-Real-IP")
    public.manage("check", "--deploy", "--fail-level", "WARNING")


def test_S39_a_proxy_whose_header_nobody_named_is_warned_of(settings: Any) -> None:
    def said(proxy: bool, header: str) -> list[str]:
        settings.BEHIND_PROXY, settings.CLIENT_ADDRESS_HEADER = proxy, header
        return [each.id for each in run_checks() if each.id == "streamwright.W001"]

    assert said(True, "") == ["streamwright.W001"]
    assert said(True, "X-Real-IP") == said(False, "") == []


def test_debug_cannot_be_on_with_a_public_host(tmp_path: Path) -> None:
    public = StreamwrightServer(tmp_path / "home", **PUBLIC, DEBUG="1")
    with pytest.raises(CommandFailed, match=r"DEBUG .* public host"):
        public.manage("check")


@pytest.mark.parametrize(
    ("origin", "said"),
    [
        ("https://apps.example.org", "needs a host that ORIGINS does not have"),
        ("https://apps.example.org:8443", "needs a host that ORIGINS does not have"),
        ("https://pages.example.org/", "is a full origin"),
        ("https://pages.example.org/apps", "is a full origin"),
        ("pages.example.org", "is a full origin"),
        ("https://", "is a full origin"),
    ],
)
def test_S41_published_apps_have_a_host_of_their_own(tmp_path: Path, origin: str, said: str) -> None:
    """Cookies ignore ports: another port of the editor's host is not another host."""
    public = StreamwrightServer(tmp_path / "home", **PUBLIC, APPS_ORIGIN=origin)
    with pytest.raises(CommandFailed, match=said):
        public.manage("check")
