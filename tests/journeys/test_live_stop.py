"""Stop, as the service sees it: its connection is closed at once, before its first frame and after it (S30)."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.live import LivePage, close_all, demo_app, post_json, signed_in
from tests.server import StreamwrightServer, free_port

pytestmark = pytest.mark.asyncio
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
FRAME = b'data: {"choices": [{"index": 0, "delta": {"content": "Leaf "}}]}\n\n'
# S30: within 200 ms. A busy machine may take five times that.
WITHIN = 5 * 0.2


class Service:
    """A service that says `said` and then nothing; it notes when it was asked and when it was left."""

    def __init__(self, said: bytes) -> None:
        self.said = said
        self.asked, self.left = asyncio.Event(), asyncio.Event()
        self.left_at = 0.0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(self.said)
        self.asked.set()
        with suppress(ConnectionError):
            while await reader.read(65_536):
                pass
        self.left_at = time.monotonic()
        self.left.set()
        writer.close()


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def allowed(new_home: Callable[[], Path], port: int) -> Iterator[StreamwrightServer]:
    """A server that may call the service."""
    with StreamwrightServer(new_home(), OUTGOING_ALLOW=f"127.0.0.1:{port}") as running:
        yield running


@pytest.mark.parametrize("said", [b"", HEAD, HEAD + FRAME], ids=["before the head", "before a frame", "midway"])
async def test_S30_stop_closes_the_connection_to_the_service_at_once(
    allowed: StreamwrightServer, port: int, said: bytes
) -> None:
    service = Service(said)
    async with await asyncio.start_server(service.serve, "127.0.0.1", port):
        session = await signed_in(allowed)
        app = await demo_app(allowed, session, "")
        move = {
            "do": "update",
            "doc": "api/ai_pract1",
            "node": "ai_pract1",
            "set": {"base_url": f"http://127.0.0.1:{port}"},
        }
        await post_json(session, f"{allowed.url}/apps/{app}/changes/", {"label": "Move", "changes": [move]})
        page = await LivePage(allowed, session, app, "pg_chat01").open()
        await page.until(lambda: page.have > 0)
        await page.happens("el_send01", "clicked", el_quest1="Why?")
        await asyncio.wait_for(service.asked.wait(), 20)
        await page.until(lambda: page.state == ("streaming" if FRAME in said else "waiting"))
        stopped = time.monotonic()
        await page.happens("el_stop01", "clicked")
        await asyncio.wait_for(service.left.wait(), 20)
        assert service.left_at - stopped <= WITHIN
        await page.until(lambda: page.state == "stopped")
        assert page.reply == ("Leaf " if FRAME in said else "")
        await close_all(session)
