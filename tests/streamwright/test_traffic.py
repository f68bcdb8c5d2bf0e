"""What is open, and what a server that stops says to whoever comes (P17)."""

import asyncio
from typing import Any

import pytest

from streamwright.traffic import AT_ONCE, RESTARTING, Traffic


class Browser:
    """What a browser was sent, and what it says."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def send(self, message: dict[str, Any]) -> None:
        self.got.append(message)


async def echo(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "websocket.accept"})
    while (await receive())["type"] != "websocket.disconnect":
        await send({"type": "websocket.send", "text": "heard"})


@pytest.fixture
def browser() -> Browser:
    return Browser()


async def test_a_socket_is_counted_while_it_is_open(browser: Browser) -> None:
    traffic = Traffic()
    opened = asyncio.create_task(traffic.socket(echo, {}, browser.said.get, browser.send))
    await asyncio.sleep(0)
    assert len(traffic.sockets) == 1
    browser.said.put_nowait({"type": "websocket.disconnect"})
    await opened
    assert not traffic.sockets


async def test_P17_every_socket_is_closed_with_a_code_of_ours_and_nothing_is_said_after_it(browser: Browser) -> None:
    traffic = Traffic()
    opened = asyncio.create_task(traffic.socket(echo, {}, browser.said.get, browser.send))
    await asyncio.sleep(0)
    await traffic.stop()
    await traffic.stop()
    browser.said.put_nowait({"type": "websocket.receive", "text": "late"})
    browser.said.put_nowait({"type": "websocket.disconnect"})
    await opened
    assert browser.got == [{"type": "websocket.accept"}, {"type": "websocket.close", "code": RESTARTING}]
    assert 4000 <= RESTARTING <= 4999, "Daphne refuses others"


async def test_P13_a_browser_that_floods_is_gone_for_the_application(browser: Browser) -> None:
    """Under uvicorn, which then closes the connection."""
    traffic = Traffic()
    for _ in range(AT_ONCE + 200):
        browser.said.put_nowait({"type": "websocket.receive", "text": "seen"})
    async with asyncio.timeout(5):
        await traffic.socket(echo, {}, browser.said.get, browser.send)
    assert AT_ONCE <= len(browser.got) - 1 < AT_ONCE + 50 and not traffic.sockets


async def test_P13_under_daphne_it_is_not_counted_twice(browser: Browser) -> None:
    for _ in range(2 * AT_ONCE):
        browser.said.put_nowait({"type": "websocket.receive", "text": "seen"})
    browser.said.put_nowait({"type": "websocket.disconnect"})
    await Traffic().socket(echo, {"paced": True}, browser.said.get, browser.send)
    assert len(browser.got) == 1 + 2 * AT_ONCE


async def test_P17_a_new_socket_hears_why_it_is_closed(browser: Browser) -> None:
    traffic = Traffic()
    await traffic.stop()
    await traffic.socket(echo, {}, browser.said.get, browser.send)
    assert browser.got == [{"type": "websocket.accept"}, {"type": "websocket.close", "code": RESTARTING}]


async def test_P17_a_new_request_is_asked_to_come_again(browser: Browser) -> None:
    traffic = Traffic()
    await traffic.stop()
    await traffic.request(echo, {}, browser.said.get, browser.send)
    start, body = browser.got
    assert (start["status"], dict(start["headers"])[b"retry-after"]) == (503, b"5")
    assert b"restarting" in body["body"]


async def test_a_request_that_breaks_is_not_counted_for_ever(browser: Browser) -> None:
    async def breaks(scope: Any, receive: Any, send: Any) -> None:
        raise LookupError

    traffic = Traffic()
    with pytest.raises(LookupError):
        await traffic.request(breaks, {}, browser.said.get, browser.send)
    assert traffic.requests == 0
