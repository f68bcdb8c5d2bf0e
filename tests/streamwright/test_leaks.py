"""P12, P13: a thousand visits come, stream and go by every way there is, and the server is what it was before."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import aiohttp
import pytest

from connector.spending.budgets import LARGEST, SCOPES
from tests.counted import Counted
from tests.live import OPENED, LivePage, close_all, signed_in
from tests.server import StreamwrightServer, free_port
from tests.teller import Teller, asking_app

pytestmark = pytest.mark.slow
VISITS, BEFORE, AT_ONCE = 1000, 100, 10
# MB that caches and the allocator may keep. A visit that stays costs at least 30 KB.
KEPT = 24
# What a busy process may have under way when it is counted: a beat of the lease, the client's own connections.
UNDER_WAY = {"tasks": 2, "files": 4, "threads": 2}


async def _visit(page: LivePage, number: int) -> None:
    """One who asks, and leaves: in the middle of the answer, before it, after it, or after coming back."""
    await page.open()
    await page.until(lambda: page.have > 0, 60)
    await page.happens("el_send01", "clicked", el_quest1="Why?")
    if number % 4 == 0:
        await page.until(lambda: page.reply, 60)
    elif number % 4 != 1:
        await page.until(lambda: page.state == "done", 60)
    await page.cut()
    if number % 4 == 3:
        await page.open()
        await page.until(lambda: len(page.heard) > 3, 60)
        await page.socket.close()


async def _visits(server: StreamwrightServer, session: aiohttp.ClientSession, app: str, numbers: Iterator[int]) -> None:
    async def one_by_one() -> None:
        for number in numbers:
            await _visit(LivePage(server, session, app, "pg_chat01"), number)

    await asyncio.gather(*(one_by_one() for _ in range(AT_ONCE)))
    OPENED.clear()


async def _with_room(server: StreamwrightServer, session: aiohttp.ClientSession, app: str) -> None:
    """Let the app's previews make as many calls a minute as they like: a quick machine makes more than 600."""
    token = next(cookie.value for cookie in session.cookie_jar if cookie.key == "csrftoken")
    for scope in SCOPES:
        name = f"development_{scope}_minute"
        address = f"{server.url}/apps/{app}/settings/budgets/{name}/"
        async with session.post(address, data={name: str(LARGEST)}, headers={"X-CSRFToken": token}) as answer:
            assert answer.status == 200, await answer.text()


async def _all_gone(server: Counted) -> dict[str, float]:
    """The counts once every visit has left, and is stored."""
    async with asyncio.timeout(60):
        while True:
            counts = await asyncio.to_thread(server.counts)
            if not (counts["workflows.live.directory.directory.guests"] or counts.get("Visit")):
                return counts
            await asyncio.sleep(1)


async def test_a_thousand_visits_leave_nothing_behind(new_home: Callable[[], Path]) -> None:
    port = free_port()
    with Counted(new_home(), OUTGOING_ALLOW=f"127.0.0.1:{port}") as server:
        session = await signed_in(server)
        async with Teller(port, [f"word{number} " for number in range(30)], 0.01) as teller:
            app = await asking_app(server, session, teller)
            await _with_room(server, session, app)
            await _visits(server, session, app, iter(range(BEFORE)))
            before = await _all_gone(server)
            await _visits(server, session, app, iter(range(VISITS)))
            after = await _all_gone(server)
        await close_all(session)
    more = {name: many - before.get(name, 0) for name, many in after.items()}
    assert more.pop("MB") <= KEPT, after["MB"]
    assert {name: many for name, many in more.items() if many > UNDER_WAY.get(name, 0)} == {}
    assert teller.asked >= (BEFORE + VISITS) * 3 // 4, "a quarter leaves before anything may have been asked"
    assert "Traceback" not in server.log
