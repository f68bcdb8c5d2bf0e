"""The clock on the wall is set while pages are open (S33): no page is cut off, and one that is gone is noticed."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import aiohttp
import pytest

from tests.live import close_all, signed_in
from tests.server import StreamwrightServer

pytestmark = [pytest.mark.asyncio, pytest.mark.slow]
DAY = 86_400
# What Python runs first: from then on the clock on the wall, but for its own, is off by so many seconds.
SHIFTED = """
import os, time
real = time.time
def shifted():
    with open(os.environ["CLOCK_OFF_BY"]) as file:
        return real() + float(file.read() or 0)
time.time = shifted
"""


class Clock:
    def __init__(self, file: Path):
        self.file = file
        self.is_off_by(0)

    def is_off_by(self, seconds: int) -> None:
        self.file.write_text(str(seconds))


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    return Clock(tmp_path / "seconds")


@pytest.fixture
def clocked(new_home: Callable[[], Path], tmp_path: Path, clock: Clock) -> Iterator[StreamwrightServer]:
    (tmp_path / "sitecustomize.py").write_text(SHIFTED)
    with StreamwrightServer(new_home(), PYTHONPATH=str(tmp_path), CLOCK_OFF_BY=str(clock.file)) as running:
        yield running


async def asked(socket: aiohttp.ClientWebSocketResponse) -> aiohttp.WSMsgType:
    """Wait until the server asks whether the browser is there, or ends the connection."""
    while (message := await socket.receive()).type == aiohttp.WSMsgType.TEXT:
        pass
    return message.type


@pytest.mark.parametrize("days", [1, -1])
async def test_a_page_is_asked_whether_it_is_there_though_the_clock_was_set(clocked, clock, days):
    session = await signed_in(clocked)
    url, headers = f"{clocked.url}/ws/live/demo/pg_chat01/", {"Origin": clocked.origin}
    socket = await session.ws_connect(url, headers=headers, autoping=False)
    await socket.send_json({"t": "hello", "visit": None, "have": 0, "v": 1})
    await socket.receive()
    clock.is_off_by(days * DAY)
    async with asyncio.timeout(30):
        assert await asked(socket) == aiohttp.WSMsgType.PING
    await socket.close()
    await close_all(session)
