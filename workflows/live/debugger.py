"""What an editor sees of a running visit: its runs' steps on a timeline, the values that change, and frames over
time."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from connector.captures.replay import SPEEDS
from workflows.live.directory import Guest
from workflows.live.meter import Meter
from workflows.live.picture import page_streams, run_title, step_rows, streams_of, value_rows
from workflows.live.protocol import write
from workflows.runner import Run

# Seconds between two pictures: the eye needs no more, and the visitor's own stream comes first.
PACE = 0.1
# Seconds between two checks while nothing is running: inputs and states may still change.
IDLE = 0.5
# How many runs can be chosen.
KEPT = 12


class Watch:
    """One debugger's view of one guest. Sends a picture whenever something changed, at most ten times per second.

    It shows the newest run, unless the one shown is still in progress: pressing Stop starts a run, too, and that is not
    the one somebody is looking at.
    """

    def __init__(self, guest: Guest, tell: Callable[[str], None]):
        self.guest = guest
        self.tell = tell
        self.run: Run | None = None
        self.runs: deque[Run] = deque(maxlen=KEPT)
        self._meters: dict[Run | None, Meter] = {None: Meter(slides=True)}
        self._said = ""
        self._last = 0.0
        self._timer: asyncio.TimerHandle | None = None
        for run in [guest.runs.newest, *guest.runs.running]:
            if run is not None:
                self._meet(run)
        guest.watchers.add(self._moved)
        self._show()

    def asked(self, text: str) -> None:
        """Handle a command: `stop` (the editor pressed Stop stream), `show ru_ab12cd` (choose a run), `replay 4` (let
        recordings answer the calls) or `replay 0` (let the services answer again)."""
        verb, _, key = text.partition(" ")
        if verb == "stop" and self.run:
            self.guest.runs.stop(self.run)
        elif verb == "show":
            self.run = next((run for run in self.runs if run.id == key), self.run)
            self._soon()
        elif verb == "replay":
            speed = next((speed for speed in SPEEDS if f"{speed:g}" == key), None)
            self.guest.visit.answer_from(speed)
            self._soon()

    def close(self) -> None:
        self.guest.watchers.discard(self._moved)
        for meter in self._meters.values():
            meter.close()
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def _moved(self, run: Run) -> None:
        self._meet(run)
        self._soon()

    def _meet(self, run: Run) -> None:
        if run not in self._meters:
            if len(self.runs) == KEPT:
                self._meters.pop(self.runs[0]).close()
            self.runs.append(run)
            self._meters[run] = Meter()
            if self.run is None or self.run.state != "running":
                self.run = run
        for _, stream in streams_of(run):
            self._meters[run].follow(stream)

    def _soon(self) -> None:
        """Send the next picture as soon as the pace allows."""
        if self._timer:
            self._timer.cancel()
        wait = max(0.0, self._last + PACE - time.monotonic())
        self._timer = asyncio.get_running_loop().call_later(wait, self._show)

    def _show(self) -> None:
        self._last = time.monotonic()
        self._measure()
        picture = write(self._picture())
        if picture != self._said:
            self._said = picture
            self.tell(picture)
        self._timer = asyncio.get_running_loop().call_later(PACE if self._moves else IDLE, self._show)

    @property
    def _moves(self) -> bool:
        streams = page_streams(self.guest.visit)
        return any(run.state == "running" for run in self.runs) or any(not stream.over for stream in streams)

    def _measure(self) -> None:
        for run in self.runs:
            if run.state == "running" or self._meters[run].behind:
                self._meters[run].sample(run.seconds())
        of_page, streams = self._meters[None], page_streams(self.guest.visit)
        for stream in streams:
            of_page.follow(stream)
        if of_page.behind or any(not stream.over for stream in streams):
            of_page.sample(time.monotonic() - of_page.began)

    def _picture(self) -> dict[str, Any]:
        run, visit = self.run, self.guest.visit
        metered = run if run and streams_of(run) else None
        return {
            "run": self._run(run) if run else None,
            "runs": [self._named(each) for each in reversed(self.runs)],
            "replay": visit.replay,
            "values": value_rows(run, visit),
            "frames": self._meters[metered].picture() if metered or page_streams(visit) else None,
        }

    def _named(self, run: Run) -> dict[str, Any]:
        """A run's name and when it began, in seconds since 1970."""
        began = time.time() - (run.clock() - run.began)
        return {"id": run.id, "title": run_title(run, self.guest.visit.page.catalog), "began": round(began)}

    def _run(self, run: Run) -> dict[str, Any]:
        return self._named(run) | {
            "state": run.state,
            "streams": any(not stream.over for _, stream in streams_of(run)),
            "seconds": run.seconds(),
            "steps": step_rows(run, self.guest.visit.page.catalog),
            "reason": str(run.failure or ""),
            "todo": run.failure.todo if run.failure else "",
        }
