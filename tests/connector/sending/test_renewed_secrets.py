"""S4, P24: a secret that is changed or removed while a call waits for its retry, or a feed to reconnect, counts at once."""

import asyncio
import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError

from builder.database import db
from builder.edition import LIVE, Edition
from builder.models import User
from builder.starters import starters
from connector import calls, document
from connector.answers.stream import Stream
from connector.models import Credential
from connector.sending import attempts, staying
from tests.connector.answers.test_answering import http
from tests.connector.calling import ended, until
from tests.connector.loopback import Service, answer, service

EVENTS = "Content-Type: text/event-stream"
PIECE = b'data: {"t": "a"}\n\n'
GONE = "The key of Acme was removed."
DEVELOPMENT = "dev"


class Shop:
    """An app with one call that authenticates with a token. Each answer is released by a test, in turn."""

    def __init__(self, ada: User, settings: Any):
        self.settings = settings
        self.app = starters["blank"].make(ada, "Juniper", "juniper")
        self.api, self.call, changes = document.new_api([])
        self.body = changes[0]["body"]
        self.answers: list[bytes] = []
        self.asked, self.go_on = asyncio.Event(), asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.asked.set()
        if not self.answers:
            await self.go_on.wait()
        writer.write(self.answers.pop(0) if self.answers else http("204 No Content"))
        await writer.drain()

    async def asks(self, here: Service, environment: str = LIVE, **props: Any) -> Stream:
        """Save a secret, and start the call."""
        self.settings.OUTGOING_ALLOW = [f"127.0.0.1:{here.port}"]
        self.origin = f"http://127.0.0.1:{here.port}"
        nodes = self.body["nodes"]
        nodes[self.api] |= {"name": "Acme"}
        nodes[self.api]["props"]["auth"] = {"scheme": "bearer", "options": {}}
        nodes[self.call]["props"] |= {"path": f"{self.origin}/", "body": "{}"} | props
        await db(self.app.documents.create, kind="api", key=self.api, body=self.body)
        await self.keeps("tok_first")
        if environment == DEVELOPMENT:
            await self.keeps("tok_of_development", DEVELOPMENT)
        stream, self.task = await calls.call_now(Edition(self.app, environment), self.api, self.call, {})
        return stream

    async def keeps(self, token: str, environment: str = "live") -> None:
        await db(Credential.keep, self.app, self.api, "bearer", {"token": token}, self.origin, environment)

    async def removes(self, environment: str = "live") -> None:
        await db(Credential.objects.filter(app=self.app, environment=environment).delete)


def tokens(here: Service) -> list[str]:
    return [found[1].decode() for head in here.heads if (found := re.search(rb"Bearer (\S+)", head))]


@pytest.fixture
def shop(ada: User, settings: Any) -> Shop:
    return Shop(ada, settings)


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "FIRST_WAIT", 0.3)
    monkeypatch.setattr(staying, "USUAL", 0.3)


@pytest.fixture(params=["retry", "feed"])
def waiting(request: pytest.FixtureRequest, shop: Shop) -> Callable[[Service], Any]:
    """A call that has been asked once, and waits before it is sent again."""

    async def begin(here: Service, environment: str = LIVE) -> Stream:
        is_feed = request.param == "feed"
        shop.answers = [answer(EVENTS, "Connection: close", body=PIECE) if is_feed else http("429 Slow")]
        how = {"stays_open": True} if is_feed else {"retries": 1}
        stream = await shop.asks(here, environment, **how)
        await shop.asked.wait()
        return stream

    return begin


async def test_p24_a_changed_secret_is_used_from_the_next_request_on(shop: Shop, waiting: Any) -> None:
    async with service(shop.serve) as here:
        stream = await waiting(here)
        await shop.keeps("tok_second_0123456789")
        shop.go_on.set()
        await ended(stream)
        assert (stream.state, tokens(here)) == ("done", ["tok_first", "tok_second_0123456789"])


async def test_s4_whatever_was_used_is_masked(shop: Shop, waiting: Any) -> None:
    said = b'event: error\ndata: {"error": {"message": "neither tok_first nor tok_second"}}\n\n'
    async with service(shop.serve) as here:
        stream = await waiting(here)
        await shop.keeps("tok_second")
        shop.answers = [answer(EVENTS, "Connection: close", body=said)]
        await ended(stream)
        assert str(stream.error) == "The service sent an error: neither •••••• nor ••••••"


async def test_p24_a_removed_secret_is_not_sent_again_and_that_is_said(shop: Shop, waiting: Any, caplog: Any) -> None:
    async with service(shop.serve) as here:
        stream = await waiting(here)
        await shop.removes()
        await ended(stream)
        assert (stream.state, stream.error.sentence, tokens(here)) == ("failed", GONE, ["tok_first"])
        assert not [each for each in caplog.records if each.levelno >= logging.ERROR]


async def test_s41_without_its_own_secret_development_goes_on_with_the_live_one(shop: Shop, waiting: Any) -> None:
    async with service(shop.serve) as here:
        stream = await waiting(here, DEVELOPMENT)
        await shop.removes(DEVELOPMENT)
        shop.go_on.set()
        await ended(stream)
        assert (stream.state, tokens(here)) == ("done", ["tok_of_development", "tok_first"])


async def test_p24_a_secret_saved_for_elsewhere_is_not_sent_here(shop: Shop, waiting: Any) -> None:
    async with service(shop.serve) as here:
        stream = await waiting(here)
        shop.origin = "https://elsewhere.example"
        await shop.keeps("tok_second")
        await ended(stream)
        assert (stream.state, tokens(here)) == ("failed", ["tok_first"])
        assert stream.error.sentence.startswith("The saved key is not for http://127.0.0.1")


async def test_what_is_streaming_goes_on_without_its_secret(shop: Shop) -> None:
    came, leave = asyncio.Event(), asyncio.Event()

    async def slowly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(EVENTS, "Connection: close", body=PIECE))
        came.set()
        await leave.wait()
        writer.write(PIECE)

    async with service(slowly) as here:
        stream = await shop.asks(here)
        await came.wait()
        await until(stream, lambda: stream.frames)
        await shop.removes()
        leave.set()
        await ended(stream)
        assert (stream.state, stream.frames) == ("done", 2)


async def test_p21_a_feed_outlives_a_database_that_cannot_say_which_secret_is_saved(
    shop: Shop, waiting: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def away(*which: Any) -> None:
        asked.append(which)
        raise OperationalError("database is locked")

    opens = calls.secrets_of
    async with service(shop.serve) as here:
        stream = await waiting(here)
        monkeypatch.setattr(calls, "secrets_of", away)
        if stream.stays_open:
            async with asyncio.timeout(5):
                while not asked:  # noqa: ASYNC110 (a feed that waits says nothing)
                    await asyncio.sleep(0.02)
            monkeypatch.setattr(calls, "secrets_of", opens)
            shop.go_on.set()
            await ended(stream)
            assert (stream.state, tokens(here)) == ("done", ["tok_first", "tok_first"])
        else:
            await ended(stream)
            assert stream.error.sentence == "The key of Acme could not be read just now."
            assert tokens(here) == ["tok_first"]
