"""P16, P19, P21, S31: once a second what pages, runs and streams have become is written, and nothing is ever lost."""

import asyncio
import logging
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import DataError, OperationalError
from django.utils import timezone

from builder.database import db as in_database
from builder.edition import Edition
from builder.people.visitor import Visitor
from connector.answers.frame import frame_of
from data.models import Thing
from tests.workflows.live.asking import asking, piece, until
from workflows.clock import Clock
from workflows.live import flusher as module
from workflows.live import giving_up, leases, runs, saving
from workflows.live.directory import Directory
from workflows.live.flusher import Flusher
from workflows.live.frozen import LARGE, read
from workflows.live.kept import KeptStreams
from workflows.live.protocol import Happened
from workflows.models import KeptStream, KeptText, Process, Run, StoredVisit

DONE = frame_of(b"[DONE]")


@pytest.fixture
def directory(monkeypatch):
    monkeypatch.setattr(runs, "unwritten", {})
    monkeypatch.setattr(module, "kept_streams", KeptStreams())
    directory = Directory(grace=0.05)
    directory.keeps = True
    return directory


@pytest.fixture
def flusher(directory, monkeypatch):
    """A flusher that is asked by the test, and counts what it writes."""
    flusher = Flusher(directory)
    flusher.batches = []

    def save(batch):
        flusher.batches.append(batch)
        return saving.save(batch)

    monkeypatch.setattr(module, "save", save)
    return flusher


@pytest.fixture
async def asked(directory, app, ada, streams):
    """A page in the middle of an answer."""
    guest = await asking(directory, app, ada, streams)
    yield SimpleNamespace(guest=guest, visit=guest.visit, stream=streams[0])
    streams[0].stop()
    await directory.leave(guest)


async def _texts():
    return await in_database(lambda: [(row.field, row.at, row.text) for row in KeptText.objects.all()])


async def _one(model):
    return await in_database(model.objects.get)


async def test_P16_text_is_appended_in_pieces_and_never_written_anew(flusher, asked):
    await flusher.flush()
    piece(asked.stream, "drop ")
    piece(asked.stream, "after ")
    await flusher.flush()
    assert await _texts() == [("fd_reply1", 0, "Leaf "), ("fd_reply1", 5, "drop after ")]
    piece(asked.stream, "repotting")
    asked.stream.feed(DONE)
    await flusher.flush()
    row = await _one(KeptStream)
    assert (row.over, read(row.texts)) == (True, {"fd_reply1": "Leaf drop after repotting"})
    assert await _texts() == []
    assert (row.run, row.step, row.visit) == (asked.guest.runs.newest.id, "sp_ask001", asked.visit.key)


async def test_P16_a_run_is_over_where_it_is_stored_only_with_all_of_its_text(flusher, asked):
    """A crash before that leaves what was interrupted, and says so; not a run that is done with half an answer."""
    await flusher.flush()
    piece(asked.stream, "drop")
    asked.stream.feed(DONE)
    await until(lambda: not asked.guest.runs.running)
    assert (await _one(Run)).state == "running" and await _texts() == [("fd_reply1", 0, "Leaf ")]
    await flusher.flush()
    assert (await _one(Run)).state == "done"
    assert read((await _one(KeptStream)).texts) == {"fd_reply1": "Leaf drop"}


async def test_P16_an_answer_that_came_between_two_looks_is_stored_as_its_runs(flusher, asked):
    asked.stream.feed(DONE)
    await until(lambda: not asked.guest.runs.running)
    await flusher.flush()
    row = await _one(KeptStream)
    assert (row.over, row.run, row.step) == (True, asked.guest.runs.newest.id, "sp_ask001")


async def test_where_nothing_is_due_nothing_is_written_but_the_lease(flusher, asked):
    await flusher.flush()
    written = len(flusher.batches)
    for _ in range(3):
        await flusher.flush()
    assert len(flusher.batches) == written
    flusher._beat = 0.0
    await flusher.flush()
    assert [bool(batch) for batch in flusher.batches[written:]] == [False]
    assert (await _one(Process)).id == leases.HERE


@pytest.mark.parametrize(("jump", "left"), [(0, 0), (1, 1)])
async def test_S33_no_visit_is_deleted_because_the_clock_was_set_forward(flusher, app, monkeypatch, jump, left):
    times = [datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 1 + jump, tzinfo=UTC)]
    monkeypatch.setattr(module, "clock", Clock(lambda: times.pop(0), lambda: 0.0))
    waiting = {"key": "k", "app": app, "page": "pg", "visitor": "us:1", "owner": "", "holds": "{}"}
    long_ago = timezone.now() - timedelta(days=2)
    await in_database(lambda: StoredVisit.objects.create(saved=long_ago, **waiting))
    await flusher._clear_up()
    assert await in_database(StoredVisit.objects.count) == 1, "at the start browsers have time to come back"
    flusher._age = 0.0
    await flusher._clear_up()
    assert await in_database(StoredVisit.objects.count) == left


async def test_a_text_that_was_replaced_is_written_anew(flusher, asked):
    await flusher.flush()
    text = asked.stream.texts["fd_reply1"]
    text.become("Other ")
    piece(asked.stream, "words")
    await flusher.flush()
    assert await _texts() == [("fd_reply1", 0, "Other words")]


async def test_the_id_of_a_visit_is_nowhere(flusher, asked):
    await flusher.flush()
    row = await _one(StoredVisit)
    assert row.key == asked.visit.key != asked.visit.id
    assert asked.visit.id not in str(row.__dict__)
    assert (row.owner, row.page, row.visitor) == (leases.HERE, "pg_chat01", asked.visit.visitor.key)


async def test_P21_a_database_that_is_away_loses_nothing_and_is_told_of_once(flusher, asked, monkeypatch, caplog):
    def away(batch):
        raise OperationalError("database is locked")

    await until(lambda: asked.guest.runs.newest.steps["sp_keep01"].state == "waiting")
    monkeypatch.setattr(module, "save", away)
    asked.visit.inputs.type("el_quest1", "next")
    with caplog.at_level(logging.WARNING):
        for text in ("drop ", "after ", "repotting"):
            assert not await flusher.flush()
            piece(asked.stream, text)
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    monkeypatch.setattr(module, "save", saving.save)
    with caplog.at_level(logging.WARNING):
        assert await flusher.flush()
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]
    assert await _texts() == [("fd_reply1", 0, "Leaf drop after repotting")]
    assert '"next"' in (await _one(StoredVisit)).holds
    assert [step["state"] for step in (await _one(Run)).steps] == ["done", "done", "streaming", "waiting"]


async def test_P21_a_run_that_ends_while_the_database_is_away_is_written_when_it_is_back(flusher, asked, monkeypatch):
    def away(*given):
        raise OperationalError("database is locked")

    await flusher.flush()
    monkeypatch.setattr(runs, "put", away)
    asked.stream.stop()
    await until(lambda: not asked.guest.runs.running)
    assert (await _one(Run)).state == "running"
    await flusher.flush()
    assert (await _one(Run)).state == "stopped"


async def test_what_no_database_takes_keeps_nothing_else_from_being_saved(flusher, asked, monkeypatch, caplog):
    def save(batch):
        if batch.visits:
            raise DataError("a value is too long")
        saving.save(batch)

    monkeypatch.setattr(module, "save", save)
    assert await flusher.flush()
    assert await _texts() and not await in_database(StoredVisit.objects.exists)
    assert len([record for record in caplog.records if record.levelname == "ERROR"]) == 1
    caplog.clear()
    await flusher.flush()
    assert not caplog.records, "it is told of once"


async def test_a_visit_that_holds_much_is_written_now_and_then_and_at_the_end(flusher, asked):
    def stored():
        return in_database(lambda: read(module.StoredVisit.objects.get().holds)["values"]["el_quest1"][-1])

    asked.visit.inputs.type("el_quest1", "x" * LARGE)
    assert await flusher.flush()
    for typed in ("one", "two"):
        asked.visit.inputs.type("el_quest1", "y" * LARGE + typed)
        assert await flusher.flush()
        assert await stored() == "x"
    asked.guest.due = 0.0  # Its time has come.
    assert await flusher.flush()
    assert await stored() == "o"
    asked.visit.inputs.type("el_quest1", "z" * LARGE)
    assert await flusher.end()
    assert await stored() == "z"


async def test_what_a_visit_holds_is_made_into_text_beside_the_loop(flusher, asked, monkeypatch):
    threads = []

    def bounded(holds, size):
        threads.append(threading.current_thread())
        return "{}"

    monkeypatch.setattr(saving, "bounded", bounded)
    assert await flusher.flush()
    assert threads and threading.main_thread() not in threads


async def test_what_is_of_an_app_that_is_gone_is_dropped(flusher, asked, app):
    await in_database(app.delete)
    assert await flusher.flush()
    assert not await in_database(StoredVisit.objects.exists)
    piece(asked.stream, "drop")
    assert await flusher.flush()


async def test_S31_a_run_that_saves_goes_on_and_its_text_is_a_flush_behind(flusher, directory, asked):
    await flusher.flush()
    directory.detach(asked.guest, "socket")
    await until(lambda: asked.visit.id not in directory.guests)
    piece(asked.stream, "drop")
    await flusher.flush()
    assert "".join(text for _, _, text in await _texts()) == "Leaf drop"
    assert (await _one(StoredVisit)).owner == leases.HERE, "as long as its run goes on"
    assert (await _one(Run)).environment == asked.visit.edition.environment == "development"
    asked.stream.feed(DONE)
    await until(lambda: not asked.guest.runs.running)
    await flusher.flush()
    assert (await _one(StoredVisit)).owner == "" and not directory.parting
    assert (await _one(Run)).state == "done"
    bodies = await in_database(lambda: [thing.values["df_body01"] for thing in Thing.objects.all()])
    assert bodies == ["Why?", "Leaf drop"]


async def test_who_comes_back_while_their_run_goes_on_has_the_very_same_visit(flusher, directory, asked, app, ada):
    directory.detach(asked.guest, "socket")
    await until(lambda: asked.visit.id not in directory.guests)
    await flusher.flush()
    found = await directory.enter(Edition(app), "pg_chat01", Visitor.editor(ada), asked.visit.id)
    assert found == (asked.guest, False) and not directory.parting
    assert directory.guests[asked.visit.id] is asked.guest
    await flusher.flush()
    assert (await _one(StoredVisit)).owner == leases.HERE


async def test_a_page_in_which_nothing_happened_is_never_written(flusher, directory, app, ada):
    guest, _ = await directory.enter(Edition(app), "pg_chat01", Visitor.editor(ada), None)
    directory.attach(guest, "socket", lambda message: None, 0)
    guest.runs.happened(Happened("loaded", None, "loaded", {}))
    await directory.leave(guest)
    await flusher.flush()
    assert not await in_database(StoredVisit.objects.exists) and not directory.parting


async def test_it_ends_by_writing_all_and_letting_go_of_its_lease(directory, asked, app):
    flusher = Flusher(directory)
    flusher.start(asyncio.get_running_loop())
    while not await _texts():  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    piece(asked.stream, "drop")
    asked.visit.inputs.type("el_quest1", "at the very end")
    await flusher.end()
    assert "".join(text for _, _, text in await _texts()) == "Leaf drop"
    assert "at the very end" in (await _one(StoredVisit)).holds
    assert not await in_database(Process.objects.exists)


async def test_a_mistake_of_ours_loses_nothing_and_the_next_round_saves_it(flusher, asked, monkeypatch, caplog):
    def breaks():
        raise RuntimeError("a mistake of ours")

    asked.visit.inputs.type("el_quest1", "next")
    with monkeypatch.context() as broken:
        broken.setattr(module.kept_streams, "grown", breaks)
        assert not await flusher.flush() and not await flusher.flush()
    assert len([record for record in caplog.records if record.levelname == "ERROR"]) == 1, "it is told of once"
    assert await flusher.flush()
    assert '"next"' in (await _one(StoredVisit)).holds
    assert [text for _, _, text in await _texts()] == ["Leaf "]
    assert (await _one(Run)).steps


async def test_a_sweep_that_breaks_keeps_nothing_from_being_saved(directory, asked, monkeypatch):
    def breaks():
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr(module, "sweep", breaks)
    monkeypatch.setattr(module, "EVERY", 0.01)
    flusher = Flusher(directory)
    flusher.start(asyncio.get_running_loop())
    for text in ("drop ", "after "):
        piece(asked.stream, text)
        async with asyncio.timeout(10):
            while text not in "".join(text for _, _, text in await _texts()):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
    assert await flusher.end()


async def test_a_piece_that_the_database_refused_is_not_counted_as_stored(flusher, asked, monkeypatch):
    def save(batch):
        if batch.streams:
            raise DataError("this one not")
        saving.save(batch)

    with monkeypatch.context() as refusing:
        refusing.setattr(module, "save", save)
        assert await flusher.flush()
    assert await _texts() == []
    piece(asked.stream, "drop")
    assert await flusher.flush()
    assert await _texts() == [("fd_reply1", 0, "Leaf drop")]


async def test_a_visit_that_cannot_be_written_is_told_of_once_and_leaves_with_what_was_stored_last(
    flusher, directory, asked, monkeypatch, caplog
):
    def breaks(*given):
        raise RecursionError

    await flusher.flush()
    monkeypatch.setattr(module, "held", breaks)
    for text in ("one", "two"):
        asked.visit.inputs.type("el_quest1", text)
        assert await flusher.flush()
    asked.stream.stop()
    await until(lambda: not asked.guest.runs.running)
    await directory.leave(asked.guest)
    await flusher.flush()
    assert len([record for record in caplog.records if record.levelname == "ERROR"]) == 1
    row = await _one(StoredVisit)
    assert row.owner == "" and "Why?" in row.holds and not directory.parting


async def test_who_was_taken_for_dead_writes_all_that_goes_on_again(flusher, asked):
    await flusher.flush()

    def taken_for_dead():
        Process.objects.all().delete()
        StoredVisit.objects.update(owner="")
        KeptText.objects.all().delete()
        KeptStream.objects.update(over=True)

    await in_database(taken_for_dead)
    piece(asked.stream, "drop")
    await flusher.flush()
    await flusher.flush()
    assert (await _one(StoredVisit)).owner == leases.HERE
    assert not (await _one(KeptStream)).over
    assert await _texts() == [("fd_reply1", 5, "drop"), ("fd_reply1", 0, "Leaf drop")]


async def test_the_end_waits_for_no_sweep(directory, asked, monkeypatch):
    sweeping, go_on = threading.Event(), threading.Event()

    def sweep():
        sweeping.set()
        go_on.wait(30)

    monkeypatch.setattr(module, "sweep", sweep)
    flusher = Flusher(directory)
    flusher.start(asyncio.get_running_loop())
    try:
        await until(sweeping.is_set)
        asked.visit.inputs.type("el_quest1", "at the very end")
        async with asyncio.timeout(10):
            assert await flusher.end()
        assert "at the very end" in (await _one(StoredVisit)).holds
        assert not await in_database(Process.objects.exists)
    finally:
        go_on.set()
        await flusher._task


async def test_at_the_end_the_lease_goes_although_not_all_could_be_saved(directory, asked, monkeypatch):
    def away(batch):
        raise OperationalError("database is locked")

    flusher = Flusher(directory)
    assert await flusher.flush()
    monkeypatch.setattr(module, "save", away)
    asked.visit.inputs.type("el_quest1", "at the very end")
    assert not await flusher.end()
    assert not await in_database(Process.objects.exists)


async def test_P21_a_long_outage_costs_bounded_memory_and_nothing_that_somebody_looks_at(
    flusher, directory, asked, app, ada, streams, monkeypatch, caplog
):
    def away(*given):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(giving_up, "MOST_PAGES", 3)
    monkeypatch.setattr(giving_up, "MOST_RUNS", 2)
    monkeypatch.setattr(giving_up, "given_up", counted := Counter(runs=0, pages=0))
    monkeypatch.setattr(module, "given_up", counted)
    left = []
    for number in range(2, 8):
        left.append(await asking(directory, app, ada, streams))
        await until(lambda number=number: len(streams) == number)
    going = left.pop()  # The first to leave, while its run, which saves something, goes on.
    goes = asyncio.create_task(directory.leave(going))
    await flusher.flush()
    rows = {row.key: row.holds for row in await in_database(lambda: list(StoredVisit.objects.all()))}
    monkeypatch.setattr(module, "save", away)
    for number, guest in enumerate(left):
        guest.visit.inputs.type("el_quest1", f"typed {number}")
        streams[number + 1].stop()
        await until(lambda guest=guest: not guest.runs.running)
        await directory.leave(guest)
    asked.visit.inputs.type("el_quest1", "typed by who is still there")
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            assert not await flusher.flush()
    assert [*directory.parting.values()] == [going, *left[2:]] and asked.guest in directory.guests.values()
    assert len(module.kept_streams.names()) == len([asked, going, *left[2:]])
    assert counted == {"pages": 2, "runs": 3} and [run.host.visit for run in runs.unwritten] == [
        guest.visit for guest in left[3:]
    ]
    assert [record.message.partition(",")[0] for record in caplog.records] == [
        "What pages and runs hold cannot be saved now",
        "Nothing can be saved for so long that the oldest runs",
    ]
    monkeypatch.setattr(module, "save", saving.save)
    assert await flusher.flush()
    assert "but 3 runs and 2 pages that were left were given up" in caplog.records[-1].message
    now = {row.key: row for row in await in_database(lambda: list(StoredVisit.objects.all()))}
    assert [f"typed {number}" in now[guest.visit.key].holds for number, guest in enumerate(left)] == [
        False,
        False,
        True,
        True,
        True,
    ]
    assert all(now[guest.visit.key].holds == rows[guest.visit.key] for guest in left[:2])
    assert "typed by who is still there" in now[asked.visit.key].holds
    assert {now[guest.visit.key].owner for guest in left} == {""} and now[asked.visit.key].owner == leases.HERE
    ended = {(run.visit, run.state) for run in await in_database(lambda: list(Run.objects.all()))}
    assert {state for visit, state in ended if visit in [guest.visit.key for guest in left[:3]]} == {"failed"}
    assert {state for visit, state in ended if visit in [guest.visit.key for guest in left[3:]]} == {"stopped"}
    assert (asked.visit.key, "running") in ended
    streaming = await in_database(lambda: [row.visit for row in KeptStream.objects.filter(over=False)])
    assert sorted(streaming) == sorted([asked.visit.key, going.visit.key])
    streams[-1].stop()
    await goes
