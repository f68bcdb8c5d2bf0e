"""Two captures side by side, in words: how they went, what was in them, and which frames they arrived in."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from connector.answers.detection.suggestions import Suggestion
from connector.captures.captured import amount, first_text, is_timed, seconds, short
from connector.captures.found import Found
from connector.document import stands_for
from connector.kinds.api import FIELD_TYPES
from connector.views.frame_list import kind_of

_ENDED = {"close": "closed by the service", "stopped": "stopped by you"}


@dataclass
class Compared:
    """One item in both captures, and how they differ in words; empty if they do not."""

    name: str
    left: str
    right: str
    words: str = ""


def compared(left: Found, right: Found, held: list[dict[str, Any]]) -> list[tuple[str, list[Compared]]]:
    """The groups of rows: the numbers, the fields (saved ones under their names), the kinds of frame."""
    return [
        ("How they went", list(_facts(left, right))),
        ("Fields and values", list(_fields(left, right, held))),
        ("Frames", list(_kinds(left, right))),
    ]


def in_short(groups: Iterable[tuple[str, list[Compared]]]) -> str:
    """How many items differ, in one sentence."""
    counts = [(name, sum(bool(row.words) for row in rows)) for name, rows in groups]
    said = [f"{count} under {name}" for name, count in counts if count]
    return f"They differ: {', '.join(said)}." if said else "They are alike in everything that is compared."


def _facts(left: Found, right: Found) -> Iterator[Compared]:
    a, b = left.capture, right.capture
    yield _same("Status", str(a.status), str(b.status))
    yield _same("Content type", a.content_type or "none", b.content_type or "none")
    yield _same("Framing", _framing(left), _framing(right))
    yield _count("Frames", len(left.frames), len(right.frames))
    yield Compared("Received", amount(a.size), amount(b.size), _more(a.size, b.size, amount))
    if is_timed(a) and is_timed(b):
        yield _time("First byte", _first_byte(left), _first_byte(right))
        yield _time("First text", first_text(left), first_text(right))
        yield _time("In all", a.seconds, b.seconds)
    yield _same("Ended", _ENDED.get(a.ended, a.ended or "unknown"), _ENDED.get(b.ended, b.ended or "unknown"))


def _fields(left: Found, right: Found, held: list[dict[str, Any]]) -> Iterator[Compared]:
    names = [(field, field["name"]) for field in held]
    seen: list[Suggestion] = []
    for each in [*left.detection.fields, *right.detection.fields]:
        if any(stands_for(vars(other), vars(each)) for other in seen):
            continue
        seen.append(each)
        name = next((name for field, name in names if stands_for(field, vars(each))), "")
        if each.suggested or name:
            a, b = _at(left, vars(each)), _at(right, vars(each))
            yield Compared(name or each.name, _value(a), _value(b), _differs(a, b))


def _differs(a: Suggestion | None, b: Suggestion | None) -> str:
    if a is None or b is None:
        return "only in the first" if b is None else "only in the second"
    if a.type != b.type:
        return f"{FIELD_TYPES[a.type]} in the first, {FIELD_TYPES[b.type]} in the second"
    if a.value == b.value:
        return ""
    if a.type == "text_stream":
        return (
            _more(len(str(a.value)), len(str(b.value)), lambda n: "1 character" if n == 1 else f"{n} characters")
            or "other words"
        )
    if isinstance(a.value, int | float) and isinstance(b.value, int | float):
        return _more(a.value, b.value, lambda n: f"{n:g}")
    return "another value"


def _at(found: Found, place: Mapping[str, Any]) -> Suggestion | None:
    return next((each for each in found.detection.fields if stands_for(vars(each), place)), None)


def _value(field: Suggestion | None) -> str:
    return "" if field is None else short(field.value, 120)


def _kinds(left: Found, right: Found) -> Iterator[Compared]:
    a, b = _counts(left), _counts(right)
    for kind in [*a, *(kind for kind in b if kind not in a)]:
        row = _count(kind or "without a name", a.get(kind, 0), b.get(kind, 0))
        if not row.words or (a.get(kind) and b.get(kind)):
            yield row
        else:
            yield Compared(row.name, row.left, row.right, "only in the second" if b.get(kind) else "only in the first")


def _counts(found: Found) -> dict[str, int]:
    counts: dict[str, int] = {}
    for frame in found.frames:
        counts[kind_of(frame)] = counts.get(kind_of(frame), 0) + 1
    return counts


def _first_byte(found: Found) -> float | None:
    return next((at for at, _ in found.capture.reads()), None)


def _same(name: str, left: str, right: str) -> Compared:
    return Compared(name, left, right, "" if left == right else "different")


def _framing(found: Found) -> str:
    return {"sse": "Events (SSE)", "ndjson": "JSON lines", "json": "One JSON value", "text": "Plain text"}.get(
        found.framing, found.framing.replace("_", " ")
    )


def _count(name: str, left: int, right: int) -> Compared:
    return Compared(name, str(left), str(right), _more(left, right, lambda n: f"{n:g}"))


def _time(name: str, left: float | None, right: float | None) -> Compared:
    words = ""
    if left is None or right is None:
        words = "" if left is right else "only in the first" if right is None else "only in the second"
    elif abs(right - left) >= 0.01:
        words = f"{seconds(abs(right - left))} {'later' if right > left else 'sooner'}"
    return Compared(name, seconds(left), seconds(right), words)


def _more(left: float, right: float, words: Any) -> str:
    if left == right:
        return ""
    said = words(abs(right - left))
    fewer = "less" if said.endswith("B") else "fewer"
    return f"{said} {'more' if right > left else fewer} in the second"
