"""S33, P4, P5: whose process is gone finds the visit again, as it was; nobody else does, and nothing starts twice."""

import asyncio
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from builder.database import db as in_database
from builder.edition import Edition
from builder.people.visitor import Visitor
from connector.answers.extract import Extraction, Field
from connector.answers.frame import frame_of
from connector.answers.stream import Stream
from tests.workflows.live.asking import asking, piece, until
from workflows.errors import INTERRUPTED
from workflows.live import flusher as flushing
from workflows.live import kept, leases, returning, runs, saving, waterfall
from workflows.live.debugger import Watch
from workflows.live.directory import Directory, PageIsOld
from workflows.live.flusher import Flusher
from workflows.live.frozen import read
from workflows.live.kept import KeptStreams
from workflows.live.protocol import Happened
from workflows.live.saving import ServedElsewhere
from workflows.models import KeptStream, Process, Run, StoredVisit
from workflows.releases import edition_of, publish

# All that is kept of a stream's facts, and of a visit.
TOLD = {"seconds_to_first_text", "seconds_in_all", "seconds_to_first_frame", "frames", "bad_frames", "bytes"}
HELD = {
    "values",
    "states",
    "groups",
    "results",
    "overrides",
    "initials",
    "typed",
    "loaded",
    "moment",
    "replay",
    "heard",
}


@pytest.fixture
def another_process(monkeypatch):
    """From here on this is another process than the one that was: its memory is empty, its id its own."""

    def begin(dead=True):
        gone = leases.HERE
        for module in (leases, kept, saving, waterfall):
            monkeypatch.setattr(module, "HERE", f"pr_{gone[3:8]}next")
        monkeypatch.setattr(runs, "unwritten", {})
        monkeypatch.setattr(runs, "under_way", {})
        streams = KeptStreams()
        monkeypatch.setattr(flushing, "kept_streams", streams)
        monkeypatch.setattr(returning, "kept_streams", streams)
        beat = Now() - timedelta(seconds=60 if dead else 0)
        Process.objects.filter(id=gone).update(beat=beat, host="elsewhere")
        return Directory()

    return lambda dead=True: in_database(begin, dead)


@pytest.fixture
async def left(monkeypatch, app, ada, streams):
    """A page in the middle of an answer, with the next question half typed, as its process left it."""
    known = KeptStreams()
    for module in (flushing, returning):
        monkeypatch.setattr(module, "kept_streams", known)
    for name in ("unwritten", "under_way"):
        monkeypatch.setattr(runs, name, {})
    directory = Directory()
    directory.keeps = True
    guest = await asking(directory, app, ada, streams)
    guest.runs.happened(Happened("two", None, "typed", {"el_quest1": "and then"}))
    await until(lambda: guest.runs.running and next(iter(guest.runs.running)).steps["sp_ask001"].state == "streaming")
    await Flusher(directory).flush()
    made = {"stream": streams[0], "streams": streams, "directory": directory}
    yield SimpleNamespace(visit=guest.visit, ada=Visitor.editor(ada), app=app, **made)
    streams[0].stop()
    await directory.leave(guest)


def _enter(directory, left, **other):
    given = {"page": "pg_chat01", "visitor": left.ada, "visit": left.visit.id, "have": 7} | other
    return directory.enter(Edition(left.app), **given)


async def test_a_visit_of_a_dead_process_comes_back_as_it_was(left, another_process):
    directory = await another_process()
    piece(left.stream, "which was never stored")
    guest, new = await _enter(directory, left)
    assert not new and guest.visit is not left.visit and guest.visit.id == left.visit.id
    assert guest.visit.values["el_quest1"] == "and then" and guest.visit.inputs.typed == {"el_quest1"}
    answer = guest.visit.results["sp_ask001"]
    assert (answer.state, answer.error.kind) == ("failed", "interrupted")
    assert answer.field("fd_reply1").text == "Leaf "
    run = await in_database(Run.objects.get)
    assert (run.state, run.reason) == ("failed", INTERRUPTED)
    assert (await in_database(StoredVisit.objects.get)).owner == leases.HERE
    assert len(left.streams) == 1, "no vendor was called"
    await directory.leave(guest)


async def test_its_browser_is_told_all_and_that_something_was_interrupted(left, another_process):
    directory, said = await another_process(), []
    guest, _ = await _enter(directory, left)
    assert guest.came_back, "so that the browser says what was typed last"
    directory.attach(guest, "socket", said.append, 7)
    batch = next(each for each in said if '"snapshot":true' in each)
    assert '"n":8' in batch, "numbers go on where the browser is, so that it acknowledges"
    assert '["set","el_reply1","text","Leaf "]' in batch and '["set","el_reply1","stream","failed"]' in batch
    assert "The answer was interrupted. Try again." in batch
    assert '["set","el_quest1","value","and then"]' in batch
    assert said[-1] == '{"notice":"The answer was interrupted. Try again.","at":["el_reply1"]}'
    assert '"cells","el_msgs01"' in batch, "what was looked up is there at once"
    await directory.leave(guest)


async def test_P14_what_was_heard_starts_nothing_again(left, another_process):
    directory = await another_process()
    guest, _ = await _enter(directory, left)
    assert guest.visit.outbox.heard == "two"
    guest.runs.happened(Happened("one", "el_send01", "clicked", {"el_quest1": "Why?"}))
    assert not guest.runs.running
    guest.runs.happened(Happened("three", "el_send01", "clicked", {"el_quest1": "Why?"}))
    await until(lambda: len(left.streams) == 2)
    left.streams[1].stop()
    await directory.leave(guest)


async def test_P14_an_event_of_the_last_second_is_known_by_its_run(left, another_process):
    """The run is written when it begins; the visit only once a second."""

    def begin_late():
        Run.objects.create(app=left.app, workflow="wf_send01", visit=left.visit.key, event="late", owner=leases.HERE)

    await in_database(begin_late)
    directory = await another_process()
    guest, _ = await _enter(directory, left)
    guest.runs.happened(Happened("late", "el_send01", "clicked", {"el_quest1": "Why?"}))
    assert not guest.runs.running
    await directory.leave(guest)


@pytest.mark.parametrize("other", ["page", "visitor", "visit", "edited", "loaded anew and edited"])
async def test_nobody_else_gets_it_and_no_other_page(left, another_process, bo, other):
    directory = await another_process()
    given = {
        "page": {"page": "pg_ticker"},
        "visitor": {"visitor": Visitor.editor(bo)},
        "visit": {"visit": "vi_guessed"},
    }
    if "edited" in other:
        left.app.edited = timezone.now()
    guest, new = await _enter(directory, left, **given.get(other, {"have": 0 if "anew" in other else 7}))
    assert new and guest.visit.id != left.visit.id and not guest.visit.results
    assert await in_database(Run.objects.filter(state="running").exists), "nothing was touched"
    await directory.leave(guest)


async def test_P18_a_page_made_of_other_documents_is_told_to_reload(left, another_process):
    directory = await another_process()
    shown = Edition(left.app).mark
    left.app.edited = timezone.now()
    with pytest.raises(PageIsOld):
        await _enter(directory, left, mark=shown)


async def test_whoever_still_has_it_keeps_it(left, another_process):
    directory = await another_process(dead=False)
    with pytest.raises(ServedElsewhere):
        await _enter(directory, left)
    assert (await in_database(Run.objects.get)).state == "running"


async def test_while_its_searches_are_waited_for_a_browser_that_is_there_already_misses_nothing(
    left, another_process, monkeypatch
):
    class Slow:
        value = None

        def close(self):
            """Nothing is open."""

    directory, said = await another_process(), []
    monkeypatch.setattr(Directory, "_welcome", _opening(Slow()))
    entering = asyncio.ensure_future(_enter(directory, left))
    await until(lambda: directory.guests.get(left.visit.id) and directory.guests[left.visit.id].visit.resources)
    guest, _ = await _enter(directory, left)
    directory.attach(guest, "newer", said.append, 7)
    guest.visit.inputs.set("el_quest1", "later")
    guest.visit.override("el_send01", (), "visible", False)
    await entering
    await until(lambda: any('"el_send01"' in each for each in said[2:]))
    await directory.leave(guest)


def _opening(resource):
    """Guests whose searches find nothing for now."""
    welcome = Directory._welcome

    def with_it(*given):
        guest = welcome(*given)
        guest.visit.open_resource = lambda *asked: resource
        return guest

    return with_it


async def test_P16_the_row_of_a_visit_is_locked_while_it_is_taken(left, another_process, monkeypatch):
    locked, lock = [], QuerySet.select_for_update

    def select_for_update(rows, **how):
        locked.append(rows.model)
        return lock(rows, **how)

    monkeypatch.setattr(QuerySet, "select_for_update", select_for_update)
    directory = await another_process()
    guest, _ = await _enter(directory, left)
    assert locked == [StoredVisit]
    await directory.leave(guest)


async def test_two_sockets_that_come_at_once_find_one_visit(left, another_process):
    directory = await another_process()
    (one, _), (other, _) = await asyncio.gather(_enter(directory, left), _enter(directory, left))
    assert one is other
    await directory.leave(one)


async def test_the_debugger_shows_the_run_that_was_interrupted(left, another_process):
    directory, told = await another_process(), []
    guest, _ = await _enter(directory, left)
    watch = Watch(guest, told.append)
    picture = watch._picture()
    assert (picture["run"]["state"], picture["run"]["reason"]) == ("failed", INTERRUPTED)
    asked = next(step for step in picture["run"]["steps"] if step["reason"])
    assert (asked["state"], asked["word"], asked["reason"]) == ("failed", "failed", INTERRUPTED)
    assert {"Leaf "} <= {row["value"] for row in picture["values"]}
    watch.close()
    await directory.leave(guest)


async def test_S36_data_that_was_loaded_is_not_asked_for_again_and_a_feed_is(left, another_process):
    answer = Stream(Extraction([Field("fd_a", "text_stream", "t")], {"by": "data", "data": "[DONE]"}))
    feed = Stream(Extraction([]))
    feed.stays_open = True
    for name, value in (("one", answer), ("feed", feed)):
        value.request_sent()
        left.visit.resources["resource", "api", name] = SimpleNamespace(value=value, close=value.stop)
    answer.feed(frame_of(b'{"t": "sunny"}'))
    left.visit.unsaved = True
    await Flusher(left.directory).flush()
    directory = await another_process()
    guest, _ = await _enter(directory, left)
    known = guest.visit.resources["resource", "api", "one"].value
    assert (known.field("fd_a").text, known.state) == ("sunny", "failed")
    assert ("resource", "api", "feed") not in guest.visit.resources, "whoever reads it opens it"
    await directory.leave(guest)


async def test_S33_a_visit_that_was_long_away_comes_back_in_the_same_process(left):
    """A laptop slept for longer than the grace time."""
    left.stream.stop()
    await until(lambda: not next(iter(left.directory.guests.values())).runs.running)
    await left.directory.leave(left.directory.guests[left.visit.id])
    await Flusher(left.directory).flush()
    assert not left.directory.guests and not left.directory.parting
    guest, new = await _enter(left.directory, left)
    assert not new and guest.visit is not left.visit
    assert guest.visit.results["sp_ask001"] is left.stream and left.stream.state == "stopped"
    assert guest.visit.values["el_quest1"] == "and then"
    assert not guest.says, "nothing was interrupted"
    await left.directory.leave(guest)


async def test_S41_a_browser_that_shows_an_earlier_release_gets_its_visit_as_that_has_it(left, another_process, ada):
    first = await in_database(publish, left.app, ada)
    edition_of_first = await in_database(edition_of, first.pk)
    guest, _ = await left.directory.enter(edition_of_first, "pg_chat01", left.ada, None)
    guest.visit.inputs.type("el_quest1", "to the first")
    await Flusher(left.directory).flush()
    await left.directory.leave(guest)

    def publish_another():
        row = left.app.documents.get(key="pg_chat01")
        row.body["nodes"]["el_quest1"]["name"] = "Question"
        row.save()
        return edition_of(publish(left.app, ada).pk)

    second = await in_database(publish_another)
    directory = await another_process()
    given = {"page": "pg_chat01", "visitor": left.ada, "visit": guest.visit.id}
    again, new = await directory.enter(second, have=7, mark=edition_of_first.mark, **given)
    assert not new and again.edition == edition_of_first and again.visit.values["el_quest1"] == "to the first"
    assert again.visit.page.body["nodes"]["el_quest1"]["name"] != "Question"
    anew, new = await directory.enter(second, have=0, mark=second.mark, **given)
    assert new and anew.edition == second
    for each in (again, anew):
        await directory.leave(each)


async def test_P24_no_secret_is_stored_with_what_pages_hold(left):
    """What a call is sent with is nowhere in what is kept of its answer."""
    left.stream.fail("The service refused.")
    await Flusher(left.directory).flush()
    row = await in_database(KeptStream.objects.get)
    assert set(read(row.facts)) == {"fields", "state", "error", "values", "first_texts", *TOLD}
    assert set(read((await in_database(StoredVisit.objects.get)).holds)) == HELD
