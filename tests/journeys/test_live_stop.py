"""Stop, as the service sees it: its connection is closed at once, before its first frame and after it (S30)."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from pathlib import Path

import aiohttp
import pytest

from builder.document import node
from tests.live import OPENED, LivePage, close_all, demo_app, post_json, signed_in
from tests.server import StreamwrightServer, free_port
from workflows.starters.written import workflow

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


async def _asking(server: StreamwrightServer, port: int, service: Service, session: aiohttp.ClientSession) -> LivePage:
    """A page whose question has reached the service, with a second Stop button in its top bar."""
    app = await demo_app(server, session, "")
    button = {"type": "button", "name": "Stop all", "props": {"label": "Stop all"}, "slots": {}}
    stop = workflow(
        "wf_other1",
        "",
        "pg_chat01",
        "clicked",
        "el_stop02",
        {"sp_stop02": node("stop_stream", "", {"step": "sp_ask001"})},
    )
    move = {"base_url": f"http://127.0.0.1:{port}"}
    changes = [
        {"do": "update", "doc": "api/ai_pract1", "node": "ai_pract1", "set": move},
        {"do": "insert", "doc": "page/pg_chat01", "nodes": {"el_stop02": button}, "node": "el_stop02", "parent": "el_bar001", "slot": "children", "index": 0},
        {"do": "create", "doc": "workflow/wf_other1", "body": stop},
    ]  # fmt: skip
    answer = await post_json(session, f"{server.url}/apps/{app}/changes/", {"label": "Move", "changes": changes})
    assert answer.get("ok"), answer
    page = await LivePage(server, session, app, "pg_chat01").open()
    await page.until(lambda: page.have > 0)
    await page.happens("el_send01", "clicked", el_quest1="Why?")
    await asyncio.wait_for(service.asked.wait(), 20)
    await page.until(lambda: page.state == ("streaming" if FRAME in service.said else "waiting"))
    return page


async def _by_the_button(page: LivePage) -> None:
    await page.happens("el_stop01", "clicked")


async def _from_elsewhere_on_the_page(page: LivePage) -> None:
    await page.happens("el_stop02", "clicked")


async def _by_the_debugger(page: LivePage) -> None:
    url = page.url.replace("/ws/live/", "/ws/debug/").replace("pg_chat01", page.visit or "")
    debugger = await page.session.ws_connect(url, headers={"Origin": page.server.origin})
    OPENED.append(debugger)
    await debugger.send_str("stop")


async def _in_the_editors_strip_of_runs(page: LivePage) -> None:
    app = page.url.split("/")[-3]
    address = f"{page.server.url}/apps/{app}/workflows/wf_send01/"
    here = {"HX-Request": "true", "HX-Current-URL": f"{page.server.url}/apps/{app}/workflows/?workflow=wf_send01"}
    async with page.session.get(f"{address}runs/", headers=here) as strip:
        run = (await strip.text()).partition('id="stop-')[2].partition('"')[0]
    token = next(cookie.value for cookie in page.session.cookie_jar if cookie.key == "csrftoken")
    async with page.session.post(f"{address}runs/{run}/stop/", headers=here | {"X-CSRFToken": token}) as stopped:
        assert "stopped after" in await stopped.text()


async def _after_a_reload(page: LivePage) -> None:
    await page.cut()
    page.have = 0
    await page.open()
    await page.until(lambda: page.have > 0)
    await page.happens("el_stop01", "clicked")


WAYS = [_by_the_button, _from_elsewhere_on_the_page, _by_the_debugger, _in_the_editors_strip_of_runs, _after_a_reload]


@pytest.mark.parametrize("said", [b"", HEAD, HEAD + FRAME], ids=["before the head", "before a frame", "midway"])
@pytest.mark.parametrize("stop", WAYS, ids=lambda way: way.__name__.strip("_"))
async def test_S30_stop_closes_the_connection_to_the_service_at_once(
    allowed: StreamwrightServer, port: int, said: bytes, stop: Callable[[LivePage], Awaitable[None]]
) -> None:
    service = Service(said)
    async with await asyncio.start_server(service.serve, "127.0.0.1", port):
        session = await signed_in(allowed)
        page = await _asking(allowed, port, service, session)
        stopped = time.monotonic()
        await stop(page)
        await asyncio.wait_for(service.left.wait(), 20)
        assert service.left_at - stopped <= WITHIN
        await page.until(lambda: page.state == "stopped")
        assert page.reply == ("Leaf " if FRAME in said else "")
        await close_all(session)
