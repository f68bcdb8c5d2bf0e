"""How a stream signals its end, and whether it did."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from connector.answers.detection.kinds import Kinds, when
from connector.answers.detection.leaves import Path, Seen, Track, is_mark
from connector.answers.detection.names import words
from connector.answers.faults import is_reason

_CLOSING = re.compile(
    r"(^|[^a-z])(end|ended|done|stop|stopped|finish(ed)?|complete(d)?|final|result|close(d)?|bye|eos)([^a-z]|$)"
)
# Not `is_final`: speech services set it for every utterance.
_OVER = re.compile(r"\b(done|finished|(?<!is )final|complete|completed|stop|stopped|last|eos)$")
_AT_END = re.compile(r"(is )?(end|ended|over|eof)")  # by itself: the end of a sequence is not that of a stream
_REASON = re.compile(r"\b(finish|stop|done|end)( reason| type)$|\bfinish$")
LAST = 8  # frames in which a finish reason is looked for, as the live stream does


def end_of(seen: Sequence[Seen], tracks: Mapping[Path, Track], kinds: Kinds, silent: Sequence[str]) -> dict[str, Any]:
    """The sign that ends the stream: `{"by": "data", "data": "[DONE]"}`, `{"by": "event", "event": name}`, `{"by":
    "frame", "when": condition}`, `{"by": "frame", "path": path, "value": True}`, or `{"by": "close"}` if only the close
    of the connection does; `{"by": "frame", "path": path}` is a finish reason, after which values may follow."""
    last = len(seen) - 1
    if seen and is_mark(seen[last].value):
        return {"by": "data", "data": seen[last].value}
    if silent and _CLOSING.search(silent[-1].lower()):
        return {"by": "event", "event": silent[-1]}
    if found := _closing_kind(kinds, last):
        return found
    for track in tracks.values():
        if track.places and max(track.places) == last and _turns_true(track):
            return {"by": "frame", "path": track.spelled, "value": True}
    reason = next((track for track in tracks.values() if _is_reason(track, last)), None)
    return {"by": "frame", "path": reason.spelled} if reason else {"by": "close"}


def _closing_kind(kinds: Kinds, last: int) -> dict[str, Any] | None:
    """A last frame of a kind of its own, whose name says that it closes the stream."""
    said = kinds.main.at(last) if kinds.main else None
    if said is None or not _CLOSING.search(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", str(said)).lower()):
        return None
    if sum(value == said for value in kinds.main.values.values()) > 1:
        return None
    if kinds.event.at(last) == said or kinds.main.path is None:
        return {"by": "event", "event": said}
    return {"by": "frame", "when": when([(kinds.main, said)])}


def _turns_true(track: Track) -> bool:
    values = [value for _, value in track.full]
    return ... not in track.path and _says_over(track) and values[-1] is True and True not in values[:-1]


def _says_over(track: Track) -> bool:
    return bool(_OVER.search(words(track.path)) or _AT_END.fullmatch(words(track.path[-1:])))


def _is_reason(track: Track, last: int) -> bool:
    """A finish reason near the end, which was null or absent before."""
    said = [place for place, value in track.full if is_reason(value)]
    return ... not in track.path and bool(_REASON.search(words(track.path))) and bool(said) and min(said) >= last - LAST


def is_unfinished(tracks: Mapping[Path, Track]) -> bool:
    """Whether the stream has a way to say that it is over but did not use it: a finish reason that stayed null, or a
    `done` that stayed false to the last frame."""
    reasons = [track for track in tracks.values() if track.hits and _REASON.search(words(track.path))]
    flags = [track for track in tracks.values() if track.full and _says_over(track)]
    if any(value is True for track in flags for _, value in track.full) or any(track.full for track in reasons):
        return False
    return bool(reasons) or any(all(value is False for _, value in track.full) for track in flags)
