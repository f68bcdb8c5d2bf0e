"""Whose a request is: the apps' host is told by its name, however it is written (P27, P28)."""

from typing import Any

import pytest
from channels.testing import WebsocketCommunicator
from django.test import Client

from streamwright import asgi
from streamwright.origins import is_of_apps


@pytest.mark.parametrize(
    ("origin", "host", "is_apps"),
    [
        ("https://apps.example.org", "apps.example.org", True),
        ("https://apps.example.org", "APPS.example.org", True),
        ("https://apps.example.org", "apps.example.org:443", True),
        ("https://apps.example.org", "apps.example.org.", True),
        ("https://apps.example.org", "apps.example.org.:8443", True),
        ("https://apps.example.org:8443", "apps.example.org", True),
        ("http://[::1]:8000", "[::1]", True),
        ("http://[::1]:8000", "[::1]:9000", True),
        ("http://[::1]:8000", "[::2]:8000", False),
        ("https://apps.example.org", "build.example.org", False),
        ("https://apps.example.org", "apps.example.org.evil.example", False),
        ("https://apps.example.org", "xapps.example.org", False),
        ("https://apps.example.org", "apps.example.org:x", False),
        ("https://apps.example.org", "", False),
    ],
)
def test_the_name_counts(settings: Any, origin: str, host: str, is_apps: bool) -> None:
    settings.APPS_ORIGIN = origin
    assert is_of_apps(host) is is_apps


WRITTEN = ["localhost", "LOCALHOST:8000", "localhost:9999", "localhost.", "localhost.:8000"]


@pytest.mark.django_db
@pytest.mark.parametrize("host", WRITTEN)
def test_P27_nothing_of_the_editor_is_there_however_the_host_is_written(host: str) -> None:
    answer = Client(headers={"host": host}).get("/sign-in/")
    assert answer.status_code == 404 and answer["X-Frame-Options"] == "DENY"
    assert Client(headers={"host": "127.0.0.1:9999"}).get("/sign-in/").status_code == 200


@pytest.mark.parametrize("host", [*WRITTEN, "127.0.0.1"])
async def test_P28_the_editors_sockets_are_not_there_either(
    settings: Any, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    async def accept(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "websocket.accept"})

    monkeypatch.setattr(asgi, "sockets", accept)
    headers = [(b"origin", settings.ORIGINS[0].encode()), (b"host", host.encode())]
    opening = WebsocketCommunicator(asgi.application, "/ws/open/", headers)
    assert (await opening.connect(30))[0] is (host == "127.0.0.1")
