"""What distinguishes frames that share a path: event names, types, flags, and indexes inside lists."""

import re
from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from connector.answers.detection.leaves import Path, Scalar, Seen, Track
from connector.answers.detection.names import words
from connector.answers.detection.prose import is_filler, seams
from connector.answers.paths import write_path

# Names of fields that usually give the kind of a frame. Others are found by what they determine.
NAMED = ("type", "event", "event_type", "eventType", "kind", "method", "op", "code")
_NAMING = re.compile(r"(\b(type|kind)|typename)$")
# Flags that mark a text as something other than the answer; if absent, they count as false.
ASIDE = frozenset({"special", "thought", "thinking", "reasoning", "is_reasoning", "is_thought", "hidden", "internal"})
# Flags that close an utterance whose whole text was sent again and again. Others are found by where they are true.
FINALS = frozenset({"is_final", "isFinal", "final", "speech_final", "end_of_turn"})
PARTIALS = frozenset({"is_partial", "isPartial", "IsPartial", "partial", "interim", "is_interim"})  # false there
# Names of numbers that say which of several texts a piece belongs to.
_WHICH = re.compile(
    r"\b(index|idx|choice|candidate|channel|stream|slot|sample|beam|variant|answer|agent|speaker|part|no|number|id)\b"
)
_FEWEST = 3  # texts of a kind
MOST_KINDS = 24

_WORD = re.compile(r"[\w@/][\w.:/@-]{0,63}\Z")


@dataclass(frozen=True, eq=False)
class Sign:
    """One way to distinguish frames: the SSE event name (`path` is None) or the scalar at a path."""

    path: Path | None
    values: Mapping[int, Scalar]  # by place in the sample

    def at(self, place: int) -> Scalar:
        return self.values.get(place)

    def mostly_differs(self, other: "Sign") -> bool:
        """Whether the two disagree in most frames that have both."""
        both = self.values.keys() & other.values.keys()
        return sum(self.values[place] != other.values[place] for place in both) > len(both) / 2

    def stands_beside(self, track: Track) -> bool:
        """Whether it is next to the track's value or next to one of its containers."""
        if self.path is None:
            return True
        above = self.path[:-1]
        beside = tuple(0 if step is ... else step for step in track.path[: len(above)])
        return self.path != track.path and beside == above and len(track.path) > len(above)

    def is_near(self, track: Track) -> bool:
        """Whether it is next to the track's value or any of its containers, or at the frame's top level."""
        return self.stands_beside(track) or (self.path is not None and len(self.path) == 1)


class Kinds:
    """The signs of one stream. `main` is the sign that gives the kind of a whole frame, if there is one."""

    def __init__(self, seen: Sequence[Seen], tracks: Mapping[Path, Track], complaints: Collection[int] = ()):
        self.seen = seen
        self.complaints = complaints
        self._tracks = tracks
        self.event = Sign(None, {place: frame.event for place, frame in enumerate(seen)})
        frames = len(set().union(*(track.places for track in tracks.values())))
        wordy = [track for track in tracks.values() if _has_words(track)]
        named = [track for track in wordy if track.key in NAMED or _names_kinds(track) or _is_pointer(track, tracks)]
        shaping = [
            track for track in wordy if len(track.path) == 1 and track not in named and _shapes(track, tracks, frames)
        ]
        self.words = [_sign(track) for track in named + shaping]
        self.flags = [_sign(track) for track in tracks.values() if track.key in ASIDE and _has_flags(track)]
        self.turning = [_sign(track) for track in tracks.values() if _turns(track, frames)]
        few = [track for track in tracks.values() if 2 <= track.distinct <= 8 and ... not in track.path]
        self.voices = [_sign(track) for track in few if track in wordy and track not in named + shaping]
        self.numbers = [_sign(track) for track in few if _is_number_of_one(track)]
        self.indexes = [_sign(track) for track in tracks.values() if _is_index(track)]
        roots = sorted((track for track in named if len(track.path) == 1), key=_first_named)
        self.main = self._main([*roots, *shaping])

    def _main(self, roots: Sequence[Track]) -> Sign | None:
        """One that varies; else a name that was constant in this capture, since the next one may contain other
        kinds."""
        if varying := [track for track in roots if track.distinct > 1]:
            return _sign(varying[0])
        if len(set(self.event.values.values())) > 1:
            return self.event
        return _sign(roots[0]) if roots else None

    @cached_property
    def fields(self) -> dict[Scalar, set[Path]]:
        """The paths in each kind of frame."""
        found: dict[Scalar, set[Path]] = {}
        for track in self._tracks.values():
            for said in {self.main.at(place) for place in track.everywhere} if self.main else ():
                found.setdefault(said, set()).add(track.path)
        return found

    def label(self, place: int) -> str:
        """A frame's kind in the service's own word; empty if there is only one kind."""
        said = self.main.at(place) if self.main else None
        return str(said or self.seen[place].event or "")

    def is_sign(self, track: Track) -> bool:
        return any(track.path == sign.path for sign in self.words)

    def groups(
        self, track: Track, places: Sequence[int], spoken: bool = False
    ) -> dict[tuple[tuple[Sign, Scalar], ...], list[int]]:
        """The positions of a track's texts, split by every sign next to it that has more than one value there.

        A field that names kinds always splits; a flag splits by true and not true; an index inside a list's element
        splits if it, rather than the position, says which answer or tool call is meant. Any other word splits if two of
        its values have several texts each (who is speaking), a number if its values alternate. For what is `spoken`, a
        word that never recurs is the name of an utterance.
        """
        splitting: list[Sign] = []
        partitions: set[tuple[Hashable, ...]] = set()
        for sign in [*self.words, self.event, *self.flags, *self.indexes, *self.voices, *self.numbers]:
            if not sign.stands_beside(track):
                continue
            if sign in self.voices and not (_are_many(sign, places) or _says_aside(sign, track, places)):
                continue
            if spoken and sign in self.voices and not _comes_back(sign, places):
                continue
            if sign in self.numbers and not _take_turns(sign, places):
                continue
            partition = tuple(_order([sign.at(place) for place in places]))
            if len(set(partition)) > 1 and partition not in partitions:
                partitions.add(partition)
                splitting.append(sign)
        split: dict[tuple[tuple[Sign, Scalar], ...], list[int]] = {}
        for place in places:
            split.setdefault(tuple((sign, sign.at(place)) for sign in splitting), []).append(place)
        return split

    def has_fixed_first(self, path: Path) -> bool:
        """Whether the first of the elements that `[*]` stands for stays the same while the second changes."""
        first, second = (self._tracks.get(tuple(at if step is ... else step for step in path)) for at in (0, 1))
        if first is None or second is None or first.distinct > 1:
            return False
        return second.distinct >= _FEWEST and len(first.full) > _FEWEST and second.places <= first.places

    def pinned(self, places: Sequence[int]) -> tuple[tuple[Sign, Scalar], ...]:
        """The main sign with its value, if all these frames have the same one."""
        said = {self.main.at(place) for place in places} if self.main else set()
        return ((self.main, said.pop()),) if self.main and len(said) == 1 else ()


def when(signs: Sequence[tuple[Sign, Scalar]]) -> dict[str, Any]:
    """A condition in its stored form: `{"event": name or None, "match": {path: value}}`."""
    event = next((value for sign, value in signs if sign.path is None), None)
    match = {write_path(sign.path): value for sign, value in signs if sign.path is not None}
    return {"event": event, "match": match}


def _sign(track: Track) -> Sign:
    return Sign(track.path, dict(track.hits))


def _order(values: list[Scalar]) -> list[int]:
    """Values as numbers in order of first appearance, so that signs with the same meaning compare equal."""
    ranks: dict[tuple[type, Scalar], int] = {}
    return [ranks.setdefault((type(value), value), len(ranks)) for value in values]


def _has_words(track: Track) -> bool:
    values = [value for _, value in track.full]
    return (
        ... not in track.path
        and 0 < track.distinct <= MOST_KINDS
        and all(isinstance(value, str) and _WORD.match(value) for value in values)
        and not is_filler(map(str, values))
    )


def _names_kinds(track: Track) -> bool:
    """Whether its name is typical for kinds, such as `messageType` or `__typename`, and its value varies."""
    return track.distinct > 1 and bool(_NAMING.search(words(track.path[-1:])))


def _is_pointer(track: Track, tracks: Mapping[Path, Track]) -> bool:
    """Whether it says where in a document an operation applies, as JSON Patch does (RFC 6902)."""
    return track.key == "path" and track.distinct > 1 and (*track.path[:-1], "op") in tracks


def _first_named(track: Track) -> int:
    return NAMED.index(track.key) if track.key in NAMED else len(NAMED)


def _are_many(sign: Sign, places: Sequence[int]) -> bool:
    counts = Counter(sign.at(place) for place in places)
    several = sum(count >= _FEWEST for count in counts.values()) > 1
    return several and None not in counts and len(places) >= 4 * len(counts)


def _says_aside(sign: Sign, track: Track, places: Sequence[int]) -> bool:
    """Whether whole phrases under a few of its words do not read on into the text under the other one: what the service
    is doing before it answers."""
    said = [sign.at(place) for place in places]
    counts = Counter(said)
    (most, many), *few = counts.most_common() or [(None, 0)]
    if many < 4 * _FEWEST or None in counts or not few or sum(count for _, count in few) > 2 * _FEWEST:
        return False
    texts = [str(track.at.get(place, "")) for place in places]
    aside = [at for at, word in enumerate(said) if word != most]
    return aside[-1] < said.index(most) and all(
        " " in texts[at].strip() and seams(texts[at : at + 2]) <= 0 for at in aside
    )


def _take_turns(sign: Sign, places: Sequence[int]) -> bool:
    """Whether several values alternate, with several texts each, so that the texts are different ones."""
    said = [sign.at(place) for place in places]
    return _are_many(sign, places) and _runs(said) >= 2 * len(set(said))


def _comes_back(sign: Sign, places: Sequence[int]) -> bool:
    said = [sign.at(place) for place in places]
    return _runs(said) > len(set(said))


def _runs(said: Sequence[Scalar]) -> int:
    return sum(old != new for old, new in pairwise(said)) + 1


def _is_number_of_one(track: Track) -> bool:
    """A small integer whose name says that it identifies something."""
    small = all(type(value) is int and 0 <= value < 16 for _, value in track.full)
    return small and bool(track.path) and bool(_WHICH.search(words(track.path[-1:])))


def _has_flags(track: Track) -> bool:
    return ... not in track.path and all(isinstance(value, bool) for _, value in track.full)


def _turns(track: Track, frames: int) -> bool:
    """A flag that is sometimes true, and otherwise false or absent."""
    only_true = track.distinct == 1 and track.full[0][1] is True and len(track.places) < frames
    return _has_flags(track) and (track.distinct == 2 or only_true)


def _is_index(track: Track) -> bool:
    return (
        track.path[-1:] == ("index",)
        and len(track.path) > 1
        and isinstance(track.path[-2], int)
        and all(type(value) is int for _, value in track.full)
    )


def _shapes(track: Track, tracks: Mapping[Path, Track], frames: int) -> bool:
    """Whether other fields come and go with this one's value: always present with one value, never with another.

    Only values in two frames or more count, since the last frame of a stream often has an extra field.
    """
    by_value: dict[Scalar, set[int]] = {}
    for place, value in track.full:
        by_value.setdefault(value, set()).add(place)
    by_value = {value: places for value, places in by_value.items() if len(places) > 1}
    if not 2 <= len(by_value) <= 8:
        return False
    if len(track.full) < 0.9 * frames:
        return False
    for other in tracks.values():
        shares = [len(other.everywhere & places) / len(places) for places in by_value.values()]
        if other is not track and max(shares) == 1 and min(shares) == 0:
            return True
    return False
