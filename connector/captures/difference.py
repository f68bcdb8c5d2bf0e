"""How a response has changed since the fields of its call were saved: gone, new, or of another type (S18)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from connector.answers.detection.suggestions import Suggestion
from connector.answers.extract import Field, values_at_end
from connector.answers.paths import BadPath, parse_path
from connector.captures.found import Found
from connector.document import stands_for
from connector.kinds.api import STATUS_FIELDS

_TEXTS = {"text_stream", "text", "live"}
_ENDED_EARLY = {"broken_off", "stalled", "endless", "error_event", "too_large"}


@dataclass
class Became:
    """What a saved field has become: the same, gone, or of another type. `found` is what is in its place now; `instead`
    suggests a replacement for one that is gone."""

    held: Mapping[str, Any]
    now: Literal["same", "gone", "type"]
    found: Suggestion | None = None
    instead: Suggestion | None = None


def became(
    held: Sequence[Mapping[str, Any]], found: Sequence[Suggestion], frames: Any, headers: Iterable[Sequence[str]] = ()
) -> list[Became]:
    """What has become of each saved field. A field is `{"name", "type", "path", "part", "when", …}`."""
    names = {name.lower() for name, _ in headers}
    free = [each for each in found if not any(stands_for(field, vars(each)) for field in held)]
    values = _values(held, frames)
    return [_became(field, value, found, free, names) for field, value in zip(held, values, strict=True)]


def new_fields(
    held: Sequence[Mapping[str, Any]], found: Iterable[Suggestion], before: Iterable[Suggestion]
) -> list[Suggestion]:
    """Fields that would be suggested now, are not saved, and did not exist when the fields were saved."""
    known = [*held, *(vars(each) for each in before)]
    return [each for each in found if each.suggested and not any(stands_for(field, vars(each)) for field in known)]


def is_whole(found: Found) -> bool:
    """Whether a response arrived in full. If it was stopped, cut off or ended by an error, a missing field may merely
    not have been reached."""
    kind = (found.detection.problem or {}).get("kind")
    return found.capture.ended == "close" and kind not in _ENDED_EARLY


def _became(
    held: Mapping[str, Any], value: Any, found: Sequence[Suggestion], free: list[Suggestion], names: set[str]
) -> Became:
    if held.get("part") in ("header", "status"):
        there = held["path"] in (names if held["part"] == "header" else STATUS_FIELDS)
        return Became(held, "same" if there else "gone")
    here = next((each for each in found if stands_for(held, vars(each))), None)
    if here is not None:
        return Became(held, "type" if _differs(held["type"], here.type) else "same", here)
    if value is not None:
        return Became(held, "same")
    return Became(held, "gone", instead=next((each for each in free if _may_stand_for(each, held)), None))


def _differs(held: str, now: str) -> bool:
    """Whether a field of one type cannot continue with what is found there now. A live value accepts any scalar, a list
    of frames accepts anything."""
    if held == now or now == "live" or held in ("live", "frames"):
        return False
    return not {held, now} <= _TEXTS


def _may_stand_for(other: Suggestion, held: Mapping[str, Any]) -> bool:
    """For a growing text, the text that grows now; for a value, one of the same name or with the same last step in its
    path."""
    if other.type != held["type"]:
        return False
    if other.type == "text_stream":
        return other.suggested
    return other.name.lower() == str(held.get("name", "")).lower() or _last(other.path) == _last(held["path"])


def _last(path: str) -> Any:
    try:
        return next((step for step in reversed(parse_path(path)) if isinstance(step, str)), None)
    except BadPath:
        return None


def _values(held: Sequence[Mapping[str, Any]], frames: Any) -> list[Any]:
    in_body = [field.get("part") in (None, "", "body") for field in held]
    fields = [Field.of(str(at), field) for at, field in enumerate(held) if in_body[at]]
    found = iter(values_at_end(fields, frames) if fields else ())
    return [next(found) if here else None for here in in_body]
