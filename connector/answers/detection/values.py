"""Numbers, texts and yes/no values of a capture: their types, and the conditions that keep them apart."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from connector.answers.detection.candidates import Candidate
from connector.answers.detection.kinds import Kinds, Sign
from connector.answers.detection.leaves import Path, Scalar, Track
from connector.answers.detection.prose import NO, NOTHING, YES, is_number

MOST_APART = 3  # kinds; a counter that all kinds share is one value

_EXACT = 2**53  # up to which every language that reads JSON has whole numbers exactly

ValueType = Literal["number", "text", "yes_no"]


@dataclass
class Value:
    """A path under a condition that holds one value after another. `hits` are (position in the sample, value)."""

    track: Track
    signs: tuple[tuple[Sign, Scalar], ...]
    hits: list[tuple[int, Scalar]]
    type: ValueType
    leads: bool = True  # the most frequent of the kinds of frame it was split by, or one of another type

    @property
    def once(self) -> bool:
        return len(self.hits) == 1

    @property
    def moves(self) -> bool:
        return len({value for _, value in self.hits}) > 1

    @property
    def is_told_once(self) -> bool:
        """A number that is set in one frame and 0 in all later ones: the largest is meant."""
        said = [value for _, value in self.hits]
        return self.type == "number" and len(said) > 3 and said[-1] == 0 and sum(value != 0 for value in said) == 1


def values(tracks: Mapping[Path, Track], kinds: Kinds, streams: Sequence[Candidate]) -> Iterator[Value]:
    """Every value except the text streams, in the order of the frames' fields."""
    taken: dict[Path, set[int]] = {}
    for stream in streams:
        first = tuple(0 if step is ... else step for step in stream.track.path)  # its pieces are no values either
        taken.setdefault(first, set()).update(stream.places)
    for track in tracks.values():
        if ... in track.path or not track.places - taken.get(track.path, set()):
            continue
        leading: ValueType | None = None
        for signs, hits in _apart(track, kinds):
            type = type_of(track.key, [value for _, value in hits])
            yield Value(track, signs, hits, type, leads=type != leading)
            leading = leading or type


def type_of(key: str, held: Sequence[Scalar]) -> ValueType:
    """Numbers and yes/no are recognised inside texts, too; an id stays a text, and so does an integer that is too long
    to calculate with."""
    said = [value for value in held if not (isinstance(value, str) and value.strip().lower() in NOTHING)] or list(held)
    if all(isinstance(value, bool) for value in said):
        return "yes_no"
    if all(type(value) in (int, float) for value in said):
        return "number" if all(not isinstance(value, int) or abs(value) <= _EXACT for value in said) else "text"
    if all(isinstance(value, str) for value in said):
        if {str(value).strip().lower() for value in said} <= YES | NO:
            return "yes_no"
        if all(is_number(str(value)) for value in said) and not _is_id(key):
            return "number"
    return "text"


def _is_id(key: str) -> bool:
    return key.lower() in ("id", "code", "index", "version") or key.endswith(("_id", "Id", "ID", "-id"))


Group = tuple[tuple[tuple[Sign, Scalar], ...], list[tuple[int, Scalar]]]


def _apart(track: Track, kinds: Kinds) -> list[Group]:
    """One group, or one for each kind of frame if kinds alternate and have little in common: a heartbeat between
    records has a different time. If kinds follow one another, the last value is the right one."""
    by_kind: dict[Scalar, list[tuple[int, Scalar]]] = {}
    for place, value in track.full:
        by_kind.setdefault(kinds.main.at(place) if kinds.main else None, []).append((place, value))
    if not 2 <= len(by_kind) <= MOST_APART or kinds.main is None or track.path == kinds.main.path:
        return [((), track.full)]
    groups = sorted(by_kind.items(), key=lambda item: -len(item[1]))
    turns = any(left[0][0] < right[-1][0] and right[0][0] < left[-1][0] for (_, left), (_, right) in _pairs(groups))
    if not turns or not (_unlike([said for said, _ in groups], kinds) or _of_other_types(track, groups)):
        return [((), track.full)]
    return [(((kinds.main, said),), hits) for said, hits in groups]


def _of_other_types(track: Track, groups: Sequence[tuple[Scalar, list[tuple[int, Scalar]]]]) -> bool:
    """Whether one kind has several numbers or yes/no values while another has something else."""
    several = [hits for _, hits in groups if len(hits) > 1]
    return len({type_of(track.key, [value for _, value in hits]) for hits in several}) > 1


def _pairs(groups: Sequence[tuple[Scalar, list[tuple[int, Scalar]]]]) -> Iterator[tuple]:
    return ((left, right) for at, left in enumerate(groups) for right in groups[at + 1 :])


def _unlike(said: Sequence[Scalar], kinds: Kinds) -> bool:
    """Whether any two kinds have less than two thirds of their fields in common."""
    fields = [kinds.fields[each] for each in said]
    return any(3 * len(a & b) < 2 * len(a | b) for at, a in enumerate(fields) for b in fields[at + 1 :])
