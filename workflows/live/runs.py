"""The runs of one visit: from what happened on the page to the workflows that listen, each run once."""

import asyncio
import logging
from collections import Counter, OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import nullcontext
from typing import Any

from django.db import Error
from django.utils import timezone

from builder.database import db
from builder.document import Body, new_id
from builder.edition import Edition
from builder.people.visitor import Visitor
from connector.answers.stream import Stream
from connector.captures.replay import replaying
from workflows.actions import actions
from workflows.errors import DatabaseAway, kind_sentence
from workflows.live.cells import NOWHERE, Cells
from workflows.live.host import Host
from workflows.live.pace import (
    PRESSES,
    PRESSES_A_SECOND,
    SIDE_BY_SIDE,
    TOO_FAST,
    TOO_LONG,
    TOO_MANY_AT_ONCE,
    TOO_MANY_WAIT,
    WAITING,
    Pace,
    has_room,
)
from workflows.live.picture import page_streams
from workflows.live.places import Path, split
from workflows.live.protocol import Happened
from workflows.live.visit import Visit
from workflows.live.waterfall import put, row_of
from workflows.plan import plan
from workflows.runner import Run
from workflows.scope import PageScope

log = logging.getLogger(__name__)

# How many event ids are remembered, so that an event sent again after a reconnect starts nothing (S24, P14).
REMEMBERED = 1000

# The runs of all visits of this process with the tasks that write them down, those whose rows are not as they are, and
# how those ended that are over.
under_way: dict[Run, asyncio.Task[None]] = {}
unwritten: dict[Run, None] = {}
outcomes: Counter[str] = Counter()


class VisitRuns:
    """Starts and stops the runs of a visit. `keeps`: streams and runs are being stored."""

    def __init__(
        self,
        visit: Visit,
        watch: Callable[[Run], None] = lambda run: None,
        keeps: Callable[[], bool] = lambda: False,
    ):
        self.visit = visit
        self.watch = watch
        self.keeps = keeps
        self.running: dict[Run, asyncio.Task[None]] = {}
        visit.is_running = self.is_running
        # The run that started last, for a debugger that comes later.
        self.newest: Run | None = None
        # The events that were heard, newest last.
        self.heard: OrderedDict[str, None] = OrderedDict()
        self._queues: dict[str, asyncio.Lock] = {}
        self._pace = Pace(PRESSES, PRESSES_A_SECOND)
        # The inputs that contain more than is kept.
        self._too_long: set[str] = set()

    @property
    def edition(self) -> Edition:
        return self.visit.edition

    @property
    def visitor(self) -> Visitor:
        return self.visit.visitor

    # What happened on the page

    def happened(self, event: Happened) -> None:
        """The browser reports that something happened: keep the inputs' values, then start what listens (S40a, S24).
        What was typed is kept in any case; what listens starts unless more happens than a person could do."""
        self.visit.outbox.hear(event.id)
        if event.id in self.heard:
            return
        self.heard[event.id] = None
        if len(self.heard) > REMEMBERED:
            self.heard.popitem(last=False)
        self.visit.moment = timezone.now()
        for where, value in event.values.items():
            place = split(where)
            if self.visit.is_input(*place):
                self._typed(where, value)
            elif value is False and self.visit.can_close(*place):
                self.visit.override(*place, "visible", False)
        element, path = split(event.element) if event.element else (None, ())
        if element is not None and not self.visit.is_there(element, path):
            return
        if event.on == "clicked" and element in self.visit.page.stops:
            self.stop_what(self.visit.page.stops[element], self._cells_of(element, path))
        listening = self.visit.page.listeners.get((element, event.on), ())
        if listening and (self._too_long or not self._pace.take()):
            self.visit.tell({"notice": TOO_LONG if self._too_long else TOO_FAST})
            return
        for workflow in listening:
            self.start(workflow, element, path, event.id)

    def _typed(self, where: str, value: Any) -> None:
        """Keep what was typed. While it is too long to keep, nothing starts: it would read the previous value."""
        if has_room(self.visit.values, self.visit.inputs.typed, where, value):
            self._too_long.discard(where)
            self.visit.inputs.type(where, value)
        elif where not in self._too_long:
            self._too_long.add(where)
            self.visit.tell({"notice": TOO_LONG})

    def start(
        self, workflow: Body, element: str | None = None, path: Path = (), event: str = "", told: Any = None
    ) -> Run | None:
        """Start a workflow, unless its Only when is false, an earlier run of it is in progress (S24), or too many are
        waiting. `told` is the value that comes with the event."""
        repeat = workflow["nodes"][workflow["root"]]["props"].get("repeat", "ignore")
        # One that has ended may still be waiting for the database.
        earlier = [run for run in self.running if run.ended is None and run.workflow["root"] == workflow["root"]]
        if earlier and repeat == "ignore":
            return None
        if repeat == "queue" and len(earlier) > WAITING:
            self.visit.tell({"notice": TOO_MANY_WAIT})
            return None
        if repeat == "side_by_side" and len(earlier) >= SIDE_BY_SIDE:
            self.visit.tell({"notice": TOO_MANY_AT_ONCE})
            return None
        cells = self._cells_of(element, path)
        scope = PageScope(self.visit, path, cells.lists, told=told)
        host = Host(self, cells, event)
        run = Run(new_id("ru", 9), workflow, plan(workflow, self.visit.page.catalog), host, scope, self._changed)
        host.belongs_to(run)
        with replaying(self.visit.replay):
            self.running[run] = under_way[run] = asyncio.create_task(self._begin(run, earlier, repeat))
        return run

    def stop(self, run: Run) -> None:
        """Stop one run and its streams."""
        run.stop()

    def _cells_of(self, element: str | None, path: Path) -> Cells:
        return Cells(self.visit.page.lists.get(element or "", ()), path)

    def stop_step(self, step: str, here: Cells = NOWHERE) -> None:
        """Stop the newest stream of a step, or everything that an instance runs (S30). From inside a list, that is only
        what was started in the same cell."""
        near = self._beside(here)
        for run in self._running_in(step, near):
            run.stop()
        taking = [run for run in near if step in run.steps]
        streams = [run.steps[step].result for run in taking]
        shown = self.visit.results.get(step)
        if not any(run.steps[step].result is shown for run in self.running if step in run.steps):
            streams.append(shown)
        going = [each for each in streams if isinstance(each, Stream) and not each.over]
        for stream in going[-1:]:
            stream.stop()
        for run in taking:
            # Its request is being built: there is no stream yet that could be stopped.
            if run.steps[step].state == "running":
                run.stop()

    def stop_what(self, step: str, here: Cells = NOWHERE) -> None:
        """Stop a step's stream, or with "" everything that runs on the page (S30)."""
        if step:
            return self.stop_step(step, here)
        self.stop_all()
        for key, loaded in self.visit.resources.items():
            # Including one that is still being requested.
            if isinstance(loaded.value, Stream):
                loaded.close()
                self.visit.mark(key)
        self.visit.mark(("running",))

    def is_running(self, step: str, here: Cells = NOWHERE) -> bool:
        """Whether a step is running, or with "" anything that `stop_what` would stop."""
        going = [run for run in self._beside(here if step else NOWHERE) if run.ended is None and run.has_begun]
        if not step:
            return bool(going) or any(not stream.over for stream in page_streams(self.visit))
        if self._running_in(step, going):
            return True
        steps = [run.steps[step] for run in going if step in run.steps]
        streams = [each.result for each in steps if isinstance(each.result, Stream)]
        return any(each.state == "running" for each in steps) or any(not each.over for each in streams)

    def _beside(self, here: Cells) -> list[Run]:
        """The runs that were started in the same cells, the oldest first."""
        return [run for run in self.running if run.host.cells.agree(here)]

    def _running_in(self, instance: str, among: list[Run]) -> list[Run]:
        own = self.visit.page.workflows_in.get(instance, ())
        return [run for run in among if run.workflow["root"] in own]

    def stop_all(self) -> None:
        """Stop every run, including those that save something (P10)."""
        for run in list(self.running):
            run.stop()

    async def leave(self) -> None:
        """The visitor is gone for good: runs that save something continue, the others are stopped (S31)."""
        for run in list(self.running):
            if not any(actions[turn.node["type"]].saves for turn in run.turns):
                run.stop()
        await asyncio.gather(*self.running.values(), return_exceptions=True)

    async def _begin(self, run: Run, earlier: list[Run], repeat: str) -> None:
        """Evaluate the workflow's Only when, then run it and record it."""
        try:
            condition = run.workflow["nodes"][run.workflow["root"]]["props"].get("when")
            if condition is not None and not await run.scope.for_step({}).evaluate(condition):
                return
            self.newest = run
            self.watch(run)
            unwritten[run] = None
            if repeat == "restart":
                for each in earlier:
                    each.stop()
            try:
                await self._go(run, queued=repeat == "queue")
                if run.failure:
                    self.visit.tell_failure(kind_sentence(run.failure.data.get("kind"), run.failure), run)
            finally:
                await self._end(run)
        except Exception:
            log.exception("The run %s of %s broke", run.id, run.workflow["root"])
            self.visit.tell({"notice": kind_sentence(None)})
        finally:
            self.running.pop(run, None)
            under_way.pop(run, None)
            if run.ended is not None:
                outcomes[run.state] += 1

    async def _end(self, run: Run) -> None:
        """A run has ended. One with streams is stored together with everything they said, so that no crash leaves it
        done with its text cut off (P16)."""
        if self.keeps() and any(isinstance(step.result, Stream) for step in run.steps.values()):
            unwritten[run] = None
        else:
            await self.write_down(run)

    async def write_down(self, run: Run) -> None:
        """Store a run in its current state. If that fails, the visitor still gets an answer."""
        try:
            await db(put, [row_of(run)])
        except Error:  # The database is away: the flusher says so, and writes it when it is back.
            unwritten[run] = None
        except Exception:
            log.exception("The run %s of %s could not be written down", run.id, run.workflow["root"])

    async def _go(self, run: Run, queued: bool) -> None:
        """Take it to its end. An unavailable database is not a bug of ours (P21), so it is logged in one line."""
        turn = self._queues.setdefault(run.workflow["root"], asyncio.Lock()) if queued else nullcontext()
        try:
            async with turn:
                await run.go()
        except Error as problem:
            run.failure = DatabaseAway()
            log.error(
                "The run %s of %s failed: the database does not answer: %s", run.id, run.workflow["root"], problem
            )

    def _changed(self, run: Run) -> None:
        self.visit.mark(("running",))
        unwritten[run] = None
        self.watch(run)


def interrupt_all() -> list[asyncio.Task[None]]:
    """The server is stopping: fail the runs in progress (S24, P17). Returns the tasks that record them."""
    for run in list(under_way):
        run.interrupt()
    return list(under_way.values())


def stop_run(app: str, key: str) -> Future[None] | None:
    """Stop a run of an app in this process (S30), from any thread; the returned future is done once it has ended and is
    recorded. None if it is not here."""
    for run, task in list(under_way.items()):
        if (run.id, run.host.visit.edition.app.pk) == (key, app):
            return asyncio.run_coroutine_threadsafe(_stop_and_wait(run, task), task.get_loop())
    return None


async def _stop_and_wait(run: Run, task: asyncio.Task[None]) -> None:
    run.stop()
    await asyncio.wait([task])
    await run.host.runs.write_down(run)
