"""From what was found to what the dialog shows: names, order, confidence and reasons, and what is preselected."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from connector.answers.detection import names
from connector.answers.detection.candidates import Candidate
from connector.answers.detection.kinds import Kinds, when
from connector.answers.detection.leaves import Path, Seen
from connector.answers.detection.prose import is_prose
from connector.answers.detection.values import Value

FieldType = Literal["text_stream", "text", "number", "yes_no", "live", "file"]

MOST_SUGGESTED = 12
MOST_LISTED = 300
_LIKELY = 100  # the rank from which on a value has no known meaning
_TOLD_ONCE = 300  # that of a value told once where there is no text: it may be the result
_SHORT = 5  # steps of a path
_TEXT_NAMES = {"answer": "Reply", "reasoning": "Reasoning", "tool": "Tool input", "status": "Status"}


@dataclass
class Suggestion:
    """A response field that could be saved as it is.

    `when` is `{"event": name or None, "match": {path: value}}`; `mode` and `replacement` are as in `extract.Field`;
    `suggested` says whether the dialog preselects it; `confidence` is 0 to 1; `reason` explains it in words; `value` is
    the field's value at the end of the stream, computed by the code that runs live; `seen` is the number of frames it
    was found in; `kind` is the service's word for those frames, empty if they are of several kinds.
    """

    name: str
    type: FieldType
    path: str
    when: dict[str, Any]
    mode: Literal["delta", "cumulative", "replace", "segments", "largest", "number", "yes_no"]
    suggested: bool
    confidence: float
    reason: str
    seen: int
    kind: str = ""
    value: Any = None
    replacement: dict[str, Any] | None = None


@dataclass
class _Ranked:
    rank: float | None  # 0 is most wanted; None is only listed
    path: Path
    name: str
    suggestion: Suggestion
    last: Any = None  # the value that was seen last


def suggestions(
    streams: Sequence[Candidate], values: Sequence[Value], kinds: Kinds, seen: Sequence[Seen]
) -> list[Suggestion]:
    """All fields of a capture, text streams first; at most 12 of them suggested."""
    live = not any(stream.role in ("answer", "reasoning", "tool") for stream in streams)
    ranked = [_stream(stream, kinds, seen) for stream in streams]
    moving = [(_value(value, kinds, seen, live), value) for value in values]
    ranked += [each for each, _ in moving]
    wanted = sorted((each for each in ranked if each.rank is not None), key=lambda each: each.rank)
    chosen = {id(each) for each in _one_of_each_meaning(wanted)[:MOST_SUGGESTED]}
    ranked.sort(key=lambda each: (each.suggestion.type != "text_stream", id(each) not in chosen, each.rank or 0))
    ranked = (ranked + [_otherwise(each, value) for each, value in moving if value.moves])[:MOST_LISTED]
    taken: set[str] = set()
    for each in ranked:
        each.suggestion.name = names.unique(each.name, each.path, taken)
        each.suggestion.suggested = id(each) in chosen
    return [each.suggestion for each in ranked]


def whole_body(frames: int) -> Suggestion:
    """The only field of plain text: all of it."""
    nowhere = {"event": None, "match": {}}
    return Suggestion("Reply", "text_stream", "$", nowhere, "delta", True, 0.99, "the whole answer is text", frames)


def _one_of_each_meaning(wanted: Sequence[_Ranked]) -> list[_Ranked]:
    """Of several values with the same meaning (input tokens at the start and at the end), the one that came last; of an
    id at several paths, the first."""
    best: dict[tuple[str, Any], _Ranked] = {}
    for each in wanted:
        scalar = each.suggestion.type in ("number", "text")
        known = each.rank < _LIKELY
        key = ("name", each.name) if scalar and known else ("value", each.last) if scalar else ("path", id(each))
        held = best.get(key)
        if held is None or (known and each.suggestion.confidence > held.suggestion.confidence):
            best[key] = each
    taken = {id(each) for each in best.values()}
    return [each for each in wanted if id(each) in taken]


def _stream(stream: Candidate, kinds: Kinds, seen: Sequence[Seen]) -> _Ranked:
    places = [place for place, _ in stream.pieces]
    wanted = stream.role in ("answer", "tool") or (stream.role != "aside" and is_prose(stream.text))
    suggestion = Suggestion(
        name="",
        type="text_stream",
        path=stream.track.spelled,
        when=stream.condition(),
        mode=stream.mode,
        suggested=False,
        confidence=_sure_of_text(stream),
        reason=_why_text(stream, len(seen)),
        seen=len(places),
        kind=_kind(places, kinds),
        replacement=_replacement(stream),
    )
    order = ("answer", "reasoning", "status", "tool", "aside").index(stream.role)
    name = _TEXT_NAMES.get(stream.role) or names.readable(stream.track.path)
    return _Ranked(order / 10 if wanted else None, stream.track.path, name, suggestion)


def _replacement(stream: Candidate) -> dict[str, Any] | None:
    """The second path of a text: what replaces it, or what closes its utterances."""
    if stream.spoken and stream.spoken.closing:
        return {"path": stream.track.spelled, "when": when([*stream.signs, stream.spoken.closing])}
    return stream.replacement


def _sure_of_text(stream: Candidate) -> float:
    many = min(len(stream.pieces), 20) / 20
    sure = 0.6 + 0.25 * many + 0.08 * stream.is_textual + 0.05 * is_prose(stream.text)
    return round(min(sure - 0.2 * stream.single, 0.98), 2)


def _why_text(stream: Candidate, frames: int) -> str:
    count = f"{len(stream.pieces)} of {frames} frames"
    if stream.single:
        return f"a readable text, whole in {count}"
    if stream.mode == "cumulative":
        return f"holds all of the text so far in {count}"
    if stream.mode == "segments":
        return f"holds all of an utterance so far in {count}"
    return f"is replaced in {count}" if stream.mode == "replace" else f"grows in {count}"


def _value(value: Value, kinds: Kinds, seen: Sequence[Seen], live: bool) -> _Ranked:
    places = [place for place, _ in value.hits]
    moving = live and value.moves and len(seen) > 1
    rank, name, confidence = _want(value, moving)
    if rank is None and live and value.once and not value.signs and len(path := value.track.path) <= _SHORT:
        rank = _TOLD_ONCE - places[0] / len(seen) + len(path)
    suggestion = Suggestion(
        name="",
        type="live" if moving else value.type,
        path=value.track.spelled,
        when=when(value.signs),
        mode=_mode(value, moving),
        suggested=False,
        confidence=round(confidence + 0.05 * max(places) / len(seen), 2),
        reason=_why_value(places, value, len(seen)),
        seen=len(places),
        kind=_kind(places, kinds),
    )
    return _Ranked(rank, value.track.path, name, suggestion, value.hits[-1][1])


def _mode(value: Value, moving: bool) -> Any:
    if moving:
        return value.type if value.type in ("number", "yes_no") else "delta"
    return "largest" if value.is_told_once else "delta"


def _otherwise(ranked: _Ranked, value: Value) -> _Ranked:
    """The other use of a value that changes: live if it was taken at the end, at the end if it was live."""
    live = ranked.suggestion.type != "live"
    other = replace(
        ranked.suggestion, type="live" if live else value.type, mode=_mode(value, live), suggested=False, confidence=0.4
    )
    return _Ranked(None, ranked.path, f"{ranked.name} {'live' if live else 'at the end'}", other)


def _want(value: Value, moving: bool) -> tuple[float | None, str, float]:
    """Rank, name and confidence of a value."""
    path = value.track.path
    if not moving and (meant := names.meaning(path, value.type)):
        name, rank = meant
        return 10 + rank + len(path) / 100, name, 0.9
    if moving:
        return 10 + len(path) + (value.type == "text") / 2 if value.leads else None, names.readable(path), 0.7
    if names.wanted(path, value.type, value.moves, value.once):
        return _LIKELY + len(path) + 10 * (value.type == "yes_no"), names.readable(path), 0.6
    return None, names.readable(path), 0.5


def _why_value(places: Sequence[int], value: Value, frames: int) -> str:
    if len(places) == 1:
        return "in the last frame" if places[0] == frames - 1 else f"in frame {places[0] + 1}"
    where = "in all frames" if len(places) == frames else f"in {len(places)} of {frames} frames"
    return f"changes {where}" if value.moves else f"the same {where}"


def _kind(places: Sequence[int], kinds: Kinds) -> str:
    labels = {kinds.label(place) for place in places}
    return labels.pop() if len(labels) == 1 else ""
