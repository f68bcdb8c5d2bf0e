"""A visit whose calls are answered by recordings: chosen in the debugger, for this visit and no other (S19)."""

import asyncio

import pytest

from builder.database import db
from builder.edition import Edition
from builder.people.visitor import Visitor
from builder.starters import starters
from connector.models import Capture
from workflows.live.debugger import Watch
from workflows.live.directory import Directory
from workflows.live.protocol import Happened


@pytest.fixture
def app(ada):
    return starters["demo"].make(ada, "Juniper", "juniper")


async def _until(reached, seconds=10):
    async with asyncio.timeout(seconds):
        while not reached():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_a_visit_replays_and_another_does_not(app, ada, settings):
    """S19: the step's result is the recording's text, and nobody is called: nothing here could be."""
    settings.OUTGOING_ALLOW = []
    data = [f'data: {{"choices":[{{"delta":{{"content":"{piece}"}}}}]}}\n\n'.encode() for piece in ("Leaf ", "drop")]
    reads = [(0.02 * at, piece) for at, piece in enumerate([*data, b"data: [DONE]\n\n"])]
    await Capture.objects.all().adelete()
    facts = {"status": 200, "content_type": "text/event-stream", "ended": "close", "frames": 3}
    await db(Capture.keep, app, "ai_pract1", "ca_ask001", reads, **facts)
    directory, told = Directory(), []
    replayed, _ = await directory.enter(Edition(app), "pg_chat01", Visitor.editor(ada), None)
    other, _ = await directory.enter(Edition(app), "pg_chat01", Visitor.editor(ada), None)
    watch = Watch(replayed, told.append)
    watch.asked("replay 4")
    assert (replayed.visit.replay, other.visit.replay) == (4.0, None)
    replayed.runs.happened(Happened("one", "el_send01", "clicked", {"el_quest1": "Why?"}))
    await _until(lambda: replayed.runs.newest and replayed.runs.newest.state != "running")
    run = replayed.runs.newest
    assert run.state == "done", run.failure
    stream = next(step.result for step in run.steps.values() if hasattr(step.result, "frames"))
    assert stream.state == "done" and stream.frames == 3
    await _until(lambda: '"replay":4' in told[-1])
    watch.asked("replay 0")
    assert replayed.visit.replay is None
    watch.asked("replay 1000000")
    assert replayed.visit.replay is None
    watch.close()
    await directory.leave(replayed)
    await directory.leave(other)


async def test_what_a_page_loads_by_itself_is_loaded_anew(app, ada):
    """S19, S36."""
    directory = Directory()
    guest, _ = await directory.enter(Edition(app), "pg_chat01", Visitor.editor(ada), None)
    opened, closed = [], []

    class Resource:
        value = None

        def close(self):
            closed.append(self)

    guest.visit.open_resource = lambda source, arguments, moved: opened.append(source) or Resource()
    key = ("resource", "api", "x")
    guest.visit.resource("api", {}, key)
    guest.visit.answer_from(4.0)
    assert len(closed) == 1 and not guest.visit.resources
    guest.visit.answer_from(4.0)
    guest.visit.resource("api", {}, key)
    assert opened == ["api", "api"]
    await directory.leave(guest)
