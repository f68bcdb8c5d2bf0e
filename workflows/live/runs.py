"""The runs of one visit: from what happened on the page to the workflows that listen, each run once, and what a step
may do with the page."""

import asyncio
import logging
from collections import Counter, OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import nullcontext
from typing import Any

from django.db import Error
from django.utils import timezone

from builder.addresses import way_to, with_query
from builder.database import db
from builder.document import Body, Node, new_id, walk
from builder.edition import Edition
from builder.expressions.catalog import Catalog
from builder.expressions.reads import needs
from builder.parameters import written
from builder.people.visitor import Visitor
from connector.answers.stream import Stream
from connector.calls import start_call
from connector.captures.replay import replaying
from data.things import create_thing
from workflows.actions import actions
from workflows.errors import DatabaseAway, TargetGone, kind_sentence
from workflows.live import things
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
from workflows.live.places import Path, address, split
from workflows.live.protocol import Happened
from workflows.live.visit import Visit
from workflows.live.waterfall import put, row_of
from workflows.plan import Turn, turns
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
            self.stop_what(self.visit.page.stops[element])
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
        scope = PageScope(self.visit, path, self.visit.page.lists.get(element or "", ()), told=told)
        host = Host(self, path, event)
        run = Run(new_id("ru", 9), workflow, plan(workflow, self.visit.page.catalog), host, scope, self._changed)
        host.run = run
        with replaying(self.visit.replay):
            self.running[run] = under_way[run] = asyncio.create_task(self._begin(run, earlier, repeat))
        return run

    def stop(self, run: Run) -> None:
        """Stop one run and its streams."""
        run.stop()

    def stop_step(self, step: str) -> None:
        """Stop the newest stream of a step, wherever it was started, or everything that an instance runs (S30)."""
        for run in self._running_in(step):
            run.stop()
        result = self.visit.results.get(step)
        if isinstance(result, Stream):
            result.stop()
        for run in self.running:
            # Its request is being built: there is no stream yet that could be stopped.
            if step in run.steps and run.steps[step].state == "running":
                run.stop()

    def stop_what(self, step: str) -> None:
        """Stop a step's stream, or with "" everything that runs on the page (S30)."""
        if step:
            return self.stop_step(step)
        self.stop_all()
        for key, loaded in self.visit.resources.items():
            # Including one that is still being requested.
            if isinstance(loaded.value, Stream):
                loaded.close()
                self.visit.mark(key)
        self.visit.mark(("running",))

    def is_running(self, step: str) -> bool:
        """Whether a step is running, or with "" anything that `stop_what` would stop."""
        going = [run for run in self.running if run.ended is None and run.has_begun]
        if not step:
            return bool(going) or any(not stream.over for stream in page_streams(self.visit))
        if any(run in going for run in self._running_in(step)):
            return True
        steps = [run.steps[step] for run in going if step in run.steps]
        streams = [each.result for each in steps if isinstance(each.result, Stream)]
        return any(each.state == "running" for each in steps) or any(not each.over for each in streams)

    def _running_in(self, instance: str) -> list[Run]:
        own = self.visit.page.workflows_in.get(instance, ())
        return [run for run in self.running if run.workflow["root"] in own]

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


class Host:
    """What the steps of one run may do with the page they were started on, and with the app behind it."""

    def __init__(self, runs: VisitRuns, path: Path, event: str = ""):
        self.runs = runs
        self.visit = runs.visit
        self.path = path
        # The id of what happened on the page.
        self.event = event
        self.run: Run | None = None
        self._is_known = False

    def set_state(self, state: str, value: Any) -> None:
        if state not in self.visit.page.states:
            raise TargetGone
        self.visit.set_state(address(state, self.path[: len(self.visit.page.lists.get(state, ()))]), value)

    def show(self, element: str, visible: bool) -> None:
        self.visit.override(element, self._path_of(element), "visible", visible)

    def toggle(self, element: str) -> None:
        self.show(element, not self.visit.is_shown(element, self._path_of(element)))

    def reset(self, element: str) -> None:
        """Restore the initial value of every input in an element, or of the element itself."""
        self._path_of(element)
        for key in walk(self.visit.page.body, element):
            if key in self.visit.page.inputs:
                self.visit.inputs.reset(key, self._path_of(key))

    def display(self, group: str, value: Any) -> None:
        self.visit.display(group, self._path_of(group), value)

    def stop_step(self, step: str) -> None:
        self.runs.stop_step(step)

    def tell_page(self, event: str, value: Any = None) -> None:
        """Something that happens in an instance starts whatever listens to it around the instance."""
        root = self.run.workflow["nodes"][self.run.workflow["root"]] if self.run else {"props": {}}
        instance = root["props"].get("instance")
        for workflow in self.visit.page.told.get((instance, event), ()):
            self.runs.start(workflow, instance, self._path_of(instance), self.event, value)

    def go(self, page: str, told: dict[str, Any]) -> None:
        """Make the visitor's browser open another page of the app, or this one anew, with values for its parameters."""
        catalog = self.visit.page.catalog
        there = catalog.body("page", page)
        if there is None:
            raise TargetGone
        self.visit.tell({"go": with_query(way_to(catalog, self.visit.page.key, page), written(there, told))})

    async def call(self, step: str, api: str, call: str, values: dict[str, Any]) -> Stream:
        """Call an API; the page shows the result as this step's newest from the moment the request is sent."""
        stream = await start_call(self.runs.edition, api, call, values, self.runs.visitor, self._make_known)
        self._is_known = True
        self.visit.set_result(step, stream)
        return stream

    async def create(self, step: str, data_type: str, fields: dict[str, Any]) -> Any:
        """Create a thing in the data of the app's environment; the page shows it as this step's newest result."""
        thing = await create_thing(self.runs.edition, data_type, fields, self.runs.visitor.email, self._make_known)
        self._is_known = True
        self.visit.set_result(step, thing)
        return thing

    async def change(self, step: str, data_type: str, thing: Any, fields: dict[str, Any]) -> Any:
        """Change a thing; whatever the page holds of it is updated, and it becomes this step's newest result."""
        changed = await things.change(self.runs.edition, data_type, thing, fields, self._make_known)
        things.renew(self.visit, self.run, {changed.key: changed})
        self.visit.set_result(step, changed)
        return changed

    async def delete(self, given: Any) -> None:
        """Delete a thing or a list of them; the page no longer holds any of them."""
        gone = await things.delete(self.runs.edition, given, self._make_known)
        things.renew(self.visit, self.run, {thing.key: None for thing in gone})

    def _make_known(self) -> None:
        """In a database thread: record the run together with the first thing it does outside its page, so that whatever
        started it never does that twice (P14), and a crash leaves no unknown run (P16). The end of a run that was
        stopped meanwhile is not overwritten."""
        if self.run is not None and self.run.ended is None and not self._is_known:
            put([row_of(self.run)])

    def _path_of(self, element: str) -> Path:
        lists = self.visit.page.lists.get(element)
        if lists is None:
            raise TargetGone
        return self.path[: len(lists)]


def plan(workflow: Body, catalog: Catalog) -> list[Turn]:
    """The turns of a workflow, with what each action says about its steps."""

    def step_needs(node: Node) -> dict[str, Any]:
        return needs(node["props"], catalog)

    return turns(
        workflow,
        streams=lambda node: actions[node["type"]].streams(node, catalog),
        server_side=lambda node: actions[node["type"]].server_side,
        needs=step_needs,
    )


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
