"""Texts that belong together: a path, a condition, the pieces found there, and what they seem to be for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from connector.answers.detection.kinds import ASIDE, Kinds, Sign, when
from connector.answers.detection.leaves import Path, Scalar, Track, is_mark
from connector.answers.detection.names import words
from connector.answers.detection.prose import is_cumulative, is_json_in_pieces, is_prose, join_quality
from connector.answers.detection.shapes import shape_of
from connector.answers.detection.utterances import Utterances, utterances

Role = Literal["answer", "reasoning", "tool", "status", "aside"]
Mode = Literal["delta", "cumulative", "replace", "segments"]

# What services call the field with their text. It helps if there are few pieces, and is not required if there are many.
_TEXTUAL = re.compile(
    r"(output_?|generated_?|completion_?)?(text|content)|delta|response|answer|reply|completion|output|transcript"
    r"|token|chunk|piece|outputText|generation",
    re.IGNORECASE,
)
_PARTS = ("parts", "messages", "content")  # lists whose elements are pieces of one text
_TEXTUAL_KIND = re.compile(r"\b(token|delta|chunk|text|content|output)\b")
_REASONING = re.compile(r"reasoning|think|thought|rationale")
_TOOL = re.compile(r"tool|function|arguments|partial json|input json|\bargs\b|code interpreter")
_STATUS = re.compile(r"interim|status|progress|notice|notification|warning|\blog\b|heartbeat|\bping\b|\bstep\b")
_ASIDE = re.compile(
    r"\b(p|obfuscation|padding|signature|encrypted|prompt|instructions|inputs?|query|question|history|request|user"
    r"|refusal|error|logprobs|title|name|sources?|citations?|documents?|search results)\b"
)
_PERSON = re.compile(r"human|user|customer|client|visitor|question", re.IGNORECASE)  # who asked and does not answer


@dataclass
class Candidate:
    """A path under a condition whose texts belong together. `pieces` are (position in the sample, text)."""

    track: Track
    signs: tuple[tuple[Sign, Scalar], ...]
    pieces: list[tuple[int, str]]
    role: Role
    mode: Mode
    extra: dict[str, Any] = field(default_factory=dict)  # conditions of a known shape
    single: bool = False  # taken although it came in one piece
    plain: bool = False  # its frames are text and no JSON
    replacement: dict[str, Any] | None = None  # the place whose text takes the place of all before it
    spoken: Utterances | None = None  # of the mode segments

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.pieces]

    @cached_property
    def text(self) -> str:
        if self.spoken:
            return self.spoken.text
        return "".join(self.texts) if self.mode == "delta" else self.texts[-1]

    @property
    def is_named_text(self) -> bool:
        """Whether its own name means text, like `content`, and not just the name of its container."""
        return bool(_TEXTUAL.fullmatch(self.track.key))

    @property
    def is_textual(self) -> bool:
        """Whether a name means text: its own (`content`, `delta`) or its kind's (`token`), or it is the frame
        itself."""
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
        """How likely it is the main text among those with the same role."""
        many = min(len(self.pieces), 50) / 25 + (len(self.pieces) > 2)
        seams = 1.0 if self.mode != "delta" else join_quality(self.texts)
        return many + seams + 2 * is_prose(self.text) + self.is_textual + (0.5 if "delta" in self.track.path else 0)

    @property
    def places(self) -> frozenset[int]:
        return frozenset(place for place, _ in self.pieces)

    def condition(self) -> dict[str, Any]:
        found = when(self.signs)
        return {"event": found["event"], "match": found["match"] | self.extra}


def candidates_at(track: Track, kinds: Kinds) -> list[Candidate]:
    """The candidates at one path, one for each kind of frame that has texts there."""
    pieces = {
        place: _text(value)
        for place, value in track.full
        if _text(value) and not is_mark(value) and place not in kinds.complaints
    }
    if not any(isinstance(value, str) for _, value in track.full):
        return []
    pieces |= {place: "" for place, value in track.hits if value == "" and _replaces(kinds, place)}
    if ... in track.path and _has_index(track, kinds):
        return []
    track = _widened(track, kinds)
    found = []
    spoken = utterances(list(pieces.items()), _near(track, kinds)) is not None
    for signs, places in kinds.groups(track, list(pieces), spoken).items():
        taken = {sign.path for sign, _ in signs}
        pins = tuple(pin for pin in kinds.pinned(places) if pin[0].path not in taken)
        texts = [(place, pieces[place]) for place in places]
        found.append(_candidate(track, signs + pins, texts, kinds))
    return _with_replacement(found)


def is_part(track: Track, tracks: Mapping[Path, Track], kinds: Kinds) -> bool:
    """Whether `[*]` yields its texts together with those of its neighbours, which are parts of the same text."""
    wider = (tracks.get(_every(track.path, at)) for at, step in enumerate(track.path) if isinstance(step, int))
    return any(other is not None and not _has_index(other, kinds) for other in wider)


def _widened(track: Track, kinds: Kinds) -> Track:
    """The track widened to every element of a list of parts, even though this capture had one part at a time."""
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
    texts = [text for _, text in pieces]
    shape = shape_of(track, signs, kinds)
    role = shape.role or _role(track, signs)
    role = "tool" if role == "aside" and is_json_in_pieces(texts) else role
    spoken = utterances(pieces, _near(track, kinds))
    mode: Mode = "cumulative" if is_cumulative(texts) else "replace" if role == "status" else "delta"
    plain = kinds.seen[pieces[0][0]].plain
    return Candidate(
        track,
        signs,
        pieces,
        role,
        "segments" if spoken else mode,
        shape.match,
        plain=plain,
        spoken=spoken,
        replacement=shape.replacement,
    )


def _near(track: Track, kinds: Kinds) -> list[Sign]:
    """The flags that may close what is there."""
    return [sign for sign in kinds.turning if sign.is_near(track)]


def _with_replacement(found: list[Candidate]) -> list[Candidate]:
    """A kind of frame whose name says that it replaces belongs to the text next to it."""
    replacing = [each for each in found if any(_is_replacing(value) for _, value in each.signs)]
    others = [each for each in found if each not in replacing]
    if not replacing or not others:
        return found
    for each in others:
        each.replacement = {"path": replacing[-1].track.spelled, "when": replacing[-1].condition()}
    return others


def _is_replacing(said: Scalar) -> bool:
    return "replace" in str(said)


def _replaces(kinds: Kinds, place: int) -> bool:
    """Whether a text, even an empty one, replaces everything before it."""
    return kinds.main is not None and _is_replacing(kinds.main.at(place))


def _role(track: Track, signs: Sequence[tuple[Sign, Scalar]]) -> Role:
    """The purpose of a text, judging by the words of its path and its kind."""
    path = words(track.path)
    flags = {str(sign.path[-1]) for sign, value in signs if value is True and sign.path} & ASIDE
    said = " ".join([path, *flags, *(words((value,)) for _, value in signs if isinstance(value, str))])
    if _ASIDE.search(path) and not _TOOL.search(said):
        return "aside"
    if any(isinstance(value, str) and _PERSON.fullmatch(value) for _, value in signs):
        return "aside"
    patterns: dict[Role, re.Pattern[str]] = {"reasoning": _REASONING, "tool": _TOOL, "status": _STATUS}
    for role, pattern in patterns.items():
        if pattern.search(said):
            return role
    return "aside" if flags else "answer"


def _text(value: Scalar) -> str:
    """A piece as text; a service may send single digits as numbers."""
    return value if isinstance(value, str) else str(value) if type(value) in (int, float) else ""


def _has_index(track: Track, kinds: Kinds) -> bool:
    """Whether the elements that `[*]` would combine are different texts: they have an index of their own, are of two
    kinds in the same frames, or the first stays the same while the second changes (a question and its answer)."""
    if kinds.has_fixed_first(track.path):
        return True
    depth = track.path.index(...) if ... in track.path else len(track.path)

    def inside(signs: Sequence[Sign]) -> dict[Path, Sign]:
        found = {sign.path: sign for sign in signs if sign.path and len(sign.path) == depth + 2}
        return {path: sign for path, sign in found.items() if path[:depth] == track.path[:depth]}

    words = inside(kinds.words)
    pairs = [(sign, words.get((*path[:depth], 1, path[-1]))) for path, sign in words.items() if path[depth] == 0]
    return bool(inside(kinds.indexes)) or any(other and one.mostly_differs(other) for one, other in pairs)
