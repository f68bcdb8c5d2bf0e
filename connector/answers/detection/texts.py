"""The text streams of a capture, the answer first: what grows, which of it is the answer, and what is a copy."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from connector.answers.detection.candidates import Candidate, candidates_at, is_part
from connector.answers.detection.finals import with_finals
from connector.answers.detection.growth import grows, wholes
from connector.answers.detection.kinds import Kinds
from connector.answers.detection.leaves import Path, Track
from connector.answers.detection.prose import is_prose, is_short_word, letters


def candidates(tracks: Mapping[Path, Track], kinds: Kinds) -> list[Candidate]:
    """Every text stream, the answer first: copies of the same text once, whole copies of a stream not at all."""
    found = [
        candidate
        for track in tracks.values()
        if not kinds.is_sign(track)
        for candidate in candidates_at(track, kinds)
        if not is_part(track, tracks, kinds)
    ]
    whole = wholes(tracks)
    found = with_finals(found)
    streams = [each for each in found if grows(each, tracks, whole)]
    if not any(each.role == "answer" for each in streams):
        single = [each for each in found if _is_whole_answer(each) and not _is_amid_a_feed(each, kinds)]
        streams += [replace(each, single=True) for each in single if each not in streams]
    if any(each.role == "answer" for each in streams):
        streams += [each for each in found if _is_status_line(each) and each not in streams]
    streams = _ranked(_without_copies(streams))
    return streams + [replace(each, role="aside") for each in _besides(found, streams)]


def _besides(found: Sequence[Candidate], streams: Sequence[Candidate]) -> list[Candidate]:
    """What is not a text to read but still comes in pieces: other kinds at the path of a stream, and signatures."""
    paths = {stream.track.path for stream in streams}
    copies = {stream.text.strip() for stream in streams}
    return [
        each
        for each in found
        if each not in streams
        and each.text.strip() not in copies
        and (each.track.path in paths or _is_long_aside(each))
    ]


def _is_long_aside(candidate: Candidate) -> bool:
    """A signature or the like that comes in pieces next to the text; not a sentence that is quoted once."""
    inside = candidate.role == "aside" and "delta" in candidate.track.path
    return inside and len(candidate.text) > 23 and (len(candidate.pieces) > 1 or not is_prose(candidate.text))


def _is_whole_answer(candidate: Candidate) -> bool:
    """A single piece that is the answer: named like a text, and either readable or where pieces usually are."""
    if len(candidate.pieces) > 1 or candidate.role != "answer" or not candidate.is_textual:
        return False
    return is_prose(candidate.text) or (
        "delta" in candidate.track.path and candidate.is_named_text and is_short_word(candidate.text)
    )


def _is_amid_a_feed(candidate: Candidate, kinds: Kinds) -> bool:
    """Whether its frame, the only one of its kind, is in the middle of frames of another kind."""
    (place,) = candidate.places
    said = [kinds.main.at(at) for at in range(len(kinds.seen))] if kinds.main else []
    if said.count(said[place] if said else None) != 1:
        return False
    return any(said[:place].count(kind) > 1 and said[place:].count(kind) > 2 for kind in {*said[:place]} - {None})


def _is_status_line(candidate: Candidate) -> bool:
    """A line that says what the service is doing, replaced by the next one."""
    return candidate.role == "status" and candidate.is_textual and is_prose(candidate.texts[-1])


def _without_copies(streams: Sequence[Candidate]) -> list[Candidate]:
    """One of each group of streams with the same text: pieces rather than whole texts, then one under `delta`, then a
    short path."""
    kept: list[Candidate] = []
    for stream in sorted(streams, key=lambda s: (s.mode != "delta", "delta" not in s.track.path, len(s.track.path))):
        if not any(_is_copy(stream, other) for other in kept):
            kept.append(stream)
    return [stream for stream in streams if any(stream is each for each in kept)]


def _is_copy(one: Candidate, other: Candidate) -> bool:
    """Whether two streams say the same, or nearly the same in the same frames (a normalised spelling)."""
    if one.text.strip() == other.text.strip():
        return True
    if one.track.path == other.track.path:
        return False
    if one.mode != "delta" or other.mode != "delta":
        whole = "delta" not in (one.mode, other.mode)
        return whole and (letters(one.text) == letters(other.text) or _is_its_words(one, other))
    pieces = dict(other.pieces)
    both = [(letters(text), letters(pieces[place])) for place, text in one.pieces if place in pieces]
    if len(both) < max(3, 0.8 * len(one.pieces)):
        return False
    return sum(mine == theirs for mine, theirs in both) >= 0.6 * len(both)


def _is_its_words(one: Candidate, other: Candidate) -> bool:
    """Whether one is a list that accompanies a growing text in all of its frames: its words, one by one."""
    path = one.track.path
    if ... not in path or ... in other.track.path:
        return False
    return path[: path.index(...) - 1] == other.track.path[:-1] and one.places <= other.places


def _ranked(streams: Sequence[Candidate]) -> list[Candidate]:
    """The answer first. Of texts distinguished by an index, the lowest index represents all."""
    roles = ("answer", "reasoning", "status", "tool", "aside")
    best: dict[Path, float] = {}
    for stream in streams:
        best[stream.track.path] = max(best.get(stream.track.path, 0), stream.quality)

    def order(stream: Candidate) -> tuple[Any, ...]:
        index = next((value for sign, value in stream.signs if sign.path and sign.path[-1] == "index"), None)
        quality = best[stream.track.path] if index is not None else stream.quality
        return roles.index(stream.role), -quality, index or 0

    return sorted(streams, key=order)
