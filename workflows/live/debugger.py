"""What an editor sees of a running visit: its newest run's steps on a time line, and the values that move."""

import asyncio
from collections.abc import Callable
from typing import Any

from builder.expressions.catalog import Catalog, Place
from builder.expressions.values import is_stream
from builder.types import fields
from connector.stream import Stream
from workflows.actions import actions
from workflows.live.directory import Guest
from workflows.live.protocol import write
from workflows.live.runs import waterfall
from workflows.runner import Run

# Seconds between two pictures: the eye needs no more, and the visitor's own stream comes first.
PACE = 0.1
# The end of a text is enough to see it move.
SHOWN = 160


class Watch:
    """One debugger's look at one guest. Tells a picture whenever something moved, at most ten times a second."""

    def __init__(self, guest: Guest, tell: Callable[[str], None]):
        self.guest = guest
        self.tell = tell
        self.run: Run | None = next(reversed(guest.runs.running), None)
        self._timer: asyncio.TimerHandle | None = None
        guest.watchers.add(self._moved)
        self._show()

    def asked(self, text: str) -> None:
        """The editor presses Stop stream."""
        if text == "stop" and self.run:
            self.guest.runs.stop(self.run)

    def close(self) -> None:
        self.guest.watchers.discard(self._moved)
        if self._timer:
            self._timer.cancel()

    def _moved(self, run: Run) -> None:
        self.run = run
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(PACE, self._show)

    def _show(self) -> None:
        self._timer = None
        self.tell(write({"run": self._picture(), "values": self._values()}))
        if self.run and self.run.state == "running":
            self._timer = asyncio.get_running_loop().call_later(PACE, self._show)

    def _picture(self) -> dict[str, Any] | None:
        run = self.run
        if run is None:
            return None
        place = Place.of_workflow(self.guest.visit.page.catalog, run.workflow["root"])
        steps = waterfall(run)
        for row, step in zip(steps, run.steps.values(), strict=True):
            node = step.turn.node
            row |= {"number": step.turn.number, "title": actions[node["type"]].title(node, place)}
            row |= {"streams": step.turn.streams, "waits_for": step.waits_for}
        root = run.workflow["nodes"][run.workflow["root"]]
        return {
            "id": run.id,
            "title": root["name"],
            "state": run.state,
            "seconds": run.seconds(),
            "steps": steps,
            "reason": str(run.failure or ""),
        }

    def _values(self) -> list[dict[str, Any]]:
        found = []
        for step, result in self.guest.visit.results.items():
            if isinstance(result, Stream):
                found.append({"step": step} | stream_picture(result, step, self.guest.visit.page.catalog))
        return found


def stream_picture(stream: Stream, step: str, catalog: Catalog) -> dict[str, Any]:
    """Where a stream stands, for its editor."""
    node = catalog.node(step)
    kind = actions[node["type"]].result_type(node, catalog) if node else None
    shown = [
        {"id": field.key, "name": field.label, "type": field.type, "value": _short(stream.field(field.key))}
        for field in (fields(kind, catalog) if kind else ())
    ]
    return {
        "state": stream.state,
        "frames": stream.frames,
        "bytes": stream.bytes,
        "first": stream.seconds_to_first_text,
        "seconds": stream.seconds_in_all,
        "error": str(stream.error or ""),
        "fields": shown,
    }


def _short(value: Any) -> Any:
    if is_stream(value):
        start = max(0, value.length - SHOWN)
        return ("…" if start else "") + value.since(start)
    return value
