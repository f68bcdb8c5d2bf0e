"""Known formats: what one capture of a well-known service cannot show, because it did not happen in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from connector.answers.detection.kinds import Kinds, Sign
from connector.answers.detection.leaves import Scalar, Track


@dataclass(frozen=True)
class Shape:
    """What a known format adds to a text: a condition, its purpose, and where it is replaced."""

    match: dict[str, Any] = field(default_factory=dict)
    role: Any = None
    replacement: dict[str, Any] | None = None


_CHOICE = re.compile(r"choices\[0\]\.(delta\.\w+|text)")
_PART = re.compile(r"candidates\[0\]\.content\.parts\[(0|\*)\]\.text")


def shape_of(track: Track, signs: Sequence[tuple[Sign, Scalar]], kinds: Kinds) -> Shape:
    """The shape of a text stream from a known format; an empty one for all others."""
    taken = {sign.path for sign, _ in signs}
    if _CHOICE.fullmatch(track.spelled) and ("choices", 0, "index") not in taken:
        return Shape({"choices[0].index": 0}) if _has(kinds, ("choices", 0, "index")) else Shape()
    if _PART.fullmatch(track.spelled) and ("candidates", 0, "content", "parts", 0, "thought") not in taken:
        return Shape({"candidates[0].content.parts[0].thought": None})
    if track.path == ("answer",) and (("event",), "message") in [(sign.path, value) for sign, value in signs]:
        # Dify withdraws an answer when its moderation objects.
        return Shape(replacement={"path": "answer", "when": {"event": None, "match": {"event": "message_replace"}}})
    code = next((value for sign, value in signs if sign.path == ("code",)), None)
    if track.spelled == "value" and code in _DATA_STREAM:
        return Shape(role=_DATA_STREAM[code])
    return Shape()


_DATA_STREAM = {"0": "answer", "g": "reasoning"}  # the AI SDK's data stream, one letter a kind


def _has(kinds: Kinds, path: tuple[str | int, ...]) -> bool:
    return any(sign.path == path for sign in kinds.indexes)
