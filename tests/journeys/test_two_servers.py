"""Two servers on one database, which one starts by mistake: nothing is called twice, lost, or running for ever (P14,
P16)."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.live import LivePage, close_all, signed_in
from tests.server import StreamwrightServer, free_port
from tests.teller import Teller, asking_app

pytestmark = [pytest.mark.asyncio, pytest.mark.slow]
PIECES = [f"word{number} " for number in range(60)]
LATER = 4012


async def test_P16_a_second_server_is_warned_and_leaves_the_pages_of_the_first_alone(
    new_home: Callable[[], Path],
) -> None:
    home, port = new_home(), free_port()
    allowed = f"127.0.0.1:{port}"
    async with Teller(port, PIECES, 0.05) as teller:
        with StreamwrightServer(home, OUTGOING_ALLOW=allowed) as first:
            assert "another server process" not in first.log
            session = await signed_in(first)
            app = await asking_app(first, session, teller)
            page = await LivePage(first, session, app, "pg_chat01").open()
            await page.until(lambda: page.have > 0)
            await page.happens("el_send01", "clicked", el_quest1="Why?")
            await page.until(lambda: len(page.reply) > 50)
            with StreamwrightServer(home, OUTGOING_ALLOW=allowed) as second:
                assert f"process {first.process.pid}" in second.log, (
                    "whoever started it reads that there is another one"
                )
                there = LivePage(second, session, app, "pg_chat01")
                there.visit, there.have = page.visit, page.have
                await there.open()
                with pytest.raises(ConnectionError, match=str(LATER)):
                    await there.until(lambda: there.reply)
                await page.until(lambda: page.state == "done")
                assert (page.reply, teller.asked) == (teller.whole, 1)
                first.end()
                await there.open()
                await there.until(lambda: there.reply == teller.whole)
                assert (there.visit, teller.asked) == (page.visit, 1)
                with closing(sqlite3.connect(home / "streamwright.sqlite3")) as rows:
                    assert rows.execute("SELECT state FROM workflows_run").fetchall() == [("done",)]
                    assert rows.execute("SELECT over FROM workflows_keptstream").fetchall() == [(1,)]
                await close_all(session)
