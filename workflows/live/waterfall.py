"""A run as its row, with when each step began, streamed and ended; and out of the row again, to be looked at."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any, cast

from django.db import connection
from django.utils import timezone

from builder.reusing import original
from connector.answers.stream import Stream
from workflows.errors import INTERRUPTED, StreamFailed
from workflows.live.frozen import storable
from workflows.live.leases import HERE
from workflows.models import Run as Row
from workflows.plan import Turn
from workflows.runner import Run, RunState


def row_of(run: Run) -> Row:
    """A run as it is now."""
    visit = run.host.visit
    return Row(
        id=run.id,
        app=visit.edition.app,
        environment=visit.edition.environment,
        workflow=original(run.workflow, run.workflow["root"]),
        page=visit.page.key,
        visitor=visit.visitor.email,
        owner=HERE,
        visit=visit.key,
        event=storable(run.host.event),
        state=run.state,
        reason=storable(str(run.failure or ""))[:500],
        seconds=run.seconds(),
        steps=waterfall(run),
        started=timezone.now() - timedelta(seconds=run.clock() - run.began),
    )


_FIELDS = Row._meta.concrete_fields
# Written out, because a visitor waits for it: put together by the ORM it would take twice as long.
_PUT = f"""
    INSERT INTO {Row._meta.db_table} ({", ".join(each.column for each in _FIELDS)})
    VALUES ({", ".join("%s" for _ in _FIELDS)})
    ON CONFLICT (id) DO UPDATE SET owner = excluded.owner, state = excluded.state, reason = excluded.reason,
        seconds = excluded.seconds, steps = excluded.steps"""


def put(rows: Iterable[Row]) -> None:
    """Make these rows, or bring those that are there up to date."""
    values = [[field.get_db_prep_save(getattr(row, field.attname), connection) for field in _FIELDS] for row in rows]
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(_PUT, values)


def waterfall(run: Run) -> list[dict[str, Any]]:
    """When each step began, streamed and ended, in seconds since the run began."""
    return [
        {
            "step": original(run.workflow, key),
            "state": step.state,
            "started": step.started,
            "first": _first(step.result, step.started),
            "ended": step.ended,
            "frames": step.result.frames if isinstance(step.result, Stream) else 0,
            "reason": storable(step.reason),
        }
        for key, step in run.steps.items()
    ]


def again(row: Row, workflow: Any, turns: list[Turn], host: Any, results: Callable[[str], Stream | None]) -> Run:
    """A run of a process that is gone, as it ended. `results` gives the stream of a step."""
    run = Run(row.id, workflow, turns, host, None)
    run.state = cast(RunState, row.state)
    run.began -= (timezone.now() - row.started).total_seconds()
    run.ended = run.began + row.seconds
    if row.state == "failed":
        run.failure = StreamFailed(kind="interrupted" if row.reason == INTERRUPTED else "error", reason=row.reason)
    for told in row.steps:
        step = run.steps.get(told["step"])
        if step:
            step.state, step.reason = told["state"], told["reason"]
            step.started, step.ended = told["started"], told["ended"]
            step.result = results(told["step"])
    return run


def _first(result: Any, started: float | None) -> float | None:
    if not isinstance(result, Stream) or started is None or result.seconds_to_first_frame is None:
        return None
    return started + result.seconds_to_first_frame
