"""The result of the value being composed: its type, whether it fits, and what it is with samples, frame by frame."""

import json
import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from builder.composing.marks import Mark, mark_of
from builder.composing.stand import Stand
from builder.errors import StreamwrightError
from builder.expressions.catalog import Place
from builder.expressions.check import problems
from builder.expressions.evaluate import evaluate_samples
from builder.expressions.shape import Expression, expressions, steps
from builder.expressions.trace import trace, type_of
from builder.expressions.values import as_text, is_stream
from builder.sources import sources
from builder.types import fields, label

# The number of characters shown of a text, the newest ones, and next to a choice.
SHOWN, SHORT = 2_000, 60
# The pulse: the number of columns, and the height of its SVG, in which each column is 4 wide.
COLUMNS, HEIGHT = 64, 24


class Recorded(Protocol):
    """A sample that can be viewed as of each of its frames. `times` are seconds since the request."""

    frames: int
    times: Sequence[float]
    seconds: float

    def at(self, frame: int) -> Any: ...


@dataclass(frozen=True, slots=True)
class Pulse:
    """The frames of a sample drawn over time, as SVG paths: times without frames, frames received, frames to come."""

    quiet: str
    past: str
    later: str


@dataclass(frozen=True, slots=True)
class Live:
    """The value at a moment: its text, the end of it added by the last frame, and the moment in milliseconds out of
    `lasts`. `known`: there is a sample. `frames` is 0 for a value that does not change. `steps` are the moments ten
    frames and one frame before, one and ten after. `after` names the link up to which the value was evaluated, unless
    that is the last one."""

    known: bool
    text: str = ""
    new: str = ""
    length: int = 0
    state: str = ""
    frame: int = 0
    frames: int = 0
    moment: int = 0
    lasts: int = 0
    steps: str = ""
    pulse: Pulse | None = None
    after: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """The mark of the result, and why it does not fit: "" if it does. `has_fields`: it is not displayable itself, but
    has fields that are."""

    mark: Mark | None
    problem: str
    needs: str
    live: Live
    has_fields: bool


def result(stand: Stand, moment: int | None, upto: int | None = None) -> Result | None:
    """The result of a level's value at a moment of its sample (None: its end); None without a value. With `upto`, the
    live value is the one after that link."""
    value = stand.level.value
    if value is None:
        return None
    place, expects = stand.here
    wrong = problems(value, expects, place)
    gives = type_of(value, place)
    mark = mark_of(gives, place.catalog)
    found = live(_up_to(stand, upto), moment)
    if upto is not None and upto < len(steps(value)):
        found = replace(found, after=trace(value, place)[upto].label)
    needs = label(expects, place.catalog) if expects != "any" else ""
    return Result(mark, wrong[0] if wrong else "", needs, found, bool(gives and fields(gives, place.catalog)))


def _up_to(stand: Stand, link: int | None) -> Stand:
    """The stand with its value cut off after a link."""
    value = stand.level.value
    return stand.with_level(value={**value, "ops": steps(value)[:link]}) if value and link is not None else stand


def live(stand: Stand, moment: int | None) -> Live:
    """Evaluate the value with samples, a recording as of `moment` ms, or its end for None. A value with a problem, or a
    source without a sample, is not known: `Live(False)`."""
    value, place = stand.sampled(), stand.place
    if value is None or trace(value, place)[-1].problem or not _has_samples(value, place):
        return Live(False)
    record = next(_recorded(value, place), None)
    if record is None:
        return Live(True, *_shown(_worked_out(value, place, None), ""))
    lasts = _lasts(record)
    moment = lasts if moment is None else max(0, min(moment, lasts))
    frame = _frame_at(record, moment)
    before = _worked_out(value, place, _moment_of(record, frame - 1)) if frame else ""
    shown = _shown(_worked_out(value, place, moment), before)
    steps = json.dumps([_moment_of(record, frame + by) for by in (-10, -1, 1, 10)])
    state = record.at(frame).state
    return Live(True, *shown, state, frame, record.frames, moment, lasts, steps, _pulse(record, moment))


def brief(value: Expression, place: Place, moment: int | None) -> str:
    """A value with samples in SHORT characters, for display next to a choice; a recording as of `moment` ms. "" if it
    is not known, or contains no words."""
    if trace(value, place)[-1].problem or not _has_samples(value, place):
        return ""
    text = " ".join(_worked_out(value, place, moment).split())
    if not any(each.isalnum() for each in text):
        return ""  # Such as the commas between things without words of their own.
    return text if len(text) <= SHORT else f"{text[: SHORT - 1].rstrip()}…"


def _has_samples(value: Expression, place: Place) -> bool:
    """Whether its source has a sample; one whose value is the same everywhere needs none."""
    return sources[value["from"]].sample(value.get("args", {}), place) is not None


def _recorded(value: Expression, place: Place) -> Iterator[Recorded]:
    for each in expressions(value):
        sample = sources[each["from"]].sample(each.get("args", {}), place) if each["from"] in sources else None
        if hasattr(sample, "frames") and hasattr(sample, "at"):
            yield sample


def _worked_out(value: Expression, place: Place, moment: int | None) -> str:
    """The value as text at a moment; empty if evaluating it fails because a limit is exceeded."""
    try:
        found = evaluate_samples(value, place, lambda sample: _at(sample, moment))
    except StreamwrightError:
        return ""
    return found.text if is_stream(found) else as_text(found)


def _at(sample: Any, moment: int | None) -> Any:
    if moment is None or not hasattr(sample, "frames") or not hasattr(sample, "at"):
        return sample
    return sample.at(_frame_at(sample, moment))


def _lasts(record: Recorded) -> int:
    """The length of a recording in milliseconds; just beyond its last frame."""
    last = record.times[-1] if record.times else 0
    return math.ceil(max(record.seconds, last) * 1000) + 1


def _frame_at(record: Recorded, moment: int) -> int:
    """The number of frames received at a moment; all of them at the end."""
    return record.frames if moment >= _lasts(record) else bisect_right(record.times, moment / 1000)


def _moment_of(record: Recorded, frame: int) -> int:
    """The moment a frame has just been received."""
    if frame <= 0 or not record.times:
        return 0
    return math.ceil(record.times[frame - 1] * 1000) if frame < record.frames else _lasts(record)


def _shown(text: str, before: str) -> tuple[str, str, int]:
    """The text before the new part, the new part, and the total length."""
    grown = text.startswith(before) and 0 < len(text) - len(before) < len(text)
    head, new = (before, text[len(before) :][-SHOWN:]) if grown else (text, "")
    if len(head) > SHOWN:
        head = f"…{head[-SHOWN:]}"
    return head, new, len(text)


def _pulse(record: Recorded, moment: int) -> Pulse:
    lasts = _lasts(record)
    columns = [0] * COLUMNS
    for time in record.times:
        columns[_column(time * 1000, lasts)] += 1
    most, now = max(columns), _column(moment, lasts)
    quiet = "".join(f"M{at * 4 + 2} {HEIGHT}v-2" for at, count in enumerate(columns) if not count)
    ticks = [
        (at, f"M{at * 4 + 2} {HEIGHT}v-{max(5, round(count / most * (HEIGHT - 2)))}")
        for at, count in enumerate(columns)
        if count
    ]
    past = "".join(tick for at, tick in ticks if at <= now)
    later = "".join(tick for at, tick in ticks if at > now)
    return Pulse(quiet, past, later)


def _column(moment: float, lasts: int) -> int:
    return min(int(moment / lasts * COLUMNS), COLUMNS - 1)
