"""S39, P29: calls take slots and give them back, whatever becomes of them; what is over budget is never sent."""

import asyncio
import logging
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from builder.chosen import choose
from builder.database import db
from builder.edition import LIVE, Edition
from builder.models import User
from builder.people.visitor import Visitor
from builder.starters import starters
from connector import document
from connector.answers.stream import Stream
from connector.asking.errors import CannotBuild
from connector.calls import start_call
from connector.captures.replay import NothingRecorded, replaying
from connector.models import CallSlot, CallsUsed
from connector.sources.api import ApiData
from connector.spending import counting
from connector.spending import slots as keeping
from connector.spending.budgets import OverBudget
from connector.spending.slots import slots
from tests.connector.calling import ended, until
from tests.connector.loopback import Service, service

ANN = Visitor("vs:ann", address="192.0.2.1")
ANSWER = b'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 11\r\n\r\ndata: "a"\n\n'
HEAD = b'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: "a"\n\n'


async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(HEAD)
    await asyncio.sleep(60)


@pytest.fixture(autouse=True)
def nothing_is_held() -> Iterator[None]:
    yield
    slots.held.clear()


class Shop:
    """An app with one call."""

    def __init__(self, ada: User):
        self.edition = Edition(starters["blank"].make(ada, "Juniper", "juniper"), LIVE)
        self.api, self.call, changes = document.new_api([])
        self.body = changes[0]["body"]
        self.body["nodes"][self.api]["props"]["auth"] = {"scheme": "none", "options": {}}

    async def opens_at(self, here: Service, settings: Any, **props: Any) -> None:
        settings.OUTGOING_ALLOW = [f"127.0.0.1:{here.port}"]
        self.body["nodes"][self.call]["props"] |= {"path": f"http://127.0.0.1:{here.port}/", "body": "{}"} | props
        await db(self.edition.app.documents.create, kind="api", key=self.api, body=self.body)

    async def allows(self, **numbers: int) -> None:
        chosen = {f"live_{name}": number for name, number in numbers.items()}
        await db(choose, counting.SECTION, chosen, self.edition.app)

    async def ask(self, visitor: Visitor = ANN) -> Stream:
        return await start_call(self.edition, self.api, self.call, {}, visitor)


@pytest.fixture
def shop(ada: User) -> Shop:
    return Shop(ada)


async def given_back() -> None:
    """No call is under way any more, here and in the database."""
    async with asyncio.timeout(10):
        while slots.held or await db(CallSlot.objects.count):  # noqa: ASYNC110 (only the database knows)
            await asyncio.sleep(0.02)


async def test_what_is_over_budget_is_not_sent_and_the_log_has_the_number(shop, settings, caplog) -> None:
    await shop.allows(visitor_minute=2)
    async with service(ANSWER) as here:
        await shop.opens_at(here, settings)
        for _ in range(2):
            await ended(await shop.ask())
        with caplog.at_level(logging.WARNING), pytest.raises(OverBudget) as refused:
            await shop.ask()
        assert here.connections == 2
    assert "budget of 2 calls a minute for one visitor" in caplog.text and "192.0.2.1" not in caplog.text
    assert refused.value.kindly.startswith("A lot was asked for in one minute.")
    await given_back()


@pytest.mark.parametrize("over", ["stopped at once", "stopped", "ended", "refused by the network"])
async def test_a_slot_is_given_back_however_a_call_ends(shop, settings, over) -> None:
    await shop.allows(visitor_at_once=1)
    async with service(ANSWER if over == "ended" else endless) as here:
        await shop.opens_at(here, settings)
        if over == "refused by the network":
            settings.OUTGOING_ALLOW = []
        stream = await shop.ask()
        if over == "stopped":
            await until(stream, lambda: stream.state == "streaming")
            with pytest.raises(OverBudget):
                await shop.ask()
        if over.startswith("stopped"):
            stream.stop()
        await ended(stream)
        await given_back()
        (await shop.ask()).stop()
    await given_back()


async def test_what_cannot_be_sent_is_not_counted(shop, settings) -> None:
    async with service(ANSWER) as here:
        await shop.opens_at(here, settings, path="no address", method="POST")
        with pytest.raises(CannotBuild):
            await shop.ask()
        assert here.connections == 0
    assert await db(CallsUsed.objects.count) == await db(CallSlot.objects.count) == 0


@pytest.mark.parametrize("refused", [False, True])
async def test_a_call_that_is_cancelled_while_it_takes_its_slot_takes_and_counts_none(
    shop, settings, monkeypatch, refused
) -> None:
    """P29: the thread that takes the slot goes on after the cancel, as when a visitor's page closes at that moment."""
    begun, goes_on, taken = threading.Event(), threading.Event(), threading.Event()
    really = counting.take

    def slowly(*asked: Any) -> int:
        begun.set()
        assert goes_on.wait(10)
        try:
            return really(*asked)
        finally:
            taken.set()

    async with service(ANSWER) as here:
        await shop.opens_at(here, settings)
        if refused:
            await shop.allows(visitor_minute=1)
        await ended(await shop.ask())
        await given_back()
        monkeypatch.setattr(counting, "take", slowly)
        asking = asyncio.create_task(shop.ask())
        await asyncio.to_thread(begun.wait, 10)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        goes_on.set()
        await asyncio.to_thread(taken.wait, 10)
        async with asyncio.timeout(10):
            while slots._leaving:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        assert here.connections == 1
    assert await db(CallSlot.objects.count) == 0 and not slots.held
    used = await db(lambda: list(CallsUsed.objects.values_list("kind", "in_minute", "in_day")))
    assert sorted(used) == [("address", 1, 1), ("app", 1, 1), ("visitor", 1, 1)]


async def test_a_replay_costs_nothing(shop, settings) -> None:
    async with service(ANSWER) as here:
        await shop.opens_at(here, settings)
        with replaying(4), pytest.raises(NothingRecorded):
            await shop.ask()
        assert here.connections == 0
    assert await db(CallsUsed.objects.count) == 0


async def test_a_feed_is_one_call_and_keeps_its_slot(shop, settings, monkeypatch) -> None:
    monkeypatch.setattr(keeping, "RENEWED", 0.05)
    async with service(endless) as here:
        await shop.opens_at(here, settings, stays_open=True)
        stream = await shop.ask()
        await until(stream, lambda: stream.state == "streaming")
        first = await db(CallSlot.objects.get)
        async with asyncio.timeout(10):
            while (await db(CallSlot.objects.get)).until <= first.until:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        assert (await db(CallsUsed.objects.get, kind="app")).in_day == 1
        stream.stop()
    await given_back()


async def test_data_of_a_page_fails_in_kind_words(shop, settings) -> None:
    await shop.allows(visitor_minute=1)
    async with service(ANSWER) as here:
        await shop.opens_at(here, settings)
        await ended(await shop.ask())
        opened = ApiData().open(shop.edition, {"call": f"{shop.api}/{shop.call}"}, lambda: None, ANN)
        stream = await ended(opened.value)
    assert stream.error and stream.error.kind == "limit" and "budget of 1 call " in stream.error.sentence
    assert "Try again in" in stream.error.kindly
    await given_back()
