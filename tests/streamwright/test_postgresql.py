"""The second database: what SQLite is trusted with PostgreSQL keeps, too, and may be away for a while (P16, P21)."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import psycopg
import pytest

from tests.live import LivePage, close_all, demo_app, signed_in
from tests.postgresql import Cluster
from tests.server import ROOT, StreamwrightServer

pytestmark = pytest.mark.slow
# What stands on what a database does: locks, times, conflicts, transactions.
CORE = [
    "builder/test_journal.py",
    "connector/spending/test_counting.py",
    "connector/spending/test_slots.py",
    "data/test_things.py",
    "workflows/test_releases.py",
    "workflows/test_retention.py",
    "workflows/live/test_flusher.py",
    "workflows/live/test_leases.py",
    "workflows/live/test_returning.py",
    "workflows/live/test_sweeping.py",
]
# Thousands of gestures, which ask nothing of a database that the others do not.
TOO_LONG = ["tests/builder/test_journal.py::test_any_50_changes_and_50_undos_give_the_first_document_back"]
# P21: within 5 s. A busy machine may take five times that.
WITHIN = 5 * 5.0
ANSWER = "seed=7&speed=3"


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with Cluster() as running:
        yield running


def test_the_tests_of_what_stands_on_the_database_hold_on_PostgreSQL(cluster: Cluster) -> None:
    # Its threads keep their connections, so the test database goes with its cluster.
    asked = ["-q", "-m", "not slow", "-p", "no:cacheprovider", "--reuse-db", *(f"--deselect={one}" for one in TOO_LONG)]
    told = subprocess.run(
        [sys.executable, "-m", "pytest", *CORE, *asked],
        cwd=ROOT / "tests",
        env=os.environ | {"DATABASE_URL": cluster.url},
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert told.returncode == 0, told.stdout[-20_000:]


@pytest.fixture(scope="module")
def home(new_home: Callable[[], Path], cluster: Cluster) -> StreamwrightServer:
    """A server that has this database, not started."""
    server = StreamwrightServer(new_home(), DATABASE_URL=cluster.url)
    server.manage("migrate", "--noinput", "-v", "0")
    server.manage("seed")
    return server


async def _asking(server: StreamwrightServer) -> tuple[aiohttp.ClientSession, LivePage]:
    session = await signed_in(server)
    page = await LivePage(server, session, await demo_app(server, session, ANSWER), "pg_chat01").open()
    await page.happens("el_send01", "clicked", el_quest1="Why?")
    await page.until(lambda: len(page.reply) > 5)
    return session, page


async def _until(cluster: Cluster, asked: str) -> None:
    """Wait until a question to the database has an answer."""
    async with asyncio.timeout(60):
        with psycopg.connect(cluster.url, autocommit=True) as database:
            while not database.execute(asked).fetchone():  # noqa: ASYNC110
                await asyncio.sleep(0.05)


async def test_P16_a_page_comes_back_after_a_kill_with_its_text(home: StreamwrightServer, cluster: Cluster) -> None:
    with home:
        session, page = await _asking(home)
        await _until(cluster, "SELECT 1 FROM workflows_kepttext")
        home.process.kill()
        home.process.wait()
        await page.cut()
        with home:
            page.have = 0
            await page.open()
            await page.until(lambda: page.state == "failed")
            assert page.reply
            await close_all(session)


async def test_P21_while_the_database_is_away_streams_go_on_and_all_is_saved_when_it_is_back(
    home: StreamwrightServer, cluster: Cluster
) -> None:
    with home:
        session, page = await _asking(home)
        cluster.stop()
        try:
            asked = time.monotonic()
            async with session.get(f"{home.url}/") as answer:
                assert answer.status == 503 and "Traceback" not in await answer.text()
            assert time.monotonic() - asked < WITHIN
            await page.happens("el_quest1", "typed", el_quest1="while it was away")
            before = len(page.reply)
            await page.until(lambda: len(page.reply) > before + 5)
        finally:
            cluster.start()
        await _until(cluster, "SELECT 1 FROM workflows_storedvisit WHERE holds LIKE '%while it was away%'")
        async with session.get(f"{home.url}/") as answer:
            assert answer.status == 200
        await close_all(session)
    assert (urlsplit(cluster.url).password or "-") not in home.log
