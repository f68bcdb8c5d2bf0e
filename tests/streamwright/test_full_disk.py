"""P21: a disk that is full. What streams goes on to its pages, it is said once, and all is saved when there is room."""

import asyncio
import resource
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest

from tests.live import LivePage, close_all, signed_in
from tests.server import StreamwrightServer, free_port
from tests.teller import Teller, asking_app

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the files of a process that runs"),
]
PIECES = [f"word{number} " * 8 for number in range(160)]
# Less than the write-ahead log of the database by then, and more than the server's own log.
SO_LITTLE = 300 * 1024
KINDLY = "The server cannot do this just now. Try again in a moment."


async def _ready(server: StreamwrightServer, session: aiohttp.ClientSession) -> tuple[int, str]:
    async with session.get(server.url + "/readyz") as answer:
        return answer.status, await answer.text()


async def _until(server: StreamwrightServer, session: aiohttp.ClientSession, said: tuple[int, str]) -> None:
    """Wait until its readiness is this: it is known by what is saved once a second, and the lease every five."""
    async with asyncio.timeout(5 * 5):
        while await _ready(server, session) != said:  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def test_P21_a_full_disk_is_told_of_once_and_no_character_is_lost(new_home: Callable[[], Path]) -> None:
    port = free_port()
    server = StreamwrightServer(new_home(), OUTGOING_ALLOW=f"127.0.0.1:{port}")
    database = server.home / "streamwright.sqlite3"
    async with Teller(port, PIECES, 0.05) as teller:
        with server:
            session = await signed_in(server)
            app = await asking_app(server, session, teller)
            page, other = [await LivePage(server, session, app, "pg_chat01").open() for _ in range(2)]
            for each in (page, other):
                await each.until(lambda each=each: each.have > 0)
            await page.happens("el_send01", "clicked", el_quest1="Why?")
            await page.until(lambda: len(page.reply) > 500)
            assert await _ready(server, session) == (200, "ready\n")
            bounds = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
            resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (SO_LITTLE, bounds[1]))
            shown = len(page.reply)
            await _until(server, session, (503, "saving\n"))
            await page.until(lambda: len(page.reply) > shown + 500)
            await other.happens("el_send01", "clicked", el_quest1="And why?")
            await other.until(lambda: any(KINDLY in said for said in other.raw))
            assert teller.asked == 1, "what cannot be written down is not sent"
            await page.until(lambda: page.state == "done")
            assert page.reply == teller.whole
            resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, bounds)
            await _until(server, session, (200, "ready\n"))
            await other.happens("el_send01", "clicked", el_quest1="And now?")
            await other.until(lambda: other.state == "done")
            assert other.reply == teller.whole
            await close_all(session)
            assert server.log.count("cannot be saved now") == server.log.count("is saved again") == 1
            assert "Traceback" not in server.log
        with closing(sqlite3.connect(database)) as rows:
            assert rows.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            asked = "SELECT state FROM workflows_run WHERE workflow = 'wf_send01' ORDER BY started"
            assert rows.execute(asked).fetchall() == [("done",), ("failed",), ("done",)]
            stored = rows.execute("SELECT over, texts FROM workflows_keptstream").fetchall()
            assert len(stored) == 2
            assert all(over and teller.whole in texts for over, texts in stored)
