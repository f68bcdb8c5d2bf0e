"""What a service says is passed on in the turn of the loop in which it came, under the same limits: S11, S12, P8, P10,
P11, P13."""

import asyncio
import gc
import gzip
import ssl
import weakref
from contextvars import ContextVar

import pytest
import uvloop

from builder.tempo import FRAME, tempo
from connector.asking.address import read
from connector.errors import BrokenOff, LimitCrossed, NotDecodable
from connector.sending import client, tls
from connector.sending.body import AT_ONCE, Body, Protocol
from connector.spending.limits import Limits
from tests.connector.loopback import CHUNKED, answer, chunk, service

PAUSE = 0.03


def said(*pieces, end=True):
    """A script that says these pieces one by one."""

    async def script(reader, writer):
        writer.write(CHUNKED)
        for piece in pieces:
            writer.write(chunk(piece))
            await asyncio.sleep(PAUSE)
        if end:
            writer.write(chunk(b""))
        await reader.read()

    return script


class Taken:
    """What was poured, and in which task; `enough` after so many bytes."""

    def __init__(self, enough=None):
        self.pieces, self.tasks, self.enough = [], [], enough

    def __call__(self, data):
        self.pieces.append(data)
        self.tasks.append(asyncio.current_task())
        return self.enough is not None and len(self.all) >= self.enough

    @property
    def all(self):
        return b"".join(self.pieces)


async def poured(here, taken, limits=None):
    """The error that pouring ended with."""
    try:
        async with client.send(here.request(), limits or Limits(), here.guard) as response:
            await response.pour(taken)
    except Exception as error:
        return error
    return None


async def test_after_the_first_read_no_task_has_to_wake_up():
    taken = Taken()
    async with service(said(b"one", b"two", b"three")) as here:
        assert await poured(here, taken) is None
    assert taken.pieces == [b"one", b"two", b"three"]
    assert [task is None for task in taken.tasks] == [False, True, True]


async def test_it_is_taken_in_the_context_of_whoever_pours():
    """Also where the connection was opened for somebody else's call."""
    whose, found = ContextVar("whose", default="nobody's"), []

    def take(data):
        found.append(whose.get())
        return False

    async def one(name):
        whose.set(name)
        await poured(here, take)

    async with service(kept_alive) as here:
        for name in ("mine", "yours"):
            await asyncio.create_task(one(name))
        assert here.connections == 1
    assert found == ["mine", "mine", "yours", "yours"]


async def kept_alive(reader, writer):
    """Says one and two to two requests."""
    for _ in range(2):
        writer.write(CHUNKED + chunk(b"one"))
        await asyncio.sleep(PAUSE)
        writer.write(chunk(b"two"))
        await asyncio.sleep(PAUSE)
        writer.write(chunk(b""))
        await reader.readuntil(b"{}")


async def test_what_aiohttp_holds_back_meanwhile_is_heard_too():
    """It stops at 16,384 chunks, and goes on while those are being read."""
    letters = b"x" * 40_000

    async def pours(reader, writer):
        writer.write(CHUNKED + chunk(b"first"))
        await asyncio.sleep(PAUSE)
        writer.write(b"".join(chunk(letters[at : at + 1]) for at in range(len(letters))))
        await reader.read()

    taken = Taken()
    async with service(pours) as here:
        await poured(here, taken, Limits(silence=0.5))
    assert taken.all == b"first" + letters


@pytest.mark.parametrize("size", [1, 700, AT_ONCE, 300_000], ids=str)
async def test_p13_everything_comes_in_order_and_never_too_much_at_once(size):
    """More than aiohttp holds, so that it stops reading and goes on; with small chunks as with large ones."""
    whole = bytes(range(256)) * (4000 if size > 1 else 40)

    async def pours(reader, writer):
        writer.write(CHUNKED + chunk(b"first"))
        await asyncio.sleep(PAUSE)
        for at in range(0, len(whole), size):
            writer.write(chunk(whole[at : at + size]))
            if at % 7 == 0:
                await writer.drain()
        writer.write(chunk(b""))

    taken = Taken()
    async with service(pours) as here:
        assert await poured(here, taken) is None
    assert taken.all == b"first" + whole
    assert max(map(len, taken.pieces)) <= AT_ONCE


async def test_p13_what_is_large_leaves_the_others_their_turn():
    others = 0

    async def other():
        nonlocal others
        while True:
            others += 1
            await asyncio.sleep(0)

    class Counting(Taken):
        def __call__(self, data):
            super().__call__(data)
            seen.append(others)

    seen = []
    async with service(CHUNKED + chunk(b"x" * 10 * AT_ONCE) + chunk(b"")) as here:
        task = asyncio.create_task(other())
        await poured(here, Counting())
        task.cancel()
    assert len(seen) > 10 and len(set(seen)) >= 9


@pytest.mark.parametrize("enough", [1, 4], ids=["at the first read", "later"])
async def test_who_has_enough_gets_no_more_and_the_service_is_left(enough):
    taken = Taken(enough)

    async def noticing(reader, writer):
        try:
            await said(b"one", b"two", b"three", end=False)(reader, writer)
        finally:
            here.left.set()

    async with service(noticing) as here:
        assert await poured(here, taken) is None
        await asyncio.wait_for(here.left.wait(), 5)
    assert taken.pieces == [b"one", b"two", b"three"][: 1 if enough == 1 else 2]


@pytest.mark.parametrize("bad", [b"one", b"two"])
async def test_what_goes_wrong_there_goes_wrong_here(bad):
    def take(data):
        if data == bad:
            raise LookupError("broke")
        return False

    async with service(said(b"one", b"two", end=False)) as here:
        assert isinstance(await asyncio.wait_for(poured(here, take), 5), LookupError)


async def test_p10_a_cancel_reaches_the_service_at_once():
    taken = Taken()

    async def noticing(reader, writer):
        try:
            await said(b"one", b"two", end=False)(reader, writer)
        finally:
            here.left.set()

    async with service(noticing) as here:
        task = asyncio.create_task(poured(here, taken))
        while taken.all != b"onetwo":  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.wait_for(here.left.wait(), 5 * 0.2)
        with pytest.raises(asyncio.CancelledError):
            await task


# While the core is full


@pytest.fixture
def full(monkeypatch):
    monkeypatch.setattr(tempo, "frame", 4 * PAUSE)


async def test_p13_a_service_that_says_much_is_heard_more_rarely_and_nothing_is_lost(full):
    taken, pieces = Taken(), [b"%03d" % number for number in range(40)]
    async with service(said(*pieces)) as here:
        assert await poured(here, taken) is None
    assert taken.all == b"".join(pieces)
    assert len(taken.pieces) < 20


async def test_a_service_that_says_little_is_heard_at_once(monkeypatch):
    monkeypatch.setattr(tempo, "frame", 1.5 * FRAME)
    rests = []
    monkeypatch.setattr(Body, "_rested", lambda self, transport: rests.append(transport))

    async def slowly(reader, writer):
        writer.write(CHUNKED)
        for number in range(6):
            writer.write(chunk(b"%d" % number))
            await asyncio.sleep(0.2)
        writer.write(chunk(b""))

    taken = Taken()
    async with service(slowly) as here, asyncio.timeout(10):
        await poured(here, taken)
    assert taken.pieces == [b"%d" % number for number in range(6)] and not rests


async def test_p10_a_stop_reaches_a_service_that_is_not_heard_just_now(monkeypatch, caplog):
    monkeypatch.setattr(tempo, "frame", 1.0)
    taken = Taken()

    async def noticing(reader, writer):
        try:
            await said(b"one", b"two", b"three", b"four", end=False)(reader, writer)
        finally:
            here.left.set()

    async with service(noticing) as here:
        task = asyncio.create_task(poured(here, taken))
        await asyncio.sleep(0.5)
        assert taken.all == b"onetwothree"
        task.cancel()
        await asyncio.wait_for(here.left.wait(), 5 * 0.2)
        with pytest.raises(asyncio.CancelledError):
            await task
        # When it would be heard again.
        await asyncio.sleep(0.8)
    assert not caplog.records


# Limits


async def test_p8_each_piece_ends_a_silence():
    """Pieces that come more often than that, for longer than that, and then none."""
    taken, pieces = Taken(), [b"%d" % number for number in range(10)]
    async with service(said(*pieces, end=False)) as here:
        error = await poured(here, taken, Limits(silence=5 * PAUSE))
    assert isinstance(error, LimitCrossed) and error.limit == "silence"
    assert taken.pieces == pieces


async def test_p8_the_total_ends_what_never_rests():
    taken = Taken()
    async with service(said(*[b"x"] * 1000)) as here:
        error = await poured(here, taken, Limits(total=0.3))
    assert isinstance(error, LimitCrossed) and error.limit == "total" and taken.pieces


async def test_p11_a_response_over_the_limit_ends_there():
    taken = Taken()
    async with service(said(b"x" * 900, b"y" * 100, b"z", end=False)) as here:
        error = await poured(here, taken, Limits(size=1000))
    assert isinstance(error, LimitCrossed) and error.limit == "size"
    assert taken.all == b"x" * 900 + b"y" * 100


async def test_p11_what_is_compressed_is_unpacked_in_pieces():
    whole = b"data: x\n\n" * 100_000
    packed = gzip.compress(whole)
    taken = Taken()

    async def halves(reader, writer):
        writer.write(answer("Content-Encoding: gzip", f"Content-Length: {len(packed)}"))
        for half in (packed[:500], packed[500:]):
            writer.write(half)
            await asyncio.sleep(PAUSE)

    async with service(halves) as here:
        assert await poured(here, taken) is None
    assert taken.all == whole and max(map(len, taken.pieces)) <= AT_ONCE


async def test_what_cannot_be_decoded_is_said():
    async with service(answer("Content-Encoding: gzip", "Content-Length: 7", body=b"no gzip")) as here:
        assert isinstance(await poured(here, Taken()), NotDecodable)


# Ends


@pytest.mark.parametrize(
    ("head", "frame", "is_whole"),
    [
        (CHUNKED, chunk, False),
        (answer("Content-Length: 9000000"), bytes, False),
        (answer("Content-Length: 6"), bytes, True),
        (answer("Content-Type: text/plain"), bytes, True),
    ],
    ids=["chunked", "too short", "as long as it said", "without a length"],
)
@pytest.mark.parametrize("at_once", [True, False], ids=["end at once", "end later"])
async def test_an_end_is_as_clean_as_the_protocol_says_and_nothing_is_lost(head, frame, is_whole, at_once):
    async def ends(reader, writer):
        writer.write(head + frame(b"one"))
        await asyncio.sleep(PAUSE)
        writer.write(frame(b"two"))
        await asyncio.sleep(0 if at_once else PAUSE)

    taken = Taken()
    async with service(ends) as here:
        error = await poured(here, taken)
    assert taken.all == b"onetwo"
    assert error is None if is_whole else isinstance(error, BrokenOff)


async def test_the_connection_is_used_again_and_forgets_what_came_before():
    """It stays in the pool, where it must not hold a run and all that it said."""

    gc.disable()
    try:
        async with service(kept_alive) as here:
            for _ in range(2):
                taken = Taken()
                assert await poured(here, taken) is None
                assert taken.pieces == [b"one", b"two"]
                taken, gone = None, weakref.ref(taken)
                await asyncio.sleep(0)
                assert gone() is None
            assert here.connections == 1
    finally:
        gc.enable()


@pytest.mark.parametrize("ends", ["well", "badly"])
async def test_what_was_poured_is_freed_without_a_collection(ends):
    def take(data):
        held.pieces.append(data)
        if ends == "badly" and len(held.pieces) == 2:
            raise LookupError
        return False

    gc.disable()
    try:
        async with service(said(b"one", b"two", b"three")) as here:
            held = Taken()
            await poured(here, take)
            held, gone, take = None, weakref.ref(held), None
            await asyncio.sleep(0)
            assert gone() is None
    finally:
        gc.enable()


@pytest.mark.parametrize("said_before", [0, 1, 2], ids=["in the first piece", "after it", "later"])
@pytest.mark.parametrize("is_secure", [False, True], ids=["plain", "TLS"])
async def test_a_body_that_is_no_longer_http_is_broken_off_at_once(said_before, is_secure, certificate, monkeypatch):
    trusting = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr(tls, "context", lambda certificate=None: trusting)

    async def breaks(reader, writer):
        writer.write(CHUNKED)
        await asyncio.sleep(PAUSE)
        for _ in range(said_before):
            writer.write(chunk(b"one"))
            await asyncio.sleep(PAUSE)
        writer.write(b"this is no chunk\r\n")
        await reader.read()

    taken = Taken()
    async with service(breaks, tls=certificate if is_secure else None) as here, asyncio.timeout(5):
        request = here.request()
        request.address = read(f"http{'s' if is_secure else ''}://127.0.0.1:{here.port}/")
        with pytest.raises(BrokenOff):
            async with client.send(request, Limits(), here.guard) as response:
                await response.pour(taken)
    assert taken.all == b"one" * said_before


def test_reading_on_costs_nothing_unless_reading_has_paused(monkeypatch):
    """aiohttp's own would have its parser look at nothing after every read."""
    looked = []
    monkeypatch.setattr(Protocol, "data_received", lambda self, data: looked.append(data))
    loop = asyncio.new_event_loop()
    try:
        protocol = Protocol(loop)
        protocol.resume_reading()
        assert looked == []
        protocol.has_paused = True
        protocol.resume_reading()
        assert looked == [b""]
    finally:
        loop.close()


async def test_over_tls_it_is_the_same(certificate, monkeypatch):
    trusting = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr(tls, "context", lambda certificate=None: trusting)
    monkeypatch.setattr(tempo, "frame", 4 * PAUSE)
    taken, pieces = Taken(), [b"%03d" % number for number in range(20)]
    async with service(said(*pieces), tls=certificate) as here:
        request = here.request()
        request.address = read(f"https://127.0.0.1:{here.port}/")
        async with client.send(request, Limits(), here.guard) as response:
            await response.pour(taken)
    assert taken.all == b"".join(pieces) and len(taken.pieces) < 12
    assert taken.tasks[0] is not None and taken.tasks[1] is None


def test_under_uvloop_it_is_the_same(monkeypatch):
    monkeypatch.setattr(tempo, "frame", 4 * PAUSE)
    taken, pieces = Taken(), [b"%03d" % number for number in range(20)]

    async def pour():
        async with service(said(*pieces)) as here:
            assert await poured(here, taken) is None

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(pour())
    assert taken.all == b"".join(pieces) and len(taken.pieces) < 12
    assert taken.tasks[0] is not None and taken.tasks[1] is None
