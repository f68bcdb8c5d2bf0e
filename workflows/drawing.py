"""The drawing of a workflow: its cards and gates in order, the ribbons beside them, and the times of a run.

Pure, and derived from the turns that the runner follows, so that the drawing shows what happens. A streaming step
starts a ribbon, which runs beside the next rows in a lane of its own and joins the line at a step that waits for its
end; a step that reads the growing text has a short branch to it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from workflows.plan import Turn

Part = Literal["start", "flow", "end", "open"]

# The longest run fills this much of the strip; one with a reason for its end leaves room for the words.
WHOLE, WITH_WORDS = 95, 45


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A stream beside one row. `open`: nothing waits for it, and it continues after the last step has started."""

    step: str
    lane: int
    part: Part
    branch: bool = False


@dataclass(slots=True)
class Row:
    """One row: the event, a step's card, a gate, or the place for one more step.

    A gate is `first` (the step above is finished when the first data arrives) or `full` (the step below waits for the
    full text of `of`). `insert` is the index for a step added below this row.
    """

    kind: Literal["event", "step", "first", "full", "add"]
    turn: Turn | None = None
    of: list[Turn] = field(default_factory=list)
    ribbons: list[Ribbon] = field(default_factory=list)
    insert: int | None = None

    @property
    def key(self) -> str:
        """Identifies the row even if steps move around it."""
        return f"{self.kind}-{self.turn.key}" if self.turn else self.kind

    @property
    def joint(self) -> bool:
        """Whether a ribbon leaves the line here, or joins it again."""
        return any(ribbon.part in ("start", "end") for ribbon in self.ribbons)


def rows(turns: list[Turn]) -> list[Row]:
    """All rows of a workflow from top to bottom."""
    found = [Row("event", insert=0)]
    lanes: dict[str, int] = {}
    ending: list[Turn] = []  # Streams that end before the next step starts, because they were told to.
    by_key = {turn.key: turn for turn in turns}
    for turn in turns:
        waited = [by_key[key] for key in turn.waits] + ending
        if waited:
            found.append(Row("full", turn, waited, [_flow(key, lane) for key, lane in lanes.items()]))
        ended = {each.key for each in waited}
        ribbons = [_beside(turn, key, lane, key in ended) for key, lane in lanes.items()]
        lanes = {key: lane for key, lane in lanes.items() if key not in ended}
        ending = []
        if turn.streams:
            lanes[turn.key] = next(lane for lane in range(len(turns)) if lane not in lanes.values())
            ribbons.append(Ribbon(turn.key, lanes[turn.key], "start"))
        found.append(Row("step", turn, ribbons=ribbons, insert=turn.number))
        if turn.streams and turn.finishes == "first":
            found[-1].insert = None
            gate = Row("first", turn, ribbons=[_flow(key, lane) for key, lane in lanes.items()], insert=turn.number)
            found.append(gate)
        elif turn.streams:
            ending = [turn]
    # The last place to add a step has a button of its own.
    found[-1].insert = None
    return [*found, Row("add", ribbons=[Ribbon(key, lane, "open") for key, lane in lanes.items()])]


def _flow(key: str, lane: int) -> Ribbon:
    return Ribbon(key, lane, "flow")


def _beside(turn: Turn, key: str, lane: int, ends: bool) -> Ribbon:
    """A stream beside a step: it ends there, is read there, or only passes by."""
    return Ribbon(key, lane, "end" if ends else "flow", branch=not ends and turn.uses.get(key) == "first")


# Times of a run, in seconds since it began


def time_of(row: Row, steps: dict[str, dict[str, Any]]) -> float | None:
    """When a row was reached in a run, given its waterfall `steps` by id; None if it was not."""
    if row.kind == "event":
        return 0.0
    if row.kind == "full":
        ends = [steps.get(each.key, {}).get("ended") for each in row.of]
        began = row.turn and steps.get(row.turn.key, {}).get("started") is not None
        return max(ends) if began and None not in ends else None
    said = steps.get(row.turn.key, {}) if row.turn else {}
    time: float | None = said.get("first" if row.kind == "first" else "started")
    return time


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a run in per cent of the strip: `wait` and `stream` of a streaming step, `step`, or `fail`."""

    kind: Literal["wait", "stream", "step", "fail"]
    at: float
    length: float = 0

    @property
    def vars(self) -> str:
        return f"at:{self.at:.2f}% len:{self.length:.2f}%"


def scale(runs: Iterable[tuple[float, bool]]) -> float:
    """Per cent per second for runs drawn below one another, given `(seconds, has words after its end)` for each."""
    fits = [(WITH_WORDS if words else WHOLE) / seconds for seconds, words in runs if seconds > 0]
    return min(fits, default=0)


def bars(steps: Iterable[dict[str, Any]], seconds: float, failed: bool, by: float) -> list[Bar]:
    """A run's waterfall: streams below, short steps above them, and where it failed at the end."""
    streams, short = [], []
    for step in steps:
        started, first = step.get("started"), step.get("first")
        if started is None:
            continue
        ended = step["ended"] if step.get("ended") is not None else seconds
        if step.get("frames") or first is not None or step["state"] in ("waiting", "streaming"):
            streams.append(Bar("wait", started * by, ((first if first is not None else ended) - started) * by))
            if first is not None:
                streams.append(Bar("stream", first * by, (ended - first) * by))
        else:
            short.append(Bar("step", started * by, (ended - started) * by))
    return [*streams, *short, *([Bar("fail", seconds * by)] if failed else [])]
