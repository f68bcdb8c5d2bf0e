"""Networks that vanish without a word: no side is told that the other is gone (S12, S33, P4)."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from pathlib import Path

import aiohttp
import pytest

from tests.bench.servers import KINDS
from tests.live import LivePage, close_all, post_json, signed_in
from tests.server import StreamwrightServer, free_port
from tests.teller import Teller, asking_app

pytestmark = [pytest.mark.asyncio, pytest.mark.slow]
# Seconds until a server has noticed: it asks after 20 s, and waits 30 s for the answer.
NOTICED = 60


class Line:
    """A line to a port of this machine. Once it is `dead`, nothing passes in either direction, and neither end is told;
    `left` is set when one of them has closed its end."""

    def __init__(self, port: int, own_port: int):
        self.port, self.own_port = port, own_port
        self.dead, self.left = False, asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._ends: list[asyncio.StreamWriter] = []

    async def __aenter__(self) -> "Line":
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.own_port)
        return self

    async def __aexit__(self, *exception: object) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for end in self._ends:
            end.transport.abort()
        await asyncio.sleep(0)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self.port)
        self._ends += [writer, back]
        for source, target in ((reader, back), (there, writer)):
            self._tasks.add(asyncio.create_task(self._pass_on(source, target)))

    async def _pass_on(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while data := await source.read(65_536):
                if not self.dead:
                    target.write(data)
        self.left.set() if self.dead else target.close()


@pytest.fixture(scope="module")
def ports() -> tuple[int, int]:
    """Of a service, and of a line."""
    return free_port(), free_port()


@pytest.fixture(params=list(KINDS))
def served(
    request: pytest.FixtureRequest, new_home: Callable[[], Path], ports: tuple[int, int]
) -> Iterator[StreamwrightServer]:
    allowed = ",".join(f"127.0.0.1:{port}" for port in ports)
    with KINDS[request.param](new_home(), OUTGOING_ALLOW=allowed) as running:
        yield running


@pytest.fixture
async def session(served: StreamwrightServer) -> AsyncIterator[aiohttp.ClientSession]:
    session = await signed_in(served)
    yield session
    await close_all(session)


async def test_S33_a_browser_whose_network_vanishes_is_missed_and_finds_its_page_whole(served, session, ports):
    pieces = [f"piece {number} " for number in range(1400)]
    async with Teller(ports[0], pieces, 0.05) as teller, Line(served.port, ports[1]) as line:
        page = LivePage(served, session, await asking_app(served, session, teller), "pg_chat01")
        page.url = page.url.replace(f":{served.port}/", f":{line.own_port}/")
        await page.open()
        await page.until(lambda: page.have)
        await page.happens("el_send01", "clicked", el_quest1="Why?")
        await page.until(lambda: len(page.reply) > 100)
        # A page acknowledges once a second; this one, which does so for each of a thousand batches, would be a flood.
        page.acknowledges = False
        line.dead = True
        before = page.reply
        async with asyncio.timeout(NOTICED):
            await line.left.wait()
        page.url = page.url.replace(f":{line.own_port}/", f":{served.port}/")
        await page.open()
        await page.until(lambda: len(page.reply) > len(before))
        assert page.state == "streaming", "in its grace time everything goes on"
        await page.until(lambda: page.state == "done", 60)
        assert (page.reply, teller.asked) == (teller.whole, 1)
    assert "Traceback" not in served.log


async def test_S12_a_service_whose_network_vanishes_has_stopped_answering(served, session, ports):
    async with Teller(ports[0], ["One ", *["more "] * 1000], 0.02) as teller, Line(*ports) as line:
        slug = await asking_app(served, session, teller)
        url = {"base_url": f"http://127.0.0.1:{line.own_port}"}
        changes = [
            {"do": "update", "doc": "api/ai_pract1", "node": "ai_pract1", "set": url},
            {"do": "update", "doc": "api/ai_pract1", "node": "ca_ask001", "set": {"limits": {"silence": 2}}},
        ]
        assert (await post_json(session, f"{served.url}/apps/{slug}/changes/", {"label": "L", "changes": changes}))[
            "ok"
        ]
        page = await LivePage(served, session, slug, "pg_chat01").open()
        await page.until(lambda: page.have)
        await page.happens("el_send01", "clicked", el_quest1="Why?")
        await page.until(lambda: len(page.reply) > 20)
        line.dead = True
        await page.until(lambda: page.state == "failed", 10)
        assert page.reply.startswith("One more ") and teller.asked == 1
        async with asyncio.timeout(5):
            await line.left.wait()
