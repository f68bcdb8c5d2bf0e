"""S33, P4, P16, P17: what pages show after their server was ended, or killed, in the middle of their streams."""

import asyncio
import json
import signal
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import closing, suppress
from pathlib import Path

import aiohttp
import pytest

from tests.live import LivePage, close_all, demo_app, post_json, signed_in
from tests.server import StreamwrightServer, free_port

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
INTERRUPTED = "It was interrupted: the server went away while it ran."
KINDLY = "The answer was interrupted. Try again."
# P16: at most a second of text is lost. A busy machine may take five times that.
BEHIND = 5 * 1.0


class Vendor:
    """A service that streams numbered words until its caller is gone, or it is told to be done; it knows what it has
    sent to each caller, and when."""

    def __init__(self, pace: float = 0.02) -> None:
        self.pace = pace
        self.done = asyncio.Event()
        self.left: list[asyncio.Event] = []
        self.port = free_port()
        self.sent: list[list[tuple[float, str]]] = []

    async def __aenter__(self) -> "Vendor":
        self.callers: set[asyncio.Task[None]] = set()
        self.server = await asyncio.start_server(self.accept, "127.0.0.1", self.port)
        return self

    async def __aexit__(self, *exception: object) -> None:
        self.server.close()
        for caller in self.callers:
            caller.cancel()
        await asyncio.gather(*self.callers, return_exceptions=True)

    def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.callers.add(asyncio.create_task(self.serve(reader, writer)))

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        number, words = len(self.sent), []
        self.sent.append(words)
        self.left.append(asyncio.Event())
        with suppress(ConnectionError), closing(writer):
            writer.write(HEAD)
            while not self.done.is_set():
                word = f"{number}.{len(words)} "
                delta = {"choices": [{"index": 0, "delta": {"content": word}}]}
                words.append((time.monotonic(), word))
                writer.write(f"data: {json.dumps(delta)}\n\n".encode())
                await writer.drain()
                await asyncio.sleep(self.pace)
            writer.write(b"data: [DONE]\n\n")
        self.left[number].set()

    def text(self, number: int, until: float = float("inf")) -> str:
        return "".join(word for at, word in self.sent[number] if at <= until)


@pytest.fixture
async def vendor() -> AsyncIterator[Vendor]:
    async with Vendor() as vendor:
        yield vendor


@pytest.fixture
def server(new_home: Callable[[], Path], vendor: Vendor) -> StreamwrightServer:
    return StreamwrightServer(new_home(), OUTGOING_ALLOW=f"127.0.0.1:{vendor.port}")


async def _app(server: StreamwrightServer, session: aiohttp.ClientSession, vendor: Vendor) -> str:
    """A chat whose model is the vendor."""
    slug = await demo_app(server, session, "")
    move = {
        "do": "update",
        "doc": "api/ai_pract1",
        "node": "ai_pract1",
        "set": {"base_url": f"http://127.0.0.1:{vendor.port}"},
    }
    await post_json(session, f"{server.url}/apps/{slug}/changes/", {"label": "Move", "changes": [move]})
    return slug


async def _asking(server: StreamwrightServer, session: aiohttp.ClientSession, slug: str, vendor: Vendor) -> LivePage:
    """A page in the middle of an answer, with the next question half typed."""
    page = await LivePage(server, session, slug, "pg_chat01").open()
    await page.until(lambda: page.have > 0)
    asked = len(vendor.sent)
    await page.happens("el_send01", "clicked", id=f"send-{asked}", el_quest1="Why?")
    await page.until(lambda: len(page.reply) > 20)
    await page.happens(None, "typed", el_quest1=f"and then {asked}")
    return page


def _rows(server: StreamwrightServer, sql: str) -> list[tuple]:
    with closing(sqlite3.connect(server.home / "streamwright.sqlite3", timeout=20)) as database:
        return list(database.execute(sql))


async def _stored(server: StreamwrightServer, pages: list[LivePage]) -> None:
    """Wait until what was typed into each page is stored, and a piece of each answer."""
    async with asyncio.timeout(20):
        while True:
            [(visits,)] = _rows(server, "SELECT count(*) FROM workflows_storedvisit WHERE holds LIKE '%and then%'")
            [(texts,)] = _rows(server, "SELECT count(DISTINCT stream_id) FROM workflows_kepttext")
            if visits == texts == len(pages):
                return
            await asyncio.sleep(0.05)


async def _again(server: StreamwrightServer, sign: signal.Signals) -> float:
    """End the server and start it again; when it was ended."""
    ended = time.monotonic()
    await asyncio.to_thread(server.end, sign)
    await asyncio.to_thread(server.__enter__)
    return ended


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGKILL])
async def test_a_page_has_its_values_and_its_text_after_a_restart(
    server: StreamwrightServer, vendor: Vendor, sign: signal.Signals
) -> None:
    with server:
        session = await signed_in(server)
        slug = await _app(server, session, vendor)
        pages = [await _asking(server, session, slug, vendor) for _ in range(3)]
        await _stored(server, pages)
        ended = await _again(server, sign)
        for number, page in enumerate(pages):
            shown, visit = page.reply, page.visit
            await page.open()
            await page.until(lambda page=page: page.state == "failed")
            assert page.visit == visit and page.shown["el_quest1", "value"] == f"and then {number}"
            assert page.shown["el_reply1", "problem"] == KINDLY
            assert vendor.text(number).startswith(page.reply), "what the vendor sent, and nothing else"
            assert page.reply.startswith(vendor.text(number, ended - BEHIND))
            if sign == signal.SIGTERM:
                assert page.reply.startswith(shown), "a deploy loses nothing"
            await page.until(lambda page=page: any(KINDLY in said and "notice" in said for said in page.raw))
            await page.happens("el_send01", "clicked", id=f"send-{number}", el_quest1="Why?")
            await page.until(lambda page=page, number=number: page.heard[-1] == f"send-{number}")
        assert len(vendor.sent) == 3, "no vendor is called again, not even for an event that is said again"
        assert (
            _rows(server, "SELECT state, reason FROM workflows_run WHERE workflow = 'wf_send01'")
            == [("failed", INTERRUPTED)] * 3
        )
        page = pages[1]
        await page.happens("el_send01", "clicked", el_quest1="Once more?")
        await page.until(lambda: page.state == "streaming" and len(page.reply) > 20)
        assert vendor.text(3).startswith(page.reply)
        await close_all(session)
        assert "Traceback" not in server.log


@pytest.mark.slow
async def test_P16_fifty_streams_survive_a_kill(server: StreamwrightServer, vendor: Vendor) -> None:
    vendor.pace = 0.05
    with server:
        session = await signed_in(server)
        slug = await _app(server, session, vendor)
        pages = [await _asking(server, session, slug, vendor) for _ in range(50)]
        await _stored(server, pages)
        reading = [asyncio.create_task(page.until(lambda: False, seconds=300)) for page in pages]
        await asyncio.sleep(3)
        ended = await _again(server, signal.SIGKILL)
        back = time.monotonic()
        await asyncio.gather(*reading, return_exceptions=True)

        async def come_back(page: LivePage) -> None:
            await page.open()
            await page.until(lambda: page.state == "failed", seconds=30)

        await asyncio.gather(*(come_back(page) for page in pages))
        assert time.monotonic() - back < 30
        behind = []
        for number, page in enumerate(pages):
            assert page.shown["el_reply1", "problem"] == KINDLY
            assert page.shown["el_quest1", "value"] == f"and then {number}"
            assert vendor.text(number).startswith(page.reply)
            missing = vendor.text(number, ended)[len(page.reply) :].count(" ")
            behind.append(missing * vendor.pace)
        assert max(behind) <= BEHIND
        assert len(vendor.sent) == 50
        ends = _rows(
            server, "SELECT state, reason, count(*) FROM workflows_run WHERE workflow = 'wf_send01' GROUP BY 1, 2"
        )
        assert ends == [("failed", INTERRUPTED, 50)]
        await close_all(session)


@pytest.mark.slow
async def test_S31_who_leaves_for_good_has_what_is_saved_and_stops_what_is_shown(
    server: StreamwrightServer, vendor: Vendor
) -> None:
    with server:
        session = await signed_in(server)
        saves = await _app(server, session, vendor)
        shows = await _app(server, session, vendor)
        removed = [
            {"do": "remove", "doc": "workflow/wf_send01", "node": step}
            for step in ("sp_keep01", "sp_reset1", "sp_save01")
        ]
        answer = await post_json(
            session, f"{server.url}/apps/{shows}/changes/", {"label": "Only show", "changes": removed}
        )
        assert answer.get("ok"), answer
        pages = [await _asking(server, session, slug, vendor) for slug in (saves, shows)]
        for page in pages:
            await page.cut()
        left = time.monotonic()
        await asyncio.wait_for(vendor.left[1].wait(), 60 * 5)
        assert time.monotonic() - left > 55, "the grace time"
        await asyncio.sleep(2)
        assert not vendor.left[0].is_set(), "what saves goes on"
        stored = "".join(text for (text,) in _rows(server, "SELECT text FROM workflows_kepttext ORDER BY id"))
        now = time.monotonic()
        assert vendor.text(0).startswith(stored) and stored.startswith(vendor.text(0, now - BEHIND))
        vendor.done.set()
        ends = "SELECT a.slug, r.state FROM workflows_run r JOIN builder_app a ON a.id = r.app_id WHERE workflow = 'wf_send01'"
        async with asyncio.timeout(20):
            while dict(_rows(server, ends)) != {saves: "done", shows: "stopped"}:  # noqa: ASYNC110
                await asyncio.sleep(0.1)
        things = [json.loads(values)["df_body01"] for (values,) in _rows(server, 'SELECT "values" FROM data_thing')]
        assert vendor.text(0) in things, "saved whole"
        for page, state in zip(pages, ("done", "stopped"), strict=True):
            visit = page.visit
            await page.open()
            await page.until(lambda page=page, state=state: page.state == state)
            assert page.visit == visit, "a laptop that slept longer than the grace time has its page again"
        assert pages[0].reply == vendor.text(0)
        await close_all(session)
