"""P17: how a server ends. Nothing new, pages are told, streams get a while, the rest is interrupted in words."""

import asyncio
import re
import signal
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from connector import calls
from connector.answers.extract import Extraction
from connector.answers.stream import Stream
from streamwright import stopping
from streamwright.stopping import stop
from streamwright.traffic import Traffic
from tests.live import LivePage, close_all, demo_app, signed_in
from tests.server import StreamwrightServer

LONG = "seed=7&speed=4"


class Streaming:
    """A server of a test's own with one page whose answer takes long."""

    def __init__(self, server: StreamwrightServer, session: aiohttp.ClientSession, page: LivePage):
        self.server, self.session, self.page = server, session, page

    async def ask(self) -> None:
        await self.page.happens("el_send01", "clicked", el_quest1="Why?")

    async def told(self) -> int:
        """The code with which the server closes the page's socket."""
        with pytest.raises(ConnectionError) as closing_code:
            await self.page.until(lambda: False)
        return int(closing_code.value.args[0])

    async def end(self) -> int:
        """Its exit status, once it is gone."""
        return await asyncio.to_thread(self.server.process.wait, 15)

    def signal(self) -> None:
        self.server.process.send_signal(signal.SIGTERM)

    def runs(self) -> list[tuple[str, str]]:
        with closing(sqlite3.connect(self.server.home / "streamwright.sqlite3")) as database:
            found = database.execute("SELECT state, reason FROM workflows_run WHERE workflow = 'wf_send01'")
            return [(state, reason) for state, reason in found]


@pytest.fixture(params=["1"])
async def streaming(new_home: Callable[[], Path], request: Any) -> AsyncIterator[Streaming]:
    server = StreamwrightServer(new_home(), ("--link",), STOP_GRACE=request.param)
    with server:
        give_up = time.monotonic() + 20
        while "/link/" not in server.log and time.monotonic() < give_up:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        server.sign_in_link = lambda email=None: re.findall(r"http\S+/link/\S+", server.log)[0]  # type: ignore[method-assign]
        session = await signed_in(server)
        page = await LivePage(server, session, await demo_app(server, session, LONG), "pg_chat01").open()
        await page.until(lambda: page.have > 0)
        yield Streaming(server, session, page)
        await close_all(session)
        server.process.kill()


async def test_P17_a_server_that_ends_tells_everybody_and_interrupts_in_words(streaming: Streaming) -> None:
    await streaming.ask()
    await streaming.page.until(lambda: len(streaming.page.reply) > 3)
    streaming.signal()
    assert await streaming.told() == 4012

    async def asked(path: str) -> tuple[int, str]:
        async with streaming.session.get(streaming.server.url + path) as answer:
            return answer.status, await answer.text()

    assert await asked("/readyz") == (503, "stopping\n")
    assert await asked("/healthz") == (200, "ok\n")
    assert await asked("/sign-in/") == (503, "The server is restarting. Try again in a moment.\n")
    late = await LivePage(streaming.server, streaming.session, "demo", "pg_chat01").open()
    streaming.page = late
    assert await streaming.told() == 4012
    assert await streaming.end() == 0
    assert streaming.runs() == [("failed", "It was interrupted: the server went away while it ran.")]
    assert "Traceback" not in streaming.server.log


@pytest.mark.parametrize("streaming", ["60"], indirect=True)
async def test_a_second_signal_ends_it_at_once(streaming: Streaming) -> None:
    await streaming.ask()
    await streaming.page.until(lambda: len(streaming.page.reply) > 3)
    streaming.signal()
    assert await streaming.told() == 4012
    streaming.signal()
    assert await streaming.end() == 128 + signal.SIGTERM


@pytest.mark.slow
async def test_it_does_not_wait_for_a_thread_that_waits_for_a_locked_database(streaming: Streaming) -> None:
    with closing(sqlite3.connect(streaming.server.home / "streamwright.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await streaming.ask()
        await streaming.page.until(lambda: bool(streaming.page.heard[-1]))
        streaming.signal()
        assert await streaming.end() == 0


# Without a server


@pytest.fixture
def traffic(monkeypatch: pytest.MonkeyPatch) -> Traffic:
    fresh = Traffic()
    monkeypatch.setattr(stopping, "traffic", fresh)
    monkeypatch.setattr(calls, "running", {})
    return fresh


def call(seconds: float, stays_open: bool = False) -> Stream:
    """A call under way whose answer takes so long."""
    stream = Stream(Extraction([]))
    stream.stays_open = stays_open
    stream.request_sent()

    async def answer() -> None:
        await asyncio.sleep(seconds)
        stream.finish()

    task = asyncio.create_task(answer())
    calls.running[task] = stream
    task.add_done_callback(calls.running.pop)
    return stream


async def test_a_stream_that_ends_in_time_ends_well_and_nobody_waits_longer(traffic: Traffic) -> None:
    stream, started = call(0.1), time.monotonic()
    assert await stop(30) == 0
    assert stream.state == "done"
    assert time.monotonic() - started < 10


async def test_a_stream_that_takes_too_long_is_interrupted(traffic: Traffic) -> None:
    stream = call(60)
    assert await stop(0.05) == 1
    assert (stream.state, stream.error and stream.error.kind) == ("failed", "interrupted")
    assert not calls.running


async def test_a_feed_has_no_end_that_anybody_would_wait_for(traffic: Traffic) -> None:
    stream = call(60, stays_open=True)
    started = time.monotonic()
    assert await stop(30) == 0
    assert stream.error and stream.error.kind == "interrupted"
    assert time.monotonic() - started < 10


async def test_a_request_that_is_being_answered_is_waited_for(traffic: Traffic) -> None:
    answered = []

    async def slow(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.sleep(0.1)
        answered.append(True)

    request = asyncio.create_task(traffic.request(slow, {}, None, None))  # type: ignore[arg-type]
    await asyncio.sleep(0)
    await stop(30)
    assert answered
    await request
