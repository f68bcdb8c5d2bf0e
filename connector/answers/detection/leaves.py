"""From frames to tracks: where each scalar of a stream is, in which frames, and with which values."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

import orjson

from connector.answers.frame import Frame
from connector.answers.paths import Opening, Step, opened, write_path

Path: TypeAlias = tuple[Step, ...]
Scalar: TypeAlias = str | int | float | bool | None

MOST_FRAMES = 2_000
MOST_BYTES = 2_000_000
MOST_LEAVES = 400  # in one frame
MOST_TRACKS = 1_000
ELEMENTS = 3  # of one array
TUPLE = 8  # places of a list at the top of a frame, where each means something else
_FEWEST_WRAPPED = 3  # texts that are JSON
TAIL = 0.2  # share of the sample that is taken from the end, where usage and finish reason stand

_MARK = re.compile(r"\[[A-Z_ ]+\]|<\|?[a-z_]+\|?>|DONE|END|EOF|EOS")


@dataclass(slots=True)
class Seen:
    """One frame of the sample: its number in the whole stream, its event name and its value."""

    at: int
    event: str | None
    value: Any
    plain: bool  # its data is text, whatever it looks like


@dataclass
class Track:
    """Everything seen at one path; `hits` are (position in the sample, value), including nulls, in order of arrival."""

    path: Path
    hits: list[tuple[int, Scalar]] = field(default_factory=list)

    @cached_property
    def spelled(self) -> str:
        return write_path(self.path)

    @cached_property
    def key(self) -> str:
        """The last name in the path, which is what a person would call it; empty for the frame itself."""
        return next((step for step in reversed(self.path) if isinstance(step, str)), "")

    @cached_property
    def full(self) -> list[tuple[int, Scalar]]:
        """The hits with content: neither null nor an empty text."""
        return [(place, value) for place, value in self.hits if value is not None and value != ""]

    @cached_property
    def at(self) -> dict[int, Scalar]:
        """The values with content, by position in the sample."""
        return dict(self.full)

    @cached_property
    def places(self) -> set[int]:
        return {place for place, _ in self.full}

    @cached_property
    def everywhere(self) -> set[int]:
        """The positions at which the path existed at all."""
        return {place for place, _ in self.hits}

    @cached_property
    def distinct(self) -> int:
        return len({(type(value), value) for _, value in self.full})


def sample(frames: Sequence[Frame]) -> list[Seen]:
    """At most 2,000 frames or 2 MB of a capture: most of it from the start, the rest from the end.

    Frames that should be JSON but are not are left out. If all data of an event is text, every one of its frames is
    text, even if it looks like JSON (`1`, `null`, `{ok}`).
    """
    head = _within(range(len(frames)), frames, 1 - TAIL)
    rest = range(len(frames) - 1, head[-1] if head else -1, -1)
    taken = head + _within(rest, frames, TAIL)[::-1]
    plain = _plain_events([frames[at] for at in taken])
    return [
        Seen(at, frame.event, frame.text if frame.event in plain else frame.value, frame.event in plain)
        for at in taken
        if not (frame := frames[at]).bad or frame.event in plain
    ]


def is_mark(text: object) -> bool:
    """Whether a frame's data is an end mark such as `[DONE]`."""
    return isinstance(text, str) and bool(_MARK.fullmatch(text.strip()))


def _plain_events(frames: Sequence[Frame]) -> set[str | None]:
    """The event names whose data is more often text than an object or a list."""
    counts: Counter[str | None] = Counter()
    for frame in frames:
        if isinstance(frame.value, dict | list):
            counts[frame.event] -= 1
        elif isinstance(frame.value, str) and frame.raw and not is_mark(frame.value) and not _is_json(frame.raw):
            counts[frame.event] += 1
    return {event for event, count in counts.items() if count > 0}


def _within(order: range, frames: Sequence[Frame], share: float) -> list[int]:
    count, room, taken = int(MOST_FRAMES * share), MOST_BYTES * share, []
    for at in order:
        room -= len(frames[at].raw)
        if len(taken) >= count or (room < 0 and taken):
            break
        taken.append(at)
    return taken


def _is_json(raw: bytes) -> bool:
    try:
        orjson.loads(raw)
    except orjson.JSONDecodeError:
        return False
    return True


def tracks(seen: Sequence[Seen]) -> dict[Path, Track]:
    """Every path with a scalar, in order of first appearance.

    The first three elements of an array have a track each and, if any frame has more than one, there is a track `[*]`
    for all of them, whose value in a frame is the texts of the list combined. Texts that are always JSON objects are
    opened: their content has the tracks.
    """
    found = _tracks(seen, frozenset())
    wrapped = frozenset(path for path, track in found.items() if _wraps(track))
    return _tracks(seen, wrapped) if wrapped else found


def _tracks(seen: Sequence[Seen], wrapped: frozenset[Path]) -> dict[Path, Track]:
    found: dict[Path, Track] = {}
    for place, frame in enumerate(seen):
        together: dict[Path, list[Scalar]] = {}
        for path, value in _leaves(frame.value, wrapped) if not is_mark(frame.value) else ():
            if len(found) >= MOST_TRACKS and path not in found:
                continue
            if all(not isinstance(step, int) or step < (ELEMENTS if at else TUPLE) for at, step in enumerate(path)):
                found.setdefault(path, Track(path)).hits.append((place, value))
            for merged in _merged(path):
                together.setdefault(merged, []).append(value)
        for path, values in together.items():
            texts = [value for value in values if isinstance(value, str)]
            if texts:
                found.setdefault(path, Track(path)).hits.append((place, "".join(texts)))
    return {path: track for path, track in found.items() if ... not in path or _is_needed(track, found)}


def _wraps(track: Track) -> bool:
    """Whether everything seen there is an object written as JSON in a text."""
    if ... in track.path or len(track.full) < _FEWEST_WRAPPED or track.distinct < 2:
        return False
    return all(isinstance(value, str) and value[:2] == '{"' for _, value in track.full) and all(
        isinstance(opened(value, Opening.JSON), dict) for _, value in track.full
    )


def _leaves(value: Any, wrapped: frozenset[Path]) -> Iterator[tuple[Path, Scalar]]:
    """The scalars of one value in document order, at most 400; an empty array or object has none."""
    left = MOST_LEAVES
    waiting: list[tuple[Path, Any]] = [((), value)]
    while waiting and left:
        path, held = waiting.pop()
        if path in wrapped and isinstance(held, str) and held:
            path, held = (*path, Opening.JSON), opened(held, Opening.JSON)
        if isinstance(held, dict):
            waiting += [((*path, key), inner) for key, inner in reversed(held.items())]
        elif isinstance(held, list):
            numbers = len(held) > TUPLE and isinstance(held[0], int | float)
            first = held[: ELEMENTS if numbers else MOST_LEAVES]
            waiting += [((*path, index), inner) for index, inner in reversed(list(enumerate(first)))]
        else:
            left -= 1
            yield path, held


def _merged(path: Path) -> Iterator[Path]:
    """The path with one of its indexes widened to every element."""
    for depth, step in enumerate(path):
        if isinstance(step, int) and depth > 0:
            yield (*path[:depth], ..., *path[depth + 1 :])


def _is_needed(track: Track, found: dict[Path, Track]) -> bool:
    """Whether `[*]` finds anything that `[0]` does not."""
    first = found.get(tuple(0 if step is ... else step for step in track.path))
    return first is None or first.full != track.full
