"""Where sockets and requests enter (P28, and the practice API's switch)."""

from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from channels.testing import WebsocketCommunicator
from django.test import Client

from streamwright import asgi
from tests.people import socket

# How long to wait on a machine that does many other things.
SECONDS = 30
pytestmark = pytest.mark.django_db(transaction=True)


async def accept(scope: Any, receive: Any, send: Any) -> None:
    """A socket that opens for everybody, and only waits."""
    await send({"type": "websocket.accept"})
    while (await receive())["type"] != "websocket.disconnect":
        pass


@pytest.fixture
def open_door(monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind the door everything opens, so that a refusal can only come from the door."""
    monkeypatch.setattr(asgi, "sockets", accept)


@pytest.mark.parametrize(
    ("origin", "opens"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://localhost:8000", False),
        ("http://127.0.0.1:8001", False),
        ("https://127.0.0.1:8000", False),
        ("http://127.0.0.1:8000/", False),
        ("http://127.0.0.1:8000.evil.example", False),
        ("http://[127.0.0.1", False),
        ("http://evil.example", False),
        ("null", False),
    ],
)
async def test_a_socket_opens_only_for_a_full_origin_of_ours(open_door: None, origin: str, opens: bool) -> None:
    opening = socket(Client(), "/ws/open/", origin)
    assert (await opening.connect(SECONDS))[0] is opens
    await opening.disconnect()


async def test_a_socket_without_an_origin_is_refused(open_door: None) -> None:
    opening = WebsocketCommunicator(asgi.application, "/ws/open/")
    assert (await opening.connect(SECONDS))[0] is False


async def test_an_unknown_socket_address_is_refused_without_a_word() -> None:
    opening = socket(Client(), "/ws/nothing/here/")
    assert (await opening.connect(SECONDS))[0] is False


async def status_of(address: str) -> int:
    scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "path": address}
    headers = [(b"host", b"127.0.0.1")]
    request = ApplicationCommunicator(asgi.application, scope | {"query_string": b"", "headers": headers})
    await request.send_input({"type": "http.request", "body": b"", "more_body": False})
    status: int = (await request.receive_output(SECONDS))["status"]
    await request.wait(SECONDS)
    return status


@pytest.mark.parametrize("address", ["/practice", "/practice/", "/practice/openai/v1/models"])
async def test_the_practice_api_is_not_there_unless_switched_on(settings: Any, address: str) -> None:
    settings.PRACTICE = False
    assert await status_of(address) == 404


async def test_the_practice_api_says_what_it_is(settings: Any) -> None:
    settings.PRACTICE = True
    assert await status_of("/practice/") == 200
