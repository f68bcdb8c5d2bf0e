"""S12: a call that stays open is joined again as the HTML Standard says, and keeps what it has read."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable

import pytest

from connector.answers.extract import Field
from connector.sending import staying
from tests.connector.answers.test_answering import http
from tests.connector.calling import NEWEST, STATUS, TEXT, ended, started, until, values
from tests.connector.loopback import CHUNKED, Service, answer, chunk, service

Script = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
NEVER = {"by": "never"}
EVENTS = "Content-Type: text/event-stream"


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staying, "USUAL", 0.02)
    monkeypatch.setattr(staying, "LEAST", 0.01)
    monkeypatch.setattr(staying, "SPAN", 0.0)


def feed(*connections: bytes, then: bytes = http("204 No Content")) -> Script:
    """A feed whose connections bring these bytes of its body, each in turn, and then answers otherwise."""
    left = list(connections)

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(EVENTS, "Connection: close", body=left.pop(0)) if left else then)
        await writer.drain()

    return script


def asked_with(here: Service) -> list[str | None]:
    """The Last-Event-ID of each request."""
    found = (re.search(rb"last-event-id: ([^\r]*)", head, re.IGNORECASE) for head in here.heads)
    return [each[1].decode() if each else None for each in found]


async def test_s12_what_was_read_stays_and_goes_on() -> None:
    first, second = b'id: 1\ndata: {"t": "a", "n": 1}\n\n', b'id: 2\ndata: {"t": "b", "n": 2}\n\n'
    async with service(feed(first, second)) as here:
        stream = started(here, TEXT, NEWEST, end=NEVER, stays_open=True)
        states: list[str] = []
        stream.subscribe(lambda changed: states.append(stream.state))
        await ended(stream)
        assert (stream.field("text").full_text, stream.field("newest")) == ("ab", 2)
        assert states[-1] == "done" and set(states[1:-1]) == {"streaming"}
        assert asked_with(here) == [None, "1", "2"]


@pytest.mark.parametrize("type", ["json", "text", "empty"])
async def test_s11_one_whole_answer_is_not_asked_for_again_and_again(type: str) -> None:
    """Where its data type was changed after it had been marked."""
    async with service(answer("Content-Length: 2", "Connection: close", body=b"{}")) as here:
        stream = await ended(started(here, stays_open=True, response_type=type))
        assert (stream.state, stream.stays_open, here.connections) == ("done", False, 1)


async def test_s12_204_ends_it() -> None:
    async with service(feed()) as here:
        stream = await ended(started(here, TEXT, end=NEVER, stays_open=True))
        assert (stream.state, here.connections) == ("done", 1)


async def test_s12_an_id_stays_until_another_or_an_empty_one_comes() -> None:
    bodies = b"id: 1\ndata: 1\n\n", b"data: 2\n\n", b"id: 3\ndata: 3", b"id\ndata: 4\n\n", b"data: 5\n\n"
    async with service(feed(*bodies)) as here:
        await ended(started(here, TEXT, end=NEVER, stays_open=True))
        assert asked_with(here) == [None, "1", "1", "1", None, None]


async def test_s12_a_feed_that_asks_for_it_is_joined_at_once_but_not_hammered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staying, "SPAN", 0.5)
    async with service(feed(*[b'retry: 0\ndata: {"t": "a"}\n\n'] * 10)) as here:
        began = time.monotonic()
        stream = await ended(started(here, TEXT, end=NEVER, stays_open=True))
        assert (here.connections, stream.field("text").length) == (11, 10)
        assert time.monotonic() - began >= 2 * 0.5  # joined 5 times, 5 times and once more


async def test_s12_retry_is_waited_for() -> None:
    async with service(feed(b"retry: 400\ndata: 1\n\n")) as here:
        begun = time.monotonic()
        await ended(started(here, TEXT, end=NEVER, stays_open=True))
        assert 0.4 <= time.monotonic() - begun < 2


async def test_s12_a_connection_that_breaks_or_is_refused_is_joined_again() -> None:
    left = [b'data: {"t": "a"}\n\ndata: {"t": "los', None, http("503 Away"), http("429 Slow"), b'data: {"t": "b"}\n\n']

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        now = left.pop(0) if left else http("204 No Content")
        if now is None:
            writer.transport.abort()
        else:
            writer.write(now if now.startswith(b"HTTP") else CHUNKED + chunk(now))
            await writer.drain()

    async with service(script) as here:
        stream = await ended(started(here, TEXT, end=NEVER, stays_open=True))
        assert (stream.state, stream.field("text").full_text, here.connections) == ("done", "ab", 6)


async def test_s12_silence_ends_a_connection_and_not_the_feed() -> None:
    left = [b'data: {"t": "a"}\n\n', b'data: {"t": "b"}\n\n']

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not left:
            writer.write(http("204 No Content"))
            return
        writer.write(CHUNKED + chunk(left.pop(0)))
        await writer.drain()
        await reader.read()

    async with service(silent) as here:
        stream = await ended(started(here, TEXT, end=NEVER, stays_open=True, limits={"silence": 0.1}))
        assert (stream.state, stream.field("text").full_text) == ("done", "ab")


async def test_s12_it_has_no_total() -> None:
    async def ticks(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(CHUNKED)
        for number in range(20):
            writer.write(chunk(b'data: {"n": %d}\n\n' % number))
            await writer.drain()
            await asyncio.sleep(0.02)
        await reader.read()

    async with service(ticks) as here:
        stream = started(here, NEWEST, end=NEVER, stays_open=True, limits={"total": 0.1})
        await until(stream, lambda: stream.field("newest") == 19)
        stream.stop()


@pytest.mark.parametrize("status", ["401 No", "404 Gone", "400 Bad"])
async def test_s12_a_refusal_ends_it_in_words(status: str) -> None:
    async with service(feed(b'data: {"t": "a"}\n\n', then=http(status))) as here:
        stream = await ended(started(here, TEXT, end=NEVER, stays_open=True))
        assert (stream.state, stream.field("text").text, here.connections) == ("failed", "a", 2)
        assert status[:3] in stream.error.sentence


@pytest.mark.parametrize("first", [http("503 Away"), b"", answer("Content-Type: application/json", body=b'{"a": 1}')])
async def test_one_that_cannot_be_joined_at_all_says_so_at_once(first: bytes) -> None:
    async with service(first) as here:
        stream = await ended(started(here, TEXT, end=NEVER, stays_open=True))
        assert (stream.state, here.connections) == ("failed", 1)


async def test_s10_a_first_error_that_is_wanted_is_the_result() -> None:
    async with service(http("403 No", b"forbidden")) as here:
        stream = await ended(started(here, *STATUS, end=NEVER, stays_open=True, include_errors=True))
        assert (stream.state, values(stream)) == ("done", [403, "No", "forbidden", True])


async def test_s12_an_end_sign_ends_it() -> None:
    async with service(feed(b'data: {"t": "a"}\n\ndata: [DONE]\n\n')) as here:
        stream = await ended(started(here, TEXT, end={"by": "data", "data": "[DONE]"}, stays_open=True))
        assert (stream.state, here.connections) == ("done", 1)


async def test_lines_of_json_stay_open_too() -> None:
    left = [b'{"t": "a"}\n{"t": "b"}', b'{"t": "c"}\n']

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines = answer("Content-Type: application/x-ndjson", "Connection: close")
        writer.write(lines + left.pop(0) if left else http("204 No Content"))

    async with service(script) as here:
        stream = await ended(started(here, TEXT, end=NEVER, stays_open=True))
        assert stream.field("text").full_text == "abc"


async def test_s30_stop_ends_the_connection_and_the_joining() -> None:
    async with service(feed(b'retry: 50\ndata: {"t": "a"}\n\n' * 1, b"", b"", b"", b"")) as here:
        stream = started(here, TEXT, end=NEVER, stays_open=True)
        await until(stream, lambda: stream.field("text").text == "a")
        stream.stop()
        seen = here.connections
        await asyncio.sleep(0.2)
        assert (stream.state, here.connections) == ("stopped", seen)


async def test_connections_that_bring_nothing_come_more_and_more_slowly() -> None:
    async with service(feed(b"retry: 20\ndata: 1\n\n", *[b": nothing\n\n"] * 50)) as here:
        stream = started(here, Field("all", "frames", "$"), end=NEVER, stays_open=True)
        await asyncio.sleep(0.6)
        stream.stop()
        assert 3 <= here.connections <= 7
