"""P16: what a dead process left running has failed, in words and with its text kept; what nobody needs goes."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from builder.starters import starters
from workflows.errors import INTERRUPTED
from workflows.live import leases
from workflows.live.frozen import read, write
from workflows.live.sweeping import age, sweep, texts_of
from workflows.models import KeptStream, KeptText, Process, Run, StoredVisit

FACTS = {"state": "streaming", "error": None, "seconds_in_all": None, "fields": {"fd_a": "text_stream"}}


@pytest.fixture
def app(ada):
    return starters["demo"].make(ada, "Juniper", "juniper")


def _process(id, seconds_ago=60):
    return Process.objects.create(id=id, host="elsewhere", pid=1, beat=Now() - timedelta(seconds=seconds_ago))


def _step(key, state, started, ended=None):
    return {"step": key, "state": state, "started": started, "first": None, "ended": ended, "frames": 0, "reason": ""}


def _run(app, owner, **more):
    return Run.objects.create(
        app=app, workflow="wf_send01", owner=owner, started=timezone.now() - timedelta(seconds=65), **more
    )


def _stream(app, owner, *pieces, id="sm_1", **more):
    row = KeptStream.objects.create(id=id, app=app, owner=owner, facts=write(FACTS), **{"visit": "k"} | more)
    for field, at, text in pieces:
        KeptText.objects.create(stream=row, field=field, at=at, text=text)
    return row


def _visit(app, owner, key="k", **more):
    holds = more.pop("holds", "{}")
    return StoredVisit.objects.create(key=key, app=app, page="pg", visitor="us:1", owner=owner, holds=holds, **more)


def test_a_dead_processs_runs_have_failed_and_their_steps_too(app):
    _process("pr_dead1")
    steps = [
        _step("sp_1", "done", 0.0, 0.1),
        _step("sp_2", "streaming", 0.1),
        _step("sp_3", "waiting", None),
        _step("sp_4", "not_started", None),
    ]
    run, old, done = _run(app, "pr_dead1", steps=steps), _run(app, ""), _run(app, "pr_dead1", state="done")
    assert sweep() == 2
    for each in (run, old, done):
        each.refresh_from_db()
    assert [(each.state, each.reason) for each in (run, old, done)] == [("failed", INTERRUPTED)] * 2 + [("done", "")]
    assert 4 < run.seconds < 7, "it was there until its process's last beat"
    told = [(step["state"], step["ended"], step["reason"]) for step in run.steps]
    ended = run.seconds
    assert told == [
        ("done", 0.1, ""),
        ("failed", ended, INTERRUPTED),
        ("stopped", ended, ""),
        ("not_started", None, ""),
    ]
    assert not Process.objects.exists()
    assert sweep() == 0


def test_a_dead_processs_streams_have_failed_and_their_text_is_whole(app):
    _process("pr_dead1")
    row = _stream(
        app,
        "pr_dead1",
        ("fd_a", 0, "Leaf "),
        ("fd_b", 0, "hm"),
        ("fd_a", 5, "drop"),
        began=timezone.now() - timedelta(seconds=70),
    )
    sweep()
    row.refresh_from_db()
    facts = read(row.facts)
    assert (row.over, read(row.texts)) == (True, {"fd_a": "Leaf drop", "fd_b": "hm"})
    assert (facts["state"], facts["error"]) == ("failed", ["interrupted", INTERRUPTED])
    assert 9 < facts["seconds_in_all"] < 12
    assert not KeptText.objects.exists()


@pytest.mark.parametrize("facts", ["[" * 100_000, '{"state"'], ids=["deep", "half"])
def test_a_stream_whose_facts_nobody_can_read_ends_all_the_same_and_so_do_the_others(app, facts):
    _process("pr_dead1")
    broken = _stream(app, "pr_dead1", ("fd_a", 0, "Leaf"))
    KeptStream.objects.update(facts=facts)
    _stream(app, "pr_dead1", ("fd_a", 0, "Root"), id="sm_2")
    run = _run(app, "pr_dead1")
    assert sweep() == 1
    run.refresh_from_db()
    broken.refresh_from_db()
    assert run.state == "failed" and not KeptStream.objects.filter(over=False).exists()
    assert read(broken.facts)["error"] == ["interrupted", INTERRUPTED]
    assert read(broken.texts) == {"fd_a": "Leaf"}


def test_what_living_processes_have_is_theirs(app):
    _process("pr_alive", seconds_ago=1)
    leases.begin()
    for owner, id in ((leases.HERE, "sm_1"), ("pr_alive", "sm_2")):
        _run(app, owner)
        _stream(app, owner, id=id)
        _visit(app, owner, key=id)
    assert sweep() == 0
    assert Run.objects.filter(state="running").count() == KeptStream.objects.filter(over=False).count() == 2
    assert sorted(StoredVisit.objects.values_list("owner", flat=True)) == sorted([leases.HERE, "pr_alive"])


def test_nothing_is_written_where_nothing_was_left(app, django_assert_num_queries):
    leases.begin()
    with django_assert_num_queries(6) as asked:
        sweep()
    assert all(query["sql"].startswith("SELECT") for query in asked)


def test_a_visit_waits_a_day_from_when_its_process_died(app):
    _process("pr_dead1")
    _visit(app, "pr_dead1", saved=Now() - timedelta(days=3))
    sweep()
    age()
    assert StoredVisit.objects.get().owner == ""
    StoredVisit.objects.update(saved=Now() - timedelta(hours=25))
    age()
    assert not StoredVisit.objects.exists()


def test_what_was_left_before_the_clock_was_set_back_waits_from_now_on(app):
    _visit(app, "", saved=Now() + timedelta(days=365))
    _stream(app, "", ("fd_a", 0, "x"), over=True, began=timezone.now() + timedelta(days=365))
    age()
    assert abs(StoredVisit.objects.get().saved - timezone.now()) < timedelta(minutes=1)
    assert abs(KeptStream.objects.get().began - timezone.now()) < timedelta(minutes=1)


def test_texts_go_a_day_after_no_page_shows_them(app):
    day = timezone.now() - timedelta(hours=25)
    _visit(app, leases.HERE, holds='{"results": {"$": "stream", "as": "sm_shown"}}')
    kept = {
        "sm_shown": {"began": day, "run": "ru_1"},
        "sm_young": {"run": "ru_1"},
        "sm_going": {"began": day, "over": False},
    }
    gone = {"sm_old": {"began": day, "run": "ru_1"}, "sm_page": {"visit": "gone"}}
    for id, more in (kept | gone).items():
        _stream(app, leases.HERE, ("fd_a", 0, "x"), id=id, **{"over": True} | more)
    age()
    assert set(KeptStream.objects.values_list("id", flat=True)) == set(kept)
    assert set(KeptText.objects.values_list("stream_id", flat=True)) == set(kept)


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        ([(0, "Leaf "), (5, "drop")], "Leaf drop"),
        ([(0, "Leaf "), (5, "drop"), (5, "drop")], "Leaf drop"),
        ([(0, "Leaf "), (0, "Leaf dr"), (7, "op")], "Leaf drop"),
        ([], ""),
    ],
)
def test_a_piece_that_was_written_twice_is_there_once(pieces, text):
    made = texts_of(KeptText(field="fd_a", at=at, text=piece) for at, piece in pieces)
    assert made.get("fd_a", "") == text
