"""P16, P17: what a process does beside answering, started and ended by the server's own lifespan, as under uvicorn."""

import asyncio
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from streamwright import serving
from streamwright.asgi import application
from streamwright.serving import DatabaseIsOld, Serving
from tests.live import LivePage, close_all, demo_app, signed_in
from tests.server import StreamwrightServer
from workflows.live import leases
from workflows.live.directory import Directory
from workflows.models import Process


class Uvicorn(StreamwrightServer):
    """The application under uvicorn, as docs/performance.md says."""

    def command(self, *arguments: str) -> list[str]:
        if arguments[0] != "serve":
            return super().command(*arguments)
        options = {
            "port": self.port,
            "lifespan": "on",
            "loop": "uvloop",
            "ws": "streamwright.wire.uvicorn:AtOnce",
            "log-level": "info",
        }
        options |= {"ws-per-message-deflate": "false", "timeout-graceful-shutdown": 1}
        told = [word for name, value in options.items() for word in (f"--{name}", str(value))]
        return [sys.executable, "-m", "uvicorn", "streamwright.asgi:application", *told]

    def rows(self, asked: str) -> list[Any]:
        with closing(sqlite3.connect(self.home / "streamwright.sqlite3")) as database:
            return database.execute(asked).fetchall()


@pytest.fixture
async def uvicorn(new_home: Callable[[], Path]) -> AsyncIterator[tuple[Uvicorn, aiohttp.ClientSession]]:
    with Uvicorn(new_home(), STOP_GRACE="0.2") as server:
        session = await signed_in(server)
        yield server, session
        await close_all(session)


async def test_under_uvicorn_pages_are_saved_and_what_runs_ends_in_words(
    uvicorn: tuple[Uvicorn, aiohttp.ClientSession],
) -> None:
    server, session = uvicorn
    slug = await demo_app(server, session, "seed=7&speed=4")
    page = await LivePage(server, session, slug, "pg_chat01").open()
    await page.happens("el_send01", "clicked", el_quest1="Why?")
    async with asyncio.timeout(20):
        while not server.rows("SELECT * FROM workflows_kepttext"):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    assert server.rows("SELECT count(*) FROM workflows_process") == [(1,)]
    server.process.send_signal(signal.SIGTERM)
    with pytest.raises(ConnectionError):
        await page.until(lambda: False)
    await asyncio.to_thread(server.process.wait, 20)
    assert server.rows("SELECT state FROM workflows_run WHERE workflow = 'wf_send01'") == [("failed",)]
    assert server.rows("SELECT count(*) FROM workflows_process") == [(0,)]
    assert [over for (over,) in server.rows("SELECT over FROM workflows_keptstream")] == [1]


class Told:
    """The lifespan of the application, told by a test."""

    def __init__(self) -> None:
        self.says: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.task = asyncio.ensure_future(application({"type": "lifespan"}, self.says.get, self.heard.put))

    async def say(self, what: str) -> dict[str, Any]:
        await self.says.put({"type": f"lifespan.{what}"})
        async with asyncio.timeout(30):
            return await self.heard.get()


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The grace times with which the process was asked to end; the test's own goes on."""
    asked: list[float] = []

    async def stop(grace: float) -> int:
        asked.append(grace)
        return 0

    monkeypatch.setattr(serving, "stop", stop)
    monkeypatch.setattr(serving, "hold", lambda database: None)
    monkeypatch.setattr(serving, "directory", Directory())
    return asked


@pytest.mark.django_db(transaction=True)
async def test_a_lifespan_starts_and_ends_what_serve_does(stopped: list[float], settings: Any) -> None:
    told = Told()
    assert await told.say("startup") == {"type": "lifespan.startup.complete"}
    assert await serving.db(lambda: [each.id for each in Process.objects.all()]) == [leases.HERE]
    assert await told.say("shutdown") == {"type": "lifespan.shutdown.complete"}
    await told.task
    assert stopped == [settings.STOP_GRACE]
    assert not await serving.db(Process.objects.exists)


@pytest.mark.django_db(transaction=True)
async def test_a_server_whose_database_is_old_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    def prepare(self: Serving) -> None:
        raise DatabaseIsOld("Run ./run setup first.")

    monkeypatch.setattr(Serving, "prepare", prepare)
    told = Told()
    assert await told.say("startup") == {"type": "lifespan.startup.failed", "message": "Run ./run setup first."}
    await told.task


@pytest.mark.django_db(transaction=True)
async def test_what_could_not_be_saved_is_said_at_the_end(
    stopped: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Told()
    await told.say("startup")

    ending = serving.Flusher.end

    async def not_saved(self: Any) -> bool:
        await ending(self)
        return False

    monkeypatch.setattr(serving.Flusher, "end", not_saved)
    answer = await told.say("shutdown")
    assert answer == {"type": "lifespan.shutdown.failed", "message": serving.UNSAVED}
    await told.task
