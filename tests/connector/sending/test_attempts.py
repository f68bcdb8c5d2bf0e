"""S11: a call is sent once, unless its author chose to ask again: before the first byte, as the service wants it."""

import asyncio
import time
from datetime import UTC, datetime
from statistics import fmean
from typing import Any

import pytest

from connector.sending import attempts
from connector.sending.attempts import backoff, retry_after
from tests.connector.answers.test_answering import http
from tests.connector.calling import ended, started
from tests.connector.loopback import CHUNKED, chunk, service

NDJSON = b'{"t": "a"}\n'
GOOD = http("200 OK", NDJSON, "Content-Type: application/x-ndjson")
NOT_NOW = http("503 Away", b"", "Retry-After: 0")


def in_turn(*answers: bytes | None) -> Any:
    """Answers one after the other, the last one again and again; None closes without one."""
    left = list(answers)

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        answer = left.pop(0) if len(left) > 1 else left[0]
        if answer:
            writer.write(answer)
            await writer.drain()

    return script


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "FIRST_WAIT", 0.01)


@pytest.mark.parametrize("answer", [NOT_NOW, http("429 Slow"), http("500 Oops"), None])
async def test_s11_without_a_choice_nothing_is_sent_twice(answer: bytes | None) -> None:
    async with service(in_turn(answer, GOOD)) as here:
        stream = await ended(started(here))
        assert (stream.state, here.connections) == ("failed", 1)


@pytest.mark.parametrize("answer", [NOT_NOW, http("429 Slow"), http("500 Oops"), http("529 Full"), http("408 Late")])
async def test_s11_it_is_asked_again_as_often_as_its_author_wants(answer: bytes | None) -> None:
    async with service(in_turn(answer, answer, GOOD)) as here:
        stream = await ended(started(here, retries=2))
        assert (stream.state, stream.field("text").full_text, here.connections) == ("done", "a", 3)
        assert len({head.partition(b"\r\n\r\n")[2] for head in here.heads}) == 1


async def test_s11_the_last_answer_counts() -> None:
    async with service(in_turn(NOT_NOW)) as here:
        stream = await ended(started(here, retries=2))
        assert (stream.state, here.connections) == ("failed", 3)
        assert stream.error.sentence == "Acme failed (503)."


@pytest.mark.parametrize("status", ["400 Bad", "401 No", "404 Gone", "422 No", "501 Never"])
async def test_s11_what_would_be_refused_again_is_not_asked_again(status: str) -> None:
    async with service(in_turn(http(status), GOOD)) as here:
        stream = await ended(started(here, retries=3))
        assert (stream.state, here.connections) == ("failed", 1)


async def test_p9_what_was_taken_and_not_answered_is_not_sent_twice() -> None:
    """It may have been done, and cost money."""
    async with service(in_turn(None, GOOD)) as here:
        stream = await ended(started(here, retries=3))
        assert (stream.state, here.connections) == ("failed", 1)


async def test_p9_nor_is_what_nobody_answered_in_time() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async with service(silent) as here:
        stream = await ended(started(here, retries=3, limits={"first_byte": 0.2}))
        assert (stream.error.kind, here.connections) == ("limit", 1)


async def test_s11_nothing_is_asked_again_after_the_first_byte() -> None:
    async def breaks_off(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(CHUNKED + chunk(b'data: {"t": "a"}\n\n'))
        await writer.drain()

    async with service(breaks_off) as here:
        stream = await ended(started(here, retries=3))
        assert (stream.state, stream.field("text").text, here.connections) == ("failed", "a", 1)


async def test_s11_a_refused_connection_is_tried_again() -> None:
    async with service(GOOD) as here:
        pass
    stream = await ended(started(here, retries=2))
    assert stream.error.sentence == "Acme refused the connection."


async def test_s11_it_waits_as_long_as_the_service_says() -> None:
    async with service(in_turn(http("429 Slow", b"", "Retry-After: 1"), GOOD)) as here:
        begun = time.monotonic()
        stream = await ended(started(here, retries=1))
        assert stream.state == "done" and 1 <= time.monotonic() - begun < 3


async def test_s11_callers_who_are_refused_together_do_not_come_back_together() -> None:
    """A service tells all of its callers the same; all pages of an app came back in the same instant, and in vain."""
    came: list[float] = []

    async def busy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        came.append(time.monotonic())
        writer.write(http("429 Slow", b"", "Retry-After: 1"))

    async with service(busy) as here:
        await asyncio.gather(*(ended(started(here, retries=1)) for _ in range(40)))
    first, second = sorted(came)[:40], sorted(came)[40:]
    assert len(second) == 40 and second[0] >= first[0] + 1
    assert fmean(second) - fmean(first) > 1.06, "on average they wait an eighth longer than they were told"


async def test_s11_a_service_that_says_at_once_is_not_asked_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "FIRST_WAIT", 0.1)
    async with service(in_turn(NOT_NOW, NOT_NOW, GOOD)) as here:
        begun = time.monotonic()
        stream = await ended(started(here, retries=2))
        assert stream.state == "done" and time.monotonic() - begun >= 0.3


@pytest.mark.parametrize("limits", [{}, {"total": 20}])
async def test_s11_a_wait_that_is_too_long_is_not_waited(limits: dict[str, float]) -> None:
    async with service(in_turn(http("429 Slow", b"", "Retry-After: 120"), GOOD)) as here:
        stream = await ended(started(here, retries=3, limits=limits), seconds=3)
        assert (stream.state, here.connections) == ("failed", 1)


async def test_s12_all_attempts_share_the_total() -> None:
    async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.3)
        writer.write(NOT_NOW)

    async with service(slow) as here:
        stream = await ended(started(here, retries=5, limits={"total": 0.5}))
        assert stream.error.kind == "limit" and here.connections <= 2


async def test_s30_stop_ends_a_wait_between_two_attempts() -> None:
    async with service(in_turn(http("503 Away", b"", "Retry-After: 30"), GOOD)) as here:
        stream = started(here, retries=2)
        await asyncio.sleep(0.3)
        stream.stop()
        await asyncio.sleep(0.05)
        assert (stream.state, here.connections) == ("stopped", 1)


NOW = datetime(2026, 11, 21, 16, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        (None, None), ("", None), ("soon", None), ("-1", None), ("1.5", None), ("0", 0), (" 7 ", 7), ("9" * 30, 999_999_999),
        ("Sat, 21 Nov 2026 16:00:30 GMT", 30), ("Sat, 21 Nov 2026 15:59:00 GMT", 0), ("Sat, 21 Nov 2026 16:00:30 -0000", 30),
        ("Sat, 99 Nov 2026 16:00:30 GMT", None),
    ],
)  # fmt: skip
def test_retry_after_is_a_number_or_a_date(said: str | None, seconds: float | None) -> None:
    assert retry_after(said, NOW) == seconds


def test_p9_waits_grow_by_lot_up_to_eight_seconds() -> None:
    for attempt in range(30):
        least = min(0.01 * 2 ** min(attempt, 20), 8)
        assert all(least <= backoff(attempt) <= least * 1.25 for _ in range(50))
