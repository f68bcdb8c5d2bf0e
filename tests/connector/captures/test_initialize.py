"""Initialize over real sockets: what the dialog is told, what is kept, and what becomes of Stop and Cancel (S13, S15)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from channels.db import database_sync_to_async

from builder.models import App, User
from builder.starters import starters
from connector import document
from connector.answers.frame import Frame
from connector.captures.found import look_at
from connector.captures.initialize import MOST_SLICES, Initialization, Progress, fingerprint
from connector.models import Capture, Credential
from tests.connector.loopback import Service, service

HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n"
EVENTS = b"".join(b'data: {"delta": "word%d "}\n\n' % n for n in range(30)) + b"data: [DONE]\n\n"


class Run:
    """One Initialize, and all that its dialog was told."""

    def __init__(self, app: App, port: int, **props: Any):
        self.app = app
        self.api, self.call, changes = document.new_api([])
        self.body = changes[0]["body"]
        self.body["nodes"][self.api]["props"]["base_url"] = f"http://127.0.0.1:{port}"
        self.body["nodes"][self.call]["props"] |= {"path": "/chat", "body": "{}", **props}
        self.told: list[dict[str, Any]] = []
        self.over, self.came, self.heard = asyncio.Event(), asyncio.Event(), asyncio.Event()

    def tell(self, picture: dict[str, Any]) -> None:
        self.told.append(picture)
        self.heard.set()
        if picture.get("frames"):
            self.came.set()
        if picture.keys() & {"done", "failed", "cancelled"}:
            self.over.set()

    async def start(self) -> Initialization:
        await database_sync_to_async(self.app.documents.create)(kind="api", key=self.api, body=self.body)
        started = Initialization(self.app, self.api, self.call, self.tell)
        started.start()
        return started

    async def end(self) -> dict[str, Any]:
        await asyncio.wait_for(self.over.wait(), 10)
        return self.told[-1]

    async def until(self, text: str) -> dict[str, Any]:
        """The picture in which the text has grown so far."""
        while not self.told or self.told[-1].get("text") != text:
            self.heard.clear()
            await asyncio.wait_for(self.heard.wait(), 10)
        return self.told[-1]

    async def capture(self) -> Capture:
        return await Capture.objects.aget(pk=(await self.end())["done"])


@pytest.fixture
def app(ada: User) -> App:
    return starters["blank"].make(ada, "Juniper", "juniper")


@asynccontextmanager
async def serving(script: bytes | None, settings: Any) -> AsyncIterator[Service]:
    """A service that answers these bytes; with none, one that begins a stream and never ends it."""

    async def endlessly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD + EVENTS[:200])
        await writer.drain()
        await reader.read()
        here.left.set()

    async with service(script or endlessly) as here:
        settings.OUTGOING_ALLOW = [f"127.0.0.1:{here.port}"]
        yield here


async def test_a_stream_is_read_to_its_end_and_kept(app: App, settings: Any) -> None:
    """S13."""
    async with serving(HEAD + EVENTS, settings) as here:
        run = Run(app, here.port)
        await run.start()
        capture = await run.capture()
    assert (capture.status, capture.frames, capture.ended) == (200, 31, "close")
    assert bytes(capture.body) == EVENTS
    last = run.told[-1]
    assert last["frames"] == 31 and last["bytes"] == len(EVENTS) and sum(last["pulse"]) == 31
    assert last["newest"][0]["n"] == 31 and last["status"] == "200 OK" and last["wait"] == "60"
    assert capture.request["prints"]
    found = await asyncio.to_thread(look_at, capture)
    assert found.detection.fields[0].value.startswith("word0 word1 ")


async def test_stop_uses_what_came(app: App, settings: Any) -> None:
    async with serving(None, settings) as here:
        run = Run(app, here.port)
        started = await run.start()
        await asyncio.wait_for(run.came.wait(), 5)
        started.stop_here()
        capture = await run.capture()
        await asyncio.wait_for(here.left.wait(), 2)
    assert capture.ended == "stopped" and capture.frames


async def test_cancel_closes_the_connection_and_keeps_nothing(app: App, settings: Any) -> None:
    async with serving(None, settings) as here:
        run = Run(app, here.port)
        started = await run.start()
        await asyncio.wait_for(run.came.wait(), 5)
        started.cancel()
        assert await run.end() == {"cancelled": True}
        await asyncio.wait_for(here.left.wait(), 2)
    assert not await Capture.objects.aexists()


async def test_a_refusal_is_kept_with_our_words(app: App, settings: Any) -> None:
    body = b'{"error": {"message": "No such key"}}'
    answer = b"HTTP/1.1 401 Unauthorized\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(body)
    async with serving(answer + body, settings) as here:
        run = Run(app, here.port)
        await run.start()
        capture = await run.capture()
    assert capture.status == 401 and bytes(capture.body) == body
    assert capture.request["failure"]["code"] == "key_refused"


@pytest.mark.parametrize(
    ("props", "code"),
    [
        ({"path": "ftp://example.com/"}, "bad_address"),
        ({"body": '{"a": }'}, "bad_body"),
        ({"path": "http://127.0.0.1:1/"}, "not_public"),
    ],
)
async def test_what_cannot_be_sent_is_said_and_nothing_is_kept(
    app: App, settings: Any, props: dict[str, str], code: str
) -> None:
    settings.OUTGOING_ALLOW = []
    run = Run(app, 1, **props)
    await run.start()
    told = await run.end()
    assert told["failed"]["code"] == code and told["failed"]["sentence"]
    assert not await Capture.objects.aexists()


async def test_a_mistake_of_ours_ends_the_dialog_with_a_sentence(
    app: App, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P32: whatever it was, nobody waits for ever, and not a word of it leaves the server."""
    monkeypatch.setattr("connector.calls.build", lambda *_: 1 / 0)
    run = Run(app, 1)
    await run.start()
    told = await run.end()
    assert told["failed"]["code"] == "unexpected" and "division" not in str(told)


async def test_a_key_that_the_service_repeats_is_masked_while_it_streams(app: App, settings: Any) -> None:
    """P24: neither the live frames nor the capture hold it."""
    key = "sk-live-0123456789abcdefghij"
    events = b"".join(b'data: {"delta": "your key is %s "}\n\n' % key.encode() for _ in range(8))
    async with serving(HEAD + events, settings) as here:
        run = Run(app, here.port)
        run.body["nodes"][run.api]["props"]["auth"] = {"scheme": "bearer", "options": {}}
        origin = f"http://127.0.0.1:{here.port}"
        await database_sync_to_async(Credential.keep)(app, run.api, "bearer", {"token": key}, origin)
        await run.start()
        capture = await run.capture()
    assert key not in str(run.told) and key.encode() not in bytes(capture.body)


async def test_what_a_server_writes_without_a_space_is_shown_with_its_spaces_while_it_streams(
    app: App, settings: Any
) -> None:
    """P1: what its first frames tell is heeded at once, not when all has come."""
    pieces = ["Tea", " with", " lemon", " and", " a", " spoon", " of", " honey"]
    more = asyncio.Event()

    async def slowly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD + b"".join(f"data:{piece}\n\n".encode() for piece in pieces))
        await more.wait()
        writer.write(b"data: indeed\n\n")

    async with service(slowly) as here:
        settings.OUTGOING_ALLOW = [f"127.0.0.1:{here.port}"]
        run = Run(app, here.port)
        await run.start()
        seen = await run.until("".join(pieces))
        more.set()
        capture = await run.capture()
    assert (seen["frames"], sum(seen["pulse"]), seen["newest"][0]["text"]) == (8, 8, " honey")
    assert run.told[-1]["text"] == "".join([*pieces, " indeed"])
    assert bytes(capture.body).startswith(b"data:Tea\n\ndata: with") and capture.frames == 9


def test_the_pulse_shows_all_of_a_long_answer_each_frame_at_its_time() -> None:
    """It showed the last 20 seconds, drawn as if they were the first."""
    progress, came = Progress(), (0.1, 12.0, 61.0, 119.9)
    for at in came:
        progress.add(Frame(b"x", "x", None, None), at, None)
    assert len(progress.pulse) <= MOST_SLICES and sum(progress.pulse) == 4
    shown = [slice_ / progress.slices for slice_, frames in enumerate(progress.pulse) if frames]
    assert all(begins <= at < begins + 1 / progress.slices for begins, at in zip(shown, came, strict=True))


def test_the_fingerprint_is_of_what_the_answer_depends_on() -> None:
    _, call, changes = document.new_api([])
    api = changes[0]["body"]
    for props, differs in (({"body": "{}"}, True), ({"method": "GET"}, True), ({"use_as": "data"}, False)):
        other = document.after(api, document.updated(api, call, props))
        assert (fingerprint(other, call) != fingerprint(api, call)) is differs
