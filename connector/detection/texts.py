"""The text streams of a capture: what grows into prose, under which condition, and which of it is the answer."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, Literal

from connector.detection.kinds import ASIDE, FINALS, Kinds, Sign, when
from connector.detection.leaves import Path, Scalar, Track, is_mark
from connector.detection.names import words
from connector.detection.prose import is_cumulative, is_json, is_prose, is_short_word, join_quality
from connector.detection.shapes import shape_of

Role = Literal["answer", "reasoning", "tool", "status", "aside"]
Mode = Literal["delta", "cumulative", "replace"]

# What services call the field that holds their text. A help where pieces are few, not a condition where they are many.
_TEXTUAL = re.compile(
    r"(output_?|generated_?|completion_?)?(text|content)|delta|response|answer|reply|completion|output|transcript"
    r"|token|chunk|piece|outputText|generation",
    re.IGNORECASE,
)
_PARTS = ("parts", "messages", "content")  # lists whose elements are pieces of one text
_TEXTUAL_KIND = re.compile(r"\b(token|delta|chunk|text|content|output)\b")
_REASONING = re.compile(r"reasoning|think|thought|rationale")
_TOOL = re.compile(r"tool|function|arguments|partial json|input json|\bargs\b|code interpreter")
_STATUS = re.compile(r"interim|status|progress|notice|notification|warning|\blog\b|heartbeat|ping|\bstep\b")
_ASIDE = re.compile(
    r"\b(p|obfuscation|padding|signature|encrypted|prompt|instructions|inputs?|query|question|history|request|user"
    r"|refusal|error|logprobs|title|name|sources?|citations?|documents?|search results)\b"
)
_ENOUGH = 40  # pieces that are compared with what changes beside them


@dataclass
class Candidate:
    """A path under a condition whose texts belong together. `pieces` are (place in the sample, text)."""

    track: Track
    signs: tuple[tuple[Sign, Scalar], ...]
    pieces: list[tuple[int, str]]
    role: Role
    mode: Mode
    extra: dict[str, Any] = field(default_factory=dict)  # conditions of a known shape
    single: bool = False  # taken although it came in one piece
    plain: bool = False  # its frames are text and no JSON
    replacement: "Candidate | None" = None  # what takes the place of all before it

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.pieces]

    @property
    def text(self) -> str:
        return "".join(self.texts) if self.mode == "delta" else self.texts[-1]

    @property
    def is_textual(self) -> bool:
        """Whether a name says text: its own (`content`, `delta`) or its kind's (`token`), or it is the frame itself."""
        names = [step for step in self.track.path if isinstance(step, str)]
        kinds = (words((value,)) for _, value in self.signs if isinstance(value, str))
        return (
            not names
            or bool(_TEXTUAL.fullmatch(names[-1]))
            or "delta" in names
            or (len(self.pieces) > 1 and any(_TEXTUAL_KIND.search(kind) for kind in kinds))
        )

    @property
    def quality(self) -> float:
        """How much it is the main text, among those of one role."""
        many = min(len(self.pieces), 50) / 25 + (len(self.pieces) > 2)
        seams = 1.0 if self.mode != "delta" else join_quality(self.texts)
        return many + seams + 2 * is_prose(self.text) + self.is_textual + (0.5 if "delta" in self.track.path else 0)

    @property
    def places(self) -> frozenset[int]:
        return frozenset(place for place, _ in self.pieces)

    def condition(self) -> dict[str, Any]:
        found = when(self.signs)
        return {"event": found["event"], "match": found["match"] | self.extra}


def candidates(tracks: Mapping[Path, Track], kinds: Kinds) -> list[Candidate]:
    """Every text stream, the answer first: copies of the same text once, whole copies of a stream not at all."""
    found = [
        candidate
        for track in tracks.values()
        if not kinds.is_sign(track)
        for candidate in _candidates_at(track, kinds)
        if not _is_part(track, tracks, kinds)
    ]
    streams = [each for each in found if _grows(each, tracks)]
    if not any(each.role == "answer" for each in streams):
        streams += [replace(each, single=True) for each in found if _is_whole_answer(each) and each not in streams]
    if any(each.role == "answer" for each in streams):
        streams += [each for each in found if _is_status_line(each) and each not in streams]
    streams = _ranked(_without_copies(streams))
    return streams + [replace(each, role="aside") for each in _besides(found, streams)]


def _besides(found: Sequence[Candidate], streams: Sequence[Candidate]) -> list[Candidate]:
    """What is no text to read and still comes in pieces: other kinds at the path of a stream, and signatures."""
    paths = {stream.track.path for stream in streams}
    copies = {stream.text.strip() for stream in streams}
    return [
        each
        for each in found
        if each not in streams
        and each.text.strip() not in copies
        and (each.track.path in paths or (each.role == "aside" and "delta" in each.track.path and len(each.text) > 23))
    ]


def _candidates_at(track: Track, kinds: Kinds) -> list[Candidate]:
    pieces = {place: _text(value) for place, value in track.full if _text(value) and not is_mark(value)}
    if not any(isinstance(value, str) for _, value in track.full):
        return []
    if ... in track.path and _has_index(track, kinds):
        return []
    track = _widened(track, kinds)
    found = []
    for signs, places in kinds.groups(track, list(pieces)).items():
        taken = {sign.path for sign, _ in signs}
        pins = tuple(pin for pin in kinds.pinned(places) if pin[0].path not in taken)
        texts = [(place, pieces[place]) for place in places]
        found.append(_candidate(track, signs + pins, texts, kinds))
    return _with_replacement(found)


def _is_part(track: Track, tracks: Mapping[Path, Track], kinds: Kinds) -> bool:
    """Whether `[*]` gives its texts together with those of its neighbours, who are parts of the same text."""
    wider = (tracks.get(_every(track.path, at)) for at, step in enumerate(track.path) if isinstance(step, int))
    return any(other is not None and not _has_index(other, kinds) for other in wider)


def _widened(track: Track, kinds: Kinds) -> Track:
    """The track over every element of a list of parts, although this capture had one part at a time."""
    for at, step in enumerate(track.path):
        if step == 0 and at and track.path[at - 1] in _PARTS:
            wider = Track(_every(track.path, at), track.hits)
            return track if _has_index(wider, kinds) else wider
    return track


def _every(path: Path, at: int) -> Path:
    return (*path[:at], ..., *path[at + 1 :])


def _candidate(
    track: Track, signs: tuple[tuple[Sign, Scalar], ...], pieces: list[tuple[int, str]], kinds: Kinds
) -> Candidate:
    if finals := _finals(pieces, track, kinds):
        signs, pieces = (*signs, (finals, True)), [each for each in pieces if finals.at(each[0])]
    texts = [text for _, text in pieces]
    shape = shape_of(track, signs, kinds)
    role = shape.role or _role(track, signs)
    mode: Mode = "cumulative" if is_cumulative(texts) else "replace" if role == "status" else "delta"
    return Candidate(track, signs, pieces, role, mode, shape.match, plain=kinds.seen[pieces[0][0]].plain)


def _finals(pieces: Sequence[tuple[int, str]], track: Track, kinds: Kinds) -> Sign | None:
    """A flag that closes each of several utterances which grow whole and then start again: its texts join to all."""
    texts = [text for _, text in pieces]
    for sign in kinds.finals:
        closing = [at for at, (place, _) in enumerate(pieces) if sign.at(place) is True]
        if not sign.stands_beside(track) or len(closing) < 2 or len(closing) > 0.7 * len(pieces):
            continue
        utterances = [texts[start:end] for start, end in pairwise([0, *(at + 1 for at in closing)])]
        if all(is_cumulative(each) for each in utterances if len(each) > 1):
            return sign
    return None


def _with_replacement(found: list[Candidate]) -> list[Candidate]:
    """A kind of frame that says by its name that it replaces belongs to the text beside it."""
    replacing = [each for each in found if any("replace" in str(value) for _, value in each.signs)]
    others = [each for each in found if each not in replacing]
    if not replacing or not others:
        return found
    for each in others:
        each.replacement = replacing[-1]
    return others


def _role(track: Track, signs: Sequence[tuple[Sign, Scalar]]) -> Role:
    """What a text is for, in the words of its path and its kind."""
    path = words(track.path)
    if _ASIDE.search(path) and not _TOOL.search(path):
        return "aside"
    flags = {str(sign.path[-1]) for sign, value in signs if value is True and sign.path} & ASIDE
    said = " ".join([path, *flags, *(words((value,)) for _, value in signs if isinstance(value, str))])
    patterns: dict[Role, re.Pattern[str]] = {"reasoning": _REASONING, "tool": _TOOL, "status": _STATUS}
    for role, pattern in patterns.items():
        if pattern.search(said):
            return role
    return "aside" if flags else "answer"


def _grows(candidate: Candidate, tracks: Mapping[Path, Track]) -> bool:
    """Whether several frames make one text of it that a person can read: the test that keeps out ids, padding and
    records of a feed."""
    texts = candidate.texts
    if len(set(texts)) < 2 or candidate.role == "aside":
        return False
    if candidate.plain or candidate.role == "status":
        return candidate.plain
    if candidate.role == "tool":
        return is_json(candidate.text) or is_prose(candidate.text)
    if not is_prose(candidate.text) and not (candidate.is_textual and is_short_word(candidate.text)):
        return False
    if candidate.mode != "delta" or (candidate.is_textual and "delta" in candidate.track.path):
        return True
    known = candidate.is_textual or candidate.role == "reasoning"
    reads_on = join_quality(texts) >= 0.5 or _speaks(candidate) or _closes_utterances(candidate)
    return reads_on and (known or len(texts) > 2) and not _is_record(candidate, tracks)


def _speaks(candidate: Candidate) -> bool:
    """Whole messages of a conversation do not join well, and are one text all the same."""
    return candidate.is_textual and any(value in ("message", "text", "answer") for _, value in candidate.signs)


def _closes_utterances(candidate: Candidate) -> bool:
    return any(sign.path and sign.path[-1] in FINALS and value is True for sign, value in candidate.signs)


def _is_record(candidate: Candidate, tracks: Mapping[Path, Track]) -> bool:
    """Whether its frames are records of a feed: three or more other texts change along with it."""
    texts = dict(candidate.pieces[:_ENOUGH])
    beside = 0
    for other in tracks.values():
        if ... in other.path or other.path == candidate.track.path or "logprobs" in other.path:
            continue
        values = {at: value for at in texts if isinstance(value := other.at.get(at), str)}
        if len(values) < 0.5 * len(texts) or len(set(values.values())) < max(2, 0.4 * len(texts)):
            continue
        copied = sum(value in texts[at] or texts[at] in value for at, value in values.items())
        beside += copied < 0.5 * len(values)
        if beside == 3:
            return True
    return False


def _is_whole_answer(candidate: Candidate) -> bool:
    """One piece that is the answer: named as a text, and readable or where pieces usually are."""
    if len(candidate.pieces) > 1 or candidate.role != "answer" or not candidate.is_textual:
        return False
    return is_prose(candidate.text) or ("delta" in candidate.track.path and is_short_word(candidate.text))


def _is_status_line(candidate: Candidate) -> bool:
    """A line that says what the service is doing, the next one in its place."""
    return candidate.role == "status" and candidate.is_textual and is_prose(candidate.texts[-1])


def _without_copies(streams: Sequence[Candidate]) -> list[Candidate]:
    """Of streams with the same text one: pieces rather than whole texts, then one under `delta`, then a short path."""
    kept: dict[str, Candidate] = {}
    for stream in sorted(streams, key=lambda s: (s.mode != "delta", "delta" not in s.track.path, len(s.track.path))):
        kept.setdefault(stream.text.strip(), stream)
    return [stream for stream in streams if kept[stream.text.strip()] is stream]


def _ranked(streams: Sequence[Candidate]) -> list[Candidate]:
    """The answer first. Of texts that an index tells apart, the lowest index stands for all."""
    roles = ("answer", "reasoning", "status", "tool", "aside")
    best: dict[Path, float] = {}
    for stream in streams:
        best[stream.track.path] = max(best.get(stream.track.path, 0), stream.quality)

    def order(stream: Candidate) -> tuple[Any, ...]:
        index = next((value for sign, value in stream.signs if sign.path and sign.path[-1] == "index"), None)
        quality = best[stream.track.path] if index is not None else stream.quality
        return roles.index(stream.role), -quality, index or 0

    return sorted(streams, key=order)


def _text(value: Scalar) -> str:
    """A piece as text; a service may send single digits as numbers."""
    return value if isinstance(value, str) else str(value) if type(value) in (int, float) else ""


def _has_index(track: Track, kinds: Kinds) -> bool:
    """Whether the elements that `[*]` would put together carry an index of their own: then they are different texts."""
    depth = track.path.index(...) if ... in track.path else len(track.path)
    beside = (sign.path for sign in kinds.indexes if sign.path and len(sign.path) == depth + 2)
    return any(path[:depth] == track.path[:depth] for path in beside)
