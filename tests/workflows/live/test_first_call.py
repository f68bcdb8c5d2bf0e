"""What a click's call waits for: one turn in the database, in which the run is written down too (P14, P16, S39)."""

import asyncio
import threading

import pytest

from builder import database
from builder.chosen import choose
from builder.database import db
from builder.edition import LIVE, Edition
from builder.people.visitor import Visitor
from connector.models import CallSlot, CallsUsed
from connector.spending import counting
from connector.spending.slots import slots
from tests.bench.app import Bench
from tests.bench.load import BUTTON, PAGE
from tests.connector.loopback import service
from tests.workflows.live.asking import until
from workflows.live.directory import Directory
from workflows.live.protocol import Happened
from workflows.models import Run

ANN = Visitor("vs:ann", address="192.0.2.1")
HEAD = (
    b'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: {"choices": [{"delta": {"content": "Leaf"}}]}\n\n'
)


class Asked:
    """A page with a button that calls a service, whose `answer` tests choose."""

    def __init__(self, ada, settings):
        self.ada, self.settings, self.directory = ada, settings, Directory(grace=0)

    async def opens_at(self, here):
        self.settings.OUTGOING_ALLOW = [f"127.0.0.1:{here.port}"]
        make = Bench(f"http://127.0.0.1:{here.port}", 1).make
        self.edition = Edition(await db(make, self.ada, "Bench", "bench"), LIVE)
        self.guest, _ = await self.directory.enter(self.edition, PAGE, ANN, None)
        self.directory.attach(self.guest, "socket", lambda message: None, 0)

    def click(self, event="one"):
        self.guest.runs.happened(Happened(event, BUTTON, "clicked", {}))

    async def rows(self):
        return await db(lambda: list(Run.objects.values_list("state", "event", "owner")))

    async def leave(self):
        await self.directory.leave(self.guest)
        async with asyncio.timeout(10):
            while await db(CallSlot.objects.count):  # noqa: ASYNC110 (only the database knows)
                await asyncio.sleep(0.02)


@pytest.fixture
def asked(ada, settings):
    return Asked(ada, settings)


async def test_P14_a_run_is_in_the_database_before_its_service_is_asked(asked):
    """A server that is killed at this moment knows the click when it comes again."""
    found = []

    async def answer(reader, writer):
        found.extend(await asked.rows())
        writer.write(HEAD)

    async with service(answer) as here:
        await asked.opens_at(here)
        asked.click()
        await until(lambda: found)
        [(state, event, owner)] = found
        assert (state, event, bool(owner)) == ("running", "one", True)
        await asked.leave()
    assert [state for state, *_ in await asked.rows()] != ["running"]


async def test_the_request_waits_for_one_turn_in_the_database(asked, monkeypatch):
    turns, came = [], asyncio.Event()
    really = database._Turn.thread_handler

    def counted(self, *args, **how):
        turns.append("before" if not came.is_set() else "after")
        return really(self, *args, **how)

    async def answer(reader, writer):
        came.set()
        writer.write(HEAD)

    async with service(answer) as here:
        await asked.opens_at(here)
        monkeypatch.setattr(database._Turn, "thread_handler", counted)
        asked.click()
        await asyncio.wait_for(came.wait(), 10)
        assert turns.count("before") == 1
        await asked.leave()


async def test_P29_what_is_over_budget_is_neither_sent_nor_counted_and_its_run_has_failed(asked):
    async with service(HEAD) as here:
        await asked.opens_at(here)
        await db(choose, counting.SECTION, {"live_visitor_minute": 1}, asked.edition.app)
        for event in ("one", "two"):
            asked.click(event)
            await until(lambda: not asked.guest.runs.running)
        assert here.connections == 1
    assert sorted((event, state) for state, event, _ in await asked.rows()) == [("one", "failed"), ("two", "failed")]
    assert (await db(CallsUsed.objects.get, kind="app")).in_minute == 1
    await asked.leave()


async def test_S30_a_run_that_is_stopped_while_its_call_is_counted_stays_stopped_and_asks_nobody(asked, monkeypatch):
    begun, goes_on = threading.Event(), threading.Event()
    really = counting.take

    def slowly(*given):
        begun.set()
        assert goes_on.wait(10)
        return really(*given)

    async with service(HEAD) as here:
        await asked.opens_at(here)
        monkeypatch.setattr(counting, "take", slowly)
        asked.click()
        await asyncio.to_thread(begun.wait, 10)
        asked.guest.runs.stop_what("")
        await until(lambda: not asked.guest.runs.running)
        goes_on.set()
        await until(lambda: not slots._leaving)
        await asked.leave()
        assert here.connections == 0
    assert [(state, event) for state, event, _ in await asked.rows()] == [("stopped", "one")]
    used = await db(lambda: list(CallsUsed.objects.values_list("in_minute", flat=True)))
    assert set(used) == {0}
