"""The runner: takes the turns of one workflow, one after another, and knows at every moment where the run is.

It knows neither page nor socket nor database. What a step does is up to its action; what it reads comes from a scope;
those who want to watch are told by `on_change`.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from builder.document import Body
from builder.errors import StreamwrightError
from connector.answers.stream import Stream
from workflows.actions import actions
from workflows.errors import INTERRUPTED, StepFailed, StreamFailed, TooManySteps
from workflows.plan import Turn

StepState = Literal["not_started", "waiting", "running", "streaming", "done", "skipped", "failed", "stopped"]
RunState = Literal["running", "done", "failed", "stopped"]

# The most steps that one run may take (S38).
MOST_STEPS = 10_000
# Why a step was reached but did not run (S28).
SKIPPED = "Only when was no."


@dataclass(slots=True)
class StepRun:
    """One step of one run: its turn, its state, and its times (seconds since the run began)."""

    turn: Turn
    # What the run works on: the visit's page, or the app for a backend run.
    host: Any
    state: StepState = "not_started"
    waits_for: str = ""
    started: float | None = None
    ended: float | None = None
    result: Any = None
    # Why it failed or was skipped.
    reason: str = ""
    frames: int = 0


@dataclass(eq=False)
class Run:
    """One run of a workflow (S24 to S29). It ends in exactly one of done, failed (with a reason) and stopped (P7)."""

    id: str
    workflow: Body
    turns: list[Turn]
    host: Any
    scope: Any
    on_change: Callable[["Run"], object] = lambda run: None
    clock: Callable[[], float] = time.monotonic
    state: RunState = "running"
    failure: StreamwrightError | None = None
    steps: dict[str, StepRun] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.began = self.clock()
        self.ended: float | None = None
        self.steps = {turn.key: StepRun(turn, self.host) for turn in self.turns}
        self.results: dict[str, Any] = {}
        self._work: asyncio.Task[None] | None = None
        self._stopping = False
        if len(self.turns) > MOST_STEPS:
            self.failure = TooManySteps(limit=MOST_STEPS)

    async def go(self) -> None:
        """Take all turns and wait until every stream of the run is over. Raises only if it is cancelled from outside,
        or because of a bug."""
        if self._stopping:
            return self._close()
        self._work = asyncio.ensure_future(self._take_turns())
        try:
            await self._work
        except asyncio.CancelledError:
            if not self._stopping and self.failure is None:
                self.stop()
                raise
        except StreamwrightError as error:
            self.failure = error
        except Exception:
            self.failure = StepFailed()
            raise
        finally:
            self._close()

    @property
    def has_begun(self) -> bool:
        """Whether it has reached its first step."""
        return any(step.state != "not_started" for step in self.steps.values())

    def stop(self) -> None:
        """Stop the run and every stream it started (S30). What was done stays done."""
        self._stopping = True
        self._stop_streams()
        if self._work and not self._work.done():
            self._work.cancel()

    def interrupt(self) -> None:
        """Fail the run and its streams because the server is stopping (P17). What was done stays done."""
        self.failure = self.failure or StreamFailed(kind="interrupted", reason=INTERRUPTED)
        for step in self.steps.values():
            if isinstance(step.result, Stream):
                step.result.fail(INTERRUPTED, "interrupted")
        if self._work and not self._work.done():
            self._work.cancel()

    def seconds(self) -> float:
        """Seconds since the run began; the total once it has ended."""
        return (self.ended if self.ended is not None else self.clock()) - self.began

    def _stop_streams(self) -> None:
        for step in self.steps.values():
            if isinstance(step.result, Stream):
                step.result.stop()

    async def _take_turns(self) -> None:
        if self.failure:
            raise self.failure
        for step in self.steps.values():
            await self._take(step)
        for step in self.steps.values():
            if isinstance(step.result, Stream):
                await self._until(step.result, "over")

    async def _take(self, step: StepRun) -> None:
        for key in step.turn.waits:
            await self._wait_for(step, self.steps[key])
        scope = self.scope.for_step(self.results)
        node = step.turn.node
        condition = node["props"].get("when")
        if condition is not None and not await scope.evaluate(condition):
            self.results[step.turn.key] = None
            step.reason = SKIPPED
            return self._mark(step, "skipped")
        action = actions[node["type"]]
        step.started = self.seconds()
        self._mark(step, "running")
        try:
            options = {
                name: value if name in action.raw else await scope.evaluate(value)
                for name, value in node["props"].items()
                if name not in ("when", "finishes", "starts")
            }
            step.result = await action.run(options, step)
        except StreamwrightError as error:
            step.reason = str(error)
            self._mark(step, "failed")
            raise
        self.results[step.turn.key] = step.result
        if isinstance(step.result, Stream):
            await self._follow(step)
        else:
            self._mark(step, "done")

    async def _follow(self, step: StepRun) -> None:
        """Watch a step's stream: its end is the step's end; the next step starts when this one counts as finished."""
        stream: Stream = step.result
        stream.subscribe(lambda changed: self._stream_moved(step, stream), to_states=True)
        self._stream_moved(step, stream)
        await self._until(stream, "first" if step.turn.finishes == "first" else "over")

    def _stream_moved(self, step: StepRun, stream: Stream) -> None:
        state: StepState = "waiting" if stream.state == "never" else stream.state
        if state == step.state:
            return
        step.reason = str(stream.error or "") if state == "failed" else ""
        self._mark(step, state)
        if state == "failed":
            self.failure = StreamFailed(kind=stream.error.kind, reason=step.reason) if stream.error else StepFailed()
        if state in ("failed", "stopped") and self._work and not self._work.done():
            self._stopping = state == "stopped"
            self._work.cancel()

    async def _wait_for(self, step: StepRun, earlier: StepRun) -> None:
        if isinstance(earlier.result, Stream) and not earlier.result.over:
            step.waits_for = earlier.turn.key
            self._mark(step, "waiting")
            await self._until(earlier.result, "over")
            step.waits_for = ""

    @staticmethod
    async def _until(stream: Stream, moment: Literal["first", "over"]) -> None:
        """Wait until the stream's first frame has come, or until it is over."""
        reached = asyncio.Event()

        def look(changed: object = None) -> None:
            if stream.over or (moment == "first" and stream.state == "streaming"):
                reached.set()

        unsubscribe = stream.subscribe(look, to_states=True)
        look()
        try:
            await reached.wait()
        finally:
            unsubscribe()

    def _mark(self, step: StepRun, state: StepState) -> None:
        step.state = state
        if state in ("done", "skipped", "failed", "stopped"):
            step.ended = self.seconds()
        self.on_change(self)

    def _close(self) -> None:
        self._stop_streams()
        self.ended = self.clock()
        self.state = "failed" if self.failure else "stopped" if self._stopping else "done"
        for step in self.steps.values():
            if step.state in ("running", "waiting", "streaming"):
                broke = step.state == "running" and self.failure and not self._stopping
                step.state = "failed" if broke else "stopped"
                step.ended = self.seconds()
        self.on_change(self)
