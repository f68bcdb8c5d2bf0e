"""Replaying: recordings answer calls in the place of their services, at their own speed or faster (S19)."""

import asyncio
import time

import pytest
from channels.db import database_sync_to_async

from builder.edition import Edition
from builder.models import App, User
from builder.people.visitor import NOBODY
from builder.starters import starters
from connector import document
from connector.answers.stream import Stream
from connector.asking.errors import CannotBuild
from connector.calls import start_call
from connector.captures.replay import NothingRecorded, replaying
from connector.models import Capture
from connector.sources.api import ApiData

PIECES = ("Leaf ", "drop ", "after ", "a move")


@pytest.fixture
def app(ada: User) -> App:
    return starters["blank"].make(ada, "Juniper", "juniper")


class Recorded:
    """A call that leads nowhere and has no key, and its capture."""

    def __init__(self, app: App, step: float = 0.05, **facts: object):
        self.app = app
        self.api, self.call, changes = document.new_api([])
        body = changes[0]["body"]
        props = {"type": "text_stream", "path": "delta", "mode": "delta"}
        body["nodes"]["fd_reply1"] = {"type": "field", "name": "Reply", "props": props, "slots": {}}
        body["nodes"][self.call]["slots"]["fields"] = ["fd_reply1"]
        body["nodes"][self.call]["props"] |= {"path": "https://nowhere.invalid/", "body": '{"q": "<question>"}'}
        body["nodes"][self.call]["props"]["initialized"] = {"end": {"by": "data", "data": "[DONE]"}}
        body["nodes"][self.api]["props"]["auth"] = {"scheme": "bearer", "options": {}}
        app.documents.create(kind="api", key=self.api, body=body)
        data = [f'data: {{"delta": "{piece}"}}\n\n'.encode() for piece in PIECES]
        data += [] if facts.pop("cut", False) else [b"data: [DONE]\n\n"]
        reads = [((at + 1) * step, piece) for at, piece in enumerate(data)]
        known = {"status": 200, "content_type": "text/event-stream", "ended": "close"} | facts
        self.capture = Capture.keep(app, self.api, self.call, reads, **known)

    async def play(self, speed: float) -> Stream:
        with replaying(speed):
            return await start_call(Edition(self.app), self.api, self.call, {}, NOBODY)


async def ended(stream: Stream) -> Stream:
    over = asyncio.Event()
    stream.subscribe(lambda changed: over.set() if stream.over else None)
    if not stream.over:
        await asyncio.wait_for(over.wait(), 5)
    return stream


@pytest.fixture
async def recorded(app: App) -> Recorded:
    return await database_sync_to_async(Recorded)(app)


@pytest.mark.parametrize(("speed", "least", "most"), [(1.0, 0.24, 1.5), (4.0, 0.05, 0.24)])
async def test_it_runs_at_its_own_speed_or_four_times_as_fast(
    recorded: Recorded, speed: float, least: float, most: float
) -> None:
    """S19. Neither its address nor its key nor its parameters are needed: nothing is sent."""
    started = time.monotonic()
    stream = await ended(await recorded.play(speed))
    assert stream.state == "done" and stream.field("fd_reply1").text == "".join(PIECES)
    assert least < time.monotonic() - started < most


async def test_outside_of_it_the_service_is_called(recorded: Recorded) -> None:
    with pytest.raises(CannotBuild):
        await start_call(Edition(recorded.app), recorded.api, recorded.call, {}, NOBODY)


async def test_stop_ends_it_at_once(app: App) -> None:
    """S30 holds for a recording, too."""
    recorded = await database_sync_to_async(Recorded)(app, step=1.0)
    stream = await recorded.play(1)
    stream.stop()
    await asyncio.sleep(0)
    assert stream.state == "stopped"


@pytest.mark.parametrize(
    ("facts", "state", "said"),
    [
        ({"cut": True, "ended": "stopped"}, "done", ""),
        ({"cut": True, "ended": "broken_off"}, "failed", "cut off"),
        ({"cut": True}, "failed", "without saying that it was finished"),
        ({"status": 401, "ended": "key_refused"}, "failed", "refused the key (401)"),
        (
            {"cut": True, "ended": "limit_crossed", "request": {"failure": {"sentence": "Nothing came for 60 s."}}},
            "failed",
            "Nothing came for 60 s.",
        ),
    ],
)
async def test_it_ends_as_it_was_recorded(app: App, facts: dict[str, object], state: str, said: str) -> None:
    """S23: an answer that its author stopped reading is the only one that ends well without its end sign."""
    recorded = await database_sync_to_async(Recorded)(app, step=0.01, **facts)
    stream = await ended(await recorded.play(4))
    assert stream.state == state and said in str(stream.error or "")


async def test_what_was_never_recorded_is_said(recorded: Recorded) -> None:
    await Capture.objects.all().adelete()
    with pytest.raises(NothingRecorded) as refused:
        await recorded.play(1)
    assert "New call" in str(refused.value)


async def test_a_call_used_as_data_is_replayed_too(recorded: Recorded) -> None:
    """S19, S36: what a page loads by itself, and what a step waits for."""
    args = {"call": f"{recorded.api}/{recorded.call}", "parameters": {}}
    with replaying(4):
        opened = ApiData().open(Edition(recorded.app), args, lambda: None, NOBODY)
        fetched = await ApiData().fetch(Edition(recorded.app), args, NOBODY)
    assert fetched.value.field("fd_reply1").text == "".join(PIECES)
    await ended(opened.value)
    assert opened.value.field("fd_reply1").text == "".join(PIECES)
