"""What the debugger shows of a run and of the page's values: rows in words, bars in seconds. For authors, so in
full."""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from builder.elements import elements
from builder.expressions.bounds import TooMuch
from builder.expressions.catalog import Catalog, Place
from builder.expressions.values import as_text, is_stream
from builder.sources import sources
from builder.types import Field, family, fields, types
from connector.answers.stream import Stream
from workflows.actions import actions
from workflows.events import events
from workflows.live.places import split
from workflows.live.visit import Visit
from workflows.live.waterfall import waterfall
from workflows.runner import Run, StepRun

# How many characters of a text's end are shown: enough to see it move.
SHOWN = 160
# No more values than anybody would read.
MOST_VALUES = 60
# In seconds; a shorter wait does not count.
BLINK = 0.02

Row = dict[str, Any]
Bar = dict[str, Any]


def run_title(run: Run, catalog: Catalog) -> str:
    """The run's name: its workflow's, else that of the event that starts it."""
    root = run.workflow["nodes"][run.workflow["root"]]
    event = root["props"].get("event") or {}
    if root["name"] or event.get("type") not in events:
        return str(root["name"])
    return events[event["type"]].title(event.get("options") or {}, catalog)


def streams_of(run: Run) -> list[tuple[StepRun, Stream]]:
    """The steps of a run with a stream, and the stream."""
    return [(step, step.result) for step in run.steps.values() if isinstance(step.result, Stream)]


def page_streams(visit: Visit) -> list[Stream]:
    """The streams that a page reads without any workflow (S36)."""
    return [each.value for each in visit.resources.values() if isinstance(each.value, Stream)]


# Steps


def step_rows(run: Run, catalog: Catalog) -> list[Row]:
    """Each step: its number, title, state, its state in a word, its bars, and why it failed or was skipped.

    A bar has a kind (wait, stream, step, follow, fail), and `at` and `to` in seconds since the run began; a `to` of
    None means now.
    """
    place = Place.of_workflow(catalog, run.workflow["root"])
    rows: list[Row] = []
    handed: float | None = 0.0
    for drawn, step in zip(waterfall(run), run.steps.values(), strict=True):
        node, followed = step.turn.node, _followed(run, step)
        row = {"number": step.turn.number, "title": actions[node["type"]].title(node, place), "state": step.state}
        row |= {"word": _word(run, step, followed), "reason": step.reason}
        rows.append(row | {"bars": [*_waits(step, handed), *_own(step, drawn), *_follows(step, followed)]})
        early = step.turn.streams and step.turn.finishes == "first" and drawn["first"] is not None
        handed = drawn["first"] if early else step.ended
    return rows


def _word(run: Run, step: StepRun, followed: StepRun | None) -> str:
    if step.state == "waiting" and step.waits_for:
        earlier = run.steps[step.waits_for]
        full = step.turn.uses.get(step.waits_for) == "full"
        return "waits for full text" if full else f"waits for step {earlier.turn.number}"
    if step.state == "done" and followed and not followed.result.over:
        return f"follows step {followed.turn.number}"
    if step.state == "skipped":
        return f"skipped: {step.reason}"
    return step.state.replace("_", " ")


def _followed(run: Run, step: StepRun) -> StepRun | None:
    """The streaming step whose growing value this step put on the page."""
    if step.turn.streams or actions[step.turn.node["type"]].server_side:
        return None
    used = (run.steps[key] for key, need in step.turn.uses.items() if need == "first")
    return next((each for each in used if isinstance(each.result, Stream)), None)


def _waits(step: StepRun, handed: float | None) -> Iterator[Bar]:
    """The wait for an earlier stream, starting when the previous step let this one begin."""
    if not step.turn.waits or handed is None or step.state == "not_started":
        return
    end = step.started if step.started is not None else step.ended
    if end is None or end - handed > BLINK:
        yield {"kind": "wait", "at": handed, "to": end}


def _own(step: StepRun, drawn: Row) -> Iterator[Bar]:
    started, first, ended = step.started, drawn["first"], step.ended
    if started is None:
        return
    if step.turn.streams:
        yield {"kind": "wait", "at": started, "to": first if first is not None else ended}
        if first is not None:
            yield {"kind": "stream", "at": first, "to": ended}
    else:
        yield {"kind": "step", "at": started, "to": ended}
    if step.state == "failed":
        yield {"kind": "fail", "at": ended, "to": ended}


def _follows(step: StepRun, followed: StepRun | None) -> Iterator[Bar]:
    if followed and step.state == "done" and step.ended is not None:
        end = followed.ended
        if end is None or end > step.ended:
            yield {"kind": "follow", "at": step.ended, "to": end}


# Values


def value_rows(run: Run | None, visit: Visit) -> list[Row]:
    """The values that change: those of the run's streams, of the page's data, of its inputs and states, and its URL
    parameters.

    A row has a name, its type's mark, its value in words, and a tone: stream, quiet or none.
    """
    catalog = visit.page.catalog
    rows = [*(_run_values(run, catalog) if run else ()), *_data_values(visit), *_inputs(visit), *_states(visit)]
    rows += _told(visit)
    return rows[:MOST_VALUES]


def _run_values(run: Run, catalog: Catalog) -> Iterator[Row]:
    streaming = streams_of(run)
    for step, stream in streaming:
        node = step.turn.node
        kind = actions[node["type"]].result_type(node, catalog)
        prefix = f"{step.turn.number} " if len(streaming) > 1 else ""
        yield from _stream_values(stream, fields(kind, catalog) if kind else (), prefix)


def _data_values(visit: Visit) -> Iterator[Row]:
    catalog = visit.page.catalog
    place = Place(catalog, page=visit.page.key)
    for key, resource in visit.resources.items():
        arguments = orjson.loads(key[2])
        name = sources[key[1]].label_of(arguments, place)
        kind = sources[key[1]].type_of(arguments, place)
        if isinstance(resource.value, Stream):
            given = ", ".join(as_text(value) for value in (arguments.get("parameters") or {}).values())
            prefix = f"{given or name} › "
            yield from _stream_values(resource.value, fields(kind, catalog) if kind else (), prefix)
        elif isinstance(resource.value, list):
            many = len(resource.value)
            yield _row(name, "list", f"{many} thing{'' if many == 1 else 's'}")
        else:
            yield _row(name, "list", "loading", "quiet")


def _stream_values(stream: Stream, shown: Iterable[Field], prefix: str) -> Iterator[Row]:
    for field in shown:
        name, value = f"{prefix}{field.label}", stream.field(field.key)
        if is_stream(value):
            yield from _text_values(name, value)
        elif value is None and not field.live:
            yield _row(name, field.type, _still_empty(stream), "quiet")
        else:
            yield _plain(name, field.type, value)
    if stream.error:
        yield _row(f"{prefix}error", "text", str(stream.error), "danger")


def _text_values(name: str, value: Any) -> Iterator[Row]:
    start = max(0, value.length - SHOWN)
    so_far = ("…" if start else "") + value.since(start)
    row = _row(f"{name} › text so far", "stream", so_far, tail=True)
    yield row if so_far else _empty(row["name"], "stream")
    if value.full_text:
        yield _plain(f"{name} › full text", "text", value.full_text)
    else:
        yield _row(f"{name} › full text", "text", _still_empty(value), "quiet")
    ends = [value.state] if value.state in ("failed", "stopped") else []
    for state in ("waiting", "streaming", "done", *ends):
        holds = value.state == state
        yield _row(f"{name} › is {state}", "yes_no", "yes" if holds else "no", "stream" if holds else "")


def _still_empty(stream: Any) -> str:
    over = {"done": "empty", "failed": "empty: the stream failed", "stopped": "empty: the stream was stopped"}
    return over.get(stream.state, "empty until the stream ends")


def _inputs(visit: Visit) -> Iterator[Row]:
    place = Place(visit.page.catalog, page=visit.page.key)
    for where in visit.values:
        element, path = split(where)
        node = visit.page.body["nodes"].get(element)
        if node is not None:
            cell = f" in {'/'.join(path)}" if path else ""
            kind = elements[node["type"]].type_here(element, place) or "text"
            yield _plain(f"{node['name']}'s value{cell}", kind, visit.inputs.in_words(where))


def _states(visit: Visit) -> Iterator[Row]:
    for where, value in visit.states.items():
        state, path = split(where)
        node, cell = visit.page.body["nodes"][state], f" in {'/'.join(path)}" if path else ""
        kind = "list" if node["props"].get("list") else str(node["props"].get("type") or "text")
        yield _plain(node["name"] + cell, kind, value)


def _told(visit: Visit) -> Iterator[Row]:
    for key, value in visit.told.items():
        node = visit.page.body["nodes"][key]
        yield _plain(f"Parameter {node['name']}", node["props"]["type"], value)


def _plain(name: str, kind: str, value: Any) -> Row:
    try:
        text = as_text(value)
    except TooMuch:
        return _row(name, kind, "too large to be shown", "quiet")
    if not text:
        return _empty(name, kind)
    return _row(name, kind, text if len(text) <= SHOWN else f"{text[:SHOWN]}…")


def _empty(name: str, kind: str) -> Row:
    return _row(name, kind, "empty", "quiet")


def _row(name: str, kind: str, value: str, tone: str = "", tail: bool = False) -> Row:
    known = types.get(family(kind)) or types["any"]
    mark = {"name": known.name, "icon": known.icon, "mark": known.mark, "label": known.label}
    return {"name": name, "type": mark, "value": value, "tone": tone, "tail": tail}
