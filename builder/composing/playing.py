"""How a text grew while its sample was recorded: the canvas replays it at the original pace."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from builder.errors import StreamwrightError
from builder.expressions.catalog import Place
from builder.expressions.evaluate import evaluate_samples
from builder.expressions.shape import Value, expressions, is_text
from builder.expressions.values import as_text, is_stream
from builder.sources import sources

# The most moments of a recording that are evaluated; a longer one is thinned out.
MOMENTS = 160


@dataclass(frozen=True, slots=True)
class Step:
    """At `ms` after the request, the first `kept` characters stay and `text` follows them."""

    ms: int
    kept: int
    text: str


def played(value: Value, place: Place) -> list[Step]:
    """The growth of a text whose dynamic data has been recorded, in chronological order and in about MOMENTS steps at
    most, starting at 0 ms. Empty if none of the data changes live."""
    record = max(_recorded(value, place), key=lambda found: found.frames, default=None)
    if record is None:
        return []
    every = max(1, -(-record.frames // MOMENTS))
    steps, before = [Step(0, 0, "")], ""
    for frame in [*range(1, record.frames, every), record.frames]:
        moment = record.times[frame - 1] if frame else 0.0
        now = _text_at(value, place, moment, frame == record.frames)
        if now == before:
            continue
        kept = len(before) if now.startswith(before) else 0
        steps.append(Step(round(moment * 1000), kept, now[kept:]))
        before = now
    return steps


def _recorded(value: Value, place: Place) -> Iterator[Any]:
    for each in expressions(value):
        sample = sources[each["from"]].sample(each.get("args", {}), place) if each["from"] in sources else None
        if sample is not None and hasattr(sample, "at") and getattr(sample, "frames", None):
            yield sample


def _text_at(value: Value, place: Place, moment: float, ended: bool) -> str:
    """The whole value as text, with the frames received up to a moment."""

    def look(sample: Any) -> Any:
        if not hasattr(sample, "at") or not hasattr(sample, "frames"):
            return sample
        return sample.at(sample.frames if ended else bisect_right(sample.times, moment))

    def words(part: Value) -> str:
        if isinstance(part, str):
            return part
        try:
            found = evaluate_samples(part, place, look)
        except StreamwrightError:
            return ""
        return found.text if is_stream(found) else as_text(found)

    return "".join(map(words, value["text"] if is_text(value) else [value]))
