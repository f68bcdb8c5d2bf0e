"""A run takes its turns, waits for what it uses, and ends in exactly one of done, failed, stopped (S24 to S29, P7)."""

import asyncio
from collections.abc import Callable

import pytest

from connector.answers.extract import Extraction, Field
from connector.answers.frame import frame_of
from connector.answers.stream import Stream
from connector.errors import BrokenOff
from tests.workflows.planning import planned
from workflows import runner
from workflows.actions import Action, actions
from workflows.errors import StepFailed
from workflows.runner import Run


class Scope:
    """A scope in which every value is what it says, or what it is called to give."""

    def __init__(self, results=None):
        self.results = results or {}

    def for_step(self, results):
        return Scope(results)

    async def evaluate(self, value):
        return value(self.results) if callable(value) else value


class Scripted(Action):
    """An action that does what its step's `does` says, and writes down when."""

    raw = ("does",)

    def __init__(self, name: str):
        self.name = name

    async def run(self, options, step):
        step.host.append((step.turn.number, options.get("value")))
        does = options.get("does")
        return (await does(step) if asyncio.iscoroutinefunction(does) else does(step)) if does else None


@pytest.fixture(autouse=True)
def scripted(monkeypatch):
    for name in ("ask", "save", "show"):
        monkeypatch.setitem(actions, name, Scripted(name))


def _stream() -> Stream:
    stream = Stream(Extraction([Field("fd_text", "text_stream", "t")], {"by": "data", "data": "[DONE]"}))
    stream.request_sent()
    return stream


def _run(*steps, on_change: Callable = lambda run: None):
    document, found = planned(*steps)
    return Run("ru_a", document, found, [], Scope(), on_change)


def _states(run):
    return [step.state for step in run.steps.values()]


async def _settle():
    for _ in range(20):
        await asyncio.sleep(0)


def _text(stream, text):
    stream.feed(frame_of(b'{"t": "%s"}' % text.encode()))


async def test_steps_run_in_order_and_the_run_is_done():
    run = _run(("show", {"value": 1}), ("show", {"value": 2}))
    await run.go()
    assert run.host == [(1, 1), (2, 2)]
    assert (run.state, _states(run)) == ("done", ["done", "done"])


async def test_S25_the_next_step_starts_at_the_first_frame_and_a_saving_step_at_the_end():
    stream = _stream()
    run = _run(
        ("ask", {"does": lambda step: stream}),
        ("show", {}),
        ("save", {"value": lambda results: results["sp_1"].field("fd_text").full_text}),
    )
    going = asyncio.create_task(run.go())
    await _settle()
    assert _states(run) == ["waiting", "not_started", "not_started"]
    _text(stream, "Leaf ")
    await _settle()
    assert _states(run) == ["streaming", "done", "waiting"]
    assert run.steps["sp_3"].waits_for == "sp_1"
    _text(stream, "drop")
    stream.feed(frame_of(b"[DONE]"))
    await going
    assert (run.state, _states(run)) == ("done", ["done", "done", "done"])
    assert run.host[-1] == (3, "Leaf drop")


async def test_S28_a_false_only_when_skips_the_step_and_leaves_its_result_empty():
    run = _run(("show", {"when": False}), ("show", {"value": lambda results: results.get("sp_1")}))
    await run.go()
    assert (run.host, _states(run), run.state) == ([(2, None)], ["skipped", "done"], "done")
    assert run.steps["sp_1"].reason == "Only when was no."


async def test_S28_only_when_is_judged_when_the_step_starts():
    stream = _stream()
    run = _run(
        ("ask", {"does": lambda step: stream}), ("save", {"when": lambda results: results["sp_1"].state == "done"})
    )
    going = asyncio.create_task(run.go())
    await _settle()
    stream.feed(frame_of(b"[DONE]"))
    await going
    assert _states(run) == ["done", "done"]


async def test_S29_a_failing_step_stops_the_workflow_and_what_was_done_stays_done():
    def fail(step):
        raise StepFailed("The plant is not there.")

    run = _run(("show", {}), ("show", {"does": fail}), ("show", {}))
    await run.go()
    assert (run.state, _states(run)) == ("failed", ["done", "failed", "not_started"])
    assert str(run.failure) == run.steps["sp_2"].reason == "The plant is not there."


async def test_S10_an_error_that_its_call_includes_is_a_result_and_the_workflow_goes_on():
    stream = Stream(Extraction([Field("fd_failed", "yes_no", "is_error", part="status")]))
    run = _run(
        ("ask", {"does": lambda step: stream}),
        ("save", {"value": lambda results: results["sp_1"].field("fd_failed")}),
    )
    going = asyncio.create_task(run.go())
    await _settle()
    stream.answered(503, "Away", [], True)
    stream.forgive()
    stream.feed(frame_of(b'{"error": {"message": "busy"}}'))
    stream.finish()
    await going
    assert (run.state, run.host[-1]) == ("done", (2, True))


async def test_S29_a_stream_that_breaks_off_stops_what_waits_for_it():
    stream = _stream()
    run = _run(("ask", {"does": lambda step: stream}), ("save", {}))
    going = asyncio.create_task(run.go())
    await _settle()
    _text(stream, "Leaf")
    await _settle()
    stream.fail(BrokenOff(service="Juniper"))
    await going
    assert (run.state, _states(run)) == ("failed", ["failed", "stopped"])
    assert run.host == [(1, None)]
    assert "cut off" in str(run.failure)
    assert stream.field("fd_text").text == "Leaf"


async def test_a_stream_that_breaks_off_after_the_last_step_fails_the_run_too():
    stream = _stream()
    run = _run(("ask", {"does": lambda step: stream}))
    going = asyncio.create_task(run.go())
    await _settle()
    _text(stream, "Leaf")
    await _settle()
    assert run.state == "running"
    stream.fail("The service went away.")
    await going
    assert (run.state, _states(run)) == ("failed", ["failed"])


async def test_S30_stopping_a_run_stops_its_streams_and_runs_nothing_more():
    stream = _stream()
    run = _run(("ask", {"does": lambda step: stream}), ("save", {}))
    going = asyncio.create_task(run.go())
    await _settle()
    _text(stream, "Leaf")
    await _settle()
    run.stop()
    await going
    assert (run.state, stream.state, _states(run)) == ("stopped", "stopped", ["stopped", "stopped"])
    assert run.host == [(1, None)]


async def test_S30_a_stopped_stream_stops_its_run_before_the_first_frame_too():
    stream = _stream()
    run = _run(("ask", {"does": lambda step: stream}), ("show", {}))
    going = asyncio.create_task(run.go())
    await _settle()
    stream.stop()
    await going
    assert (run.state, _states(run)) == ("stopped", ["stopped", "not_started"])


async def test_P7_a_run_cancelled_from_outside_leaves_nothing_behind():
    stream = _stream()
    before = asyncio.all_tasks()
    run = _run(("ask", {"does": lambda step: stream}), ("save", {}))
    going = asyncio.create_task(run.go())
    await _settle()
    going.cancel()
    with pytest.raises(asyncio.CancelledError):
        await going
    await _settle()
    assert (run.state, stream.state) == ("stopped", "stopped")
    assert asyncio.all_tasks() == before


async def test_whoever_watches_hears_every_change():
    heard = []
    run = _run(("show", {}), on_change=lambda run: heard.append((*_states(run), run.state)))
    await run.go()
    assert heard == [("running", "running"), ("done", "running"), ("done", "done")]


async def test_P17_an_interrupted_run_has_failed_in_words_and_keeps_its_text():
    stream = _stream()
    run = _run(("ask", {"does": lambda step: stream}))
    going = asyncio.ensure_future(run.go())
    await _settle()
    _text(stream, "Half")
    run.interrupt()
    await going
    assert (run.state, run.failure.data["kind"]) == ("failed", "interrupted")
    assert str(run.failure) == "It was interrupted: the server went away while it ran."
    assert (stream.state, stream.field("fd_text").text) == ("failed", "Half")


async def test_P17_a_run_that_is_interrupted_before_it_begins_does_nothing():
    run = _run(("save", {}))
    run.interrupt()
    await run.go()
    assert (run.state, run.host) == ("failed", [])


async def test_P17_a_step_without_a_stream_is_interrupted_too():
    async def long(step):
        await asyncio.sleep(60)

    run = _run(("save", {"does": long}), ("show", {}))
    going = asyncio.ensure_future(run.go())
    await _settle()
    run.interrupt()
    await going
    assert (run.state, _states(run)) == ("failed", ["failed", "not_started"])


async def test_S38_a_run_of_too_many_steps_takes_none_and_says_so(monkeypatch):
    monkeypatch.setattr(runner, "MOST_STEPS", 2)
    run = _run(*[("show", {"value": 1})] * 3)
    await run.go()
    assert (run.state, run.host) == ("failed", [])
    assert str(run.failure) == "This workflow has more than 2 steps, so it was not started."
    run = _run(*[("show", {"value": 1})] * 2)
    await run.go()
    assert (run.state, len(run.host)) == ("done", 2)
