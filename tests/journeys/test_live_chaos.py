"""Live pages under a network that fails all the time: nothing is lost, nothing doubled, nothing asked twice."""

import asyncio
import random
import signal
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from pathlib import Path

import aiohttp
import pytest

from tests.live import LivePage, close_all, signed_in
from tests.server import StreamwrightServer, free_port
from tests.teller import Teller, asking_app

pytestmark = pytest.mark.asyncio
WORDS = ("Leaf ", "drop ", "after ", "a ", "move — ", "ça ", "😀 ", "\n\n", "5 cm ")


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def allowed(new_home: Callable[[], Path], port: int) -> Iterator[StreamwrightServer]:
    """A server that may call the teller."""
    with StreamwrightServer(new_home(), OUTGOING_ALLOW=f"127.0.0.1:{port}", STOP_GRACE="4") as running:
        yield running


@pytest.fixture
async def session(allowed: StreamwrightServer) -> AsyncIterator[aiohttp.ClientSession]:
    session = await signed_in(allowed)
    yield session
    await close_all(session)


def pieces(number: int, seed: int = 7) -> list[str]:
    """A text in pieces, none like the other, so that what is lost, doubled or out of order shows."""
    dice = random.Random(seed)
    return [f"{dice.choice(WORDS)}{each} " for each in range(number)]


class Clumsy(LivePage):
    """A page whose connection dies again and again. What it said and does not know to be heard it says again."""

    owed: dict[str, tuple[str, dict[str, str]]]
    whole = ""

    async def open(self, *args, **more) -> "Clumsy":
        """As a page does, it tries again when nobody takes its connection."""
        for wait in (0.5, 1, 2, 5, 10, 10, None):
            try:
                await super().open(*args, **more)
                break
            except (aiohttp.ClientError, ConnectionError):
                if wait is None:
                    raise
                await asyncio.sleep(wait)
        return self

    async def ask(self, id: str = "the click") -> None:
        self.owed = {id: ("el_send01", {"el_quest1": "Why?"})}
        await self.say_owed()

    async def say_owed(self) -> None:
        for id, (element, values) in self.owed.items():
            await self.happens(element, "clicked", id=id, **values)

    async def again(self, wait: float = 0.0) -> None:
        """Lose the connection, and come back."""
        await self.cut()
        await asyncio.sleep(wait)
        await self.open()

    async def take(self) -> None:
        greeted = len(self.heard)
        await super().take()
        if len(self.heard) > greeted and self.heard[-1] in self.owed:
            self.owed.clear()
        assert self.whole.startswith(self.reply), "P3: always the beginning of what was sent"


@pytest.mark.parametrize(
    "step", ["connected", "greeted", "snapshot", "said", "heard", "first text", "midway", "not acknowledged", "done"]
)
async def test_P4_a_connection_may_die_at_any_step_of_the_protocol(allowed, session, port, step):
    async with Teller(port, pieces(200 if step == "not acknowledged" else 40), 0.01) as teller:
        page = Clumsy(allowed, session, await asking_app(allowed, session, teller), "pg_chat01")
        page.owed, page.whole = {}, teller.whole
        await page.open()
        if step == "connected":
            await page.again()
        await page.until(lambda: page.visit)
        if step == "greeted":
            await page.again()
        await page.until(lambda: page.have > 0)
        if step == "snapshot":
            await page.again()
        await page.ask()
        if step == "said":
            await page.again()
            await page.say_owed()
        await page.until(lambda: not page.owed)
        if step == "heard":
            await page.again()
        await page.until(lambda: page.reply)
        if step == "first text":
            await page.again()
        await page.until(lambda: len(page.reply) > 100)
        if step == "midway":
            await page.again(0.1)
        if step == "not acknowledged":
            page.acknowledges = False
            had = page.have, dict(page.shown), dict(page.lists)
            await page.until(lambda: page.have >= had[0] + 2)
            page.have, page.shown, page.lists = had  # As one that was cut off before those two had reached it.
            page.raw.clear()
            await page.again()
            page.acknowledges = True
            await page.until(lambda: page.have >= had[0] + 2)
            assert not any('"snapshot":true' in said for said in page.raw), "it goes on where it was"
        await page.until(lambda: page.state == "done")
        if step == "done":
            page.have = 0
            await page.again()
            await page.until(lambda: page.have > 0)
        assert page.reply == teller.whole
        assert (page.state, teller.asked, teller.left) == ("done", 1, 0)


@pytest.mark.parametrize("have", [1, 10**6], ids=["too old", "unknown"])
async def test_P5_a_page_whose_position_is_gone_gets_all_of_it_at_once(allowed, session, port, have):
    async with Teller(port, pieces(40), 0.01) as teller:
        page = Clumsy(allowed, session, await asking_app(allowed, session, teller), "pg_chat01")
        page.owed, page.whole = {}, teller.whole
        await page.open()
        await page.until(lambda: page.have > 0)
        await page.ask()
        await page.until(lambda: len(page.reply) > 100)
        page.have = have
        began = time.monotonic()
        await page.again()
        page.raw.clear()
        await page.until(lambda: any('"snapshot":true' in said for said in page.raw))
        assert time.monotonic() - began <= 5 * 1.0
        await page.until(lambda: page.state == "done")
        assert page.reply == teller.whole


@pytest.mark.slow
async def test_P3_P4_two_hundred_pages_cut_at_random_lose_and_double_nothing(allowed, session, port):
    """200 connections, each cut at random frames; every page's text is a prefix at all times and whole at the end."""
    dice = random.Random(4)
    async with Teller(port, pieces(150), 0.2) as teller:
        app = await asking_app(allowed, session, teller)
        pages = [Clumsy(allowed, session, app, "pg_chat01") for _ in range(200)]

        async def live(page: Clumsy) -> int:
            page.owed, page.whole, cuts = {"the click": ("el_send01", {"el_quest1": "Why?"})}, teller.whole, 0
            await asyncio.sleep(dice.random() * 20)
            await page.open()
            while page.state != "done":
                with suppress(ConnectionError):  # a busy server may have lost it: as good as a cut
                    await page.until(lambda: page.have > 0, 60)
                    await page.say_owed()
                    for _ in range(dice.randint(0, 80)):
                        if page.state != "done":
                            await asyncio.wait_for(page.take(), 60)
                if dice.random() < 0.3:
                    page.have = 0  # a reload: all that it had is gone
                await page.again(dice.random())
                cuts += 1
            return cuts

        cuts = await asyncio.wait_for(asyncio.gather(*map(live, pages)), 500)
        assert {page.reply for page in pages} == {teller.whole}
        assert (teller.asked, teller.ended, teller.left) == (200, 200, 0), "the vendor was called once a run"
        assert sum(cuts) > 400, cuts


def resident(server: StreamwrightServer) -> float:
    """MB of memory that a server holds."""
    [line] = [each for each in Path(f"/proc/{server.process.pid}/status").read_text().splitlines() if "VmRSS" in each]
    return int(line.split()[1]) / 1024


async def held(server: StreamwrightServer, seconds: float = 3) -> float:
    """The same, without what saving takes for a moment: the least within a few seconds."""
    least, until = resident(server), time.monotonic() + seconds
    while time.monotonic() < until:
        await asyncio.sleep(0.05)
        least = min(least, resident(server))
    return least


async def reached(condition: Callable[[], bool], seconds: float = 60) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.02)


@pytest.mark.slow
async def test_P12_a_page_that_never_reads_costs_little_and_gets_the_right_text_when_it_reads(allowed, session, port):
    """It asks 30 times for a text of two million characters and reads none of it: 60 MB that nobody takes."""
    async with Teller(port, ["x" * 9_990 + f" {each:08} " for each in range(200)]) as teller:
        page = Clumsy(allowed, session, await asking_app(allowed, session, teller), "pg_chat01")
        page.owed, page.whole = {}, teller.whole
        await page.open()
        await page.until(lambda: page.have > 0)
        for number in range(6):
            await page.ask(f"read {number}")
            await page.until(lambda: teller.ended == number + 1 and page.state == "done", 60)  # noqa: B023
        before = await held(allowed)
        page.socket._response.connection.transport.pause_reading()
        for number in range(6, 36):
            while teller.asked == number:  # it may be too soon for another click
                await page.happens("el_send01", "clicked", id=f"ask {number} {time.monotonic()}", el_quest1="Why?")
                await asyncio.sleep(0.2)
            await reached(lambda: teller.ended == number + 1)  # noqa: B023
        cost = await held(allowed) - before
        assert cost <= 32, f"{cost:.0f} MB"
        page.socket._response.connection.transport.resume_reading()
        await page.until(lambda: page.state == "done" and page.reply == teller.whole, 60)
        assert teller.left == 0


@pytest.mark.slow
async def test_P17_fifty_pages_are_told_and_lose_nothing_when_the_server_is_deployed(new_home, port):
    """Half of the streams end within the time they are given, half do not. After it they come back, by themselves."""
    dice = random.Random(5)
    server = StreamwrightServer(new_home(), OUTGOING_ALLOW=f"127.0.0.1:{port},127.0.0.1:{port + 1}", STOP_GRACE="8")
    with server:
        session = await signed_in(server)
        async with Teller(port, pieces(60), 0.1) as short, Teller(port + 1, pieces(600), 0.1) as long:
            tellers = [short, long]
            apps = [await asking_app(server, session, teller) for teller in tellers]
            pages = [Clumsy(server, session, apps[number % 2], "pg_chat01") for number in range(50)]

            async def begin(number: int, page: Clumsy) -> None:
                page.owed, page.whole = {}, tellers[number % 2].whole
                await page.open()
                await page.until(lambda: page.have > 0, 60)
                await page.ask()
                await page.until(lambda: len(page.reply) > 20, 60)

            async def told(page: Clumsy) -> int:
                try:
                    await page.until(lambda: False, 60)
                except ConnectionError as closed:
                    return int(str(closed))
                raise AssertionError

            await asyncio.gather(*(begin(number, page) for number, page in enumerate(pages)))
            server.process.send_signal(signal.SIGTERM)
            assert set(await asyncio.gather(*map(told, pages))) == {4012}
            had = [page.reply for page in pages]
            await asyncio.to_thread(server.process.wait, 30)

            async def come_back(number: int, page: Clumsy) -> None:
                await asyncio.sleep(dice.random())
                await page.open()
                await page.until(lambda: page.state == ("done", "failed")[number % 2], 60)

            with server:
                await asyncio.gather(*(come_back(number, page) for number, page in enumerate(pages)))
            for number, page in enumerate(pages):
                assert page.reply.startswith(had[number])
                assert number % 2 or page.reply == short.whole
                assert not number % 2 or "interrupted" in page.shown["el_reply1", "problem"]
            assert (short.asked, short.ended, long.asked) == (25, 25, 25), "nobody is asked again"
            await close_all(session)
    assert "Traceback" not in server.log
