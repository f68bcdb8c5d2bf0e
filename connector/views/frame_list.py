"""The frames of a capture: listed, searched, filtered, and shown one by one."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from builder.document import Body, children
from connector.answers.extract import Extraction, Field
from connector.answers.frame import Frame
from connector.answers.selectors import Selector
from connector.captures.captured import amount, seconds
from connector.captures.found import Found
from connector.kinds.api import FIELD_TYPES
from connector.views.lines import lines_of, paths_of
from connector.views.seen import seen_at

# Rows fetched at once, characters of one, and the most times that the page receives.
PAGE, LONGEST, TIMES = 100, 80, 4_000
# The most kinds of frame to choose from.
KINDS = 40
_KIND_KEYS = ("type", "event", "kind", "object")


@dataclass
class FrameRow:
    """One frame in a list: its number from 1, when it came, its size, and a short version of its content: the piece of
    text it brings, without a leading blank, else its data."""

    n: int
    at: str
    size: str
    kind: str
    piece: str | None
    space: bool
    text: str


def replay(api: Body, call: str, found: Found, fields: list[dict[str, Any]]) -> dict[str, Any]:
    """The context of `replay.html`: the list, the times and the frame to start with."""
    growing = growing_of(api, call, found)
    rows = rows_of(found, range(min(PAGE, len(found.frames))), growing)
    stride = max(1, -(-len(found.times) // TIMES))
    return {
        "rows": rows,
        "kinds": kinds_of(found),
        "times": " ".join(str(round(at * 1000)) for at in found.times[::stride]),
        "stride": stride,
        "length": max(1, round(found.capture.seconds * 1000)),
        **one(found, fields, first_shown(found, growing)),
    }


def one(found: Found, fields: list[dict[str, Any]], n: int, shown: Collection[str] = ()) -> dict[str, Any]:
    """The context of `frame.html`. `shown` are the texts that are opened, by the paths of their content."""
    count = len(found.frames)
    if not count:
        return {"count": 0, "n": 0}
    n = max(1, min(n, count))
    here = found.frames[n - 1]
    state, seen = seen_at(found, fields, n)
    hits = paths_of(fields, here, ("text_stream",)) or paths_of(fields, here, tuple(FIELD_TYPES))
    return {
        "n": n,
        "count": count,
        "at": seconds(found.times[n - 1]),
        "event": here.event,
        "shown": list(shown),
        "lines": lines_of(here, hits, shown),
        "state": state,
        "seen": seen,
    }


def matching(found: Found, wanted: str = "", kind: str = "") -> "range | list[int]":
    """The positions, from 0, of the frames that contain a text, in any case, and are of a kind."""
    if not wanted and not kind:
        return range(len(found.frames))
    text = wanted.casefold()
    listed = enumerate(found.frames)
    return [at for at, each in listed if (not kind or kind_of(each) == kind) and text in each.text.casefold()]


def rows_of(found: Found, numbers: "range | list[int]", growing: Field | None, wanted: str = "") -> list[FrameRow]:
    """The rows for some frames; those in which the text grows show their piece of it."""
    return list(_rows(found, numbers, growing, wanted))


def _rows(found: Found, numbers: "range | list[int]", growing: Field | None, wanted: str) -> Iterator[FrameRow]:
    select = Selector(growing.path, growing.when) if growing else None
    if select and found.frames:
        select.value(found.frames[0])  # Whether the stream is one of JSON texts is told by its first frame.
    for at in numbers:
        frame, kind = found.frames[at], kind_of(found.frames[at])
        piece = _piece(select(frame)) if select and not wanted else ""
        blank = piece.startswith(" ")
        size = amount(len(frame.raw))
        yield FrameRow(
            at + 1, seconds(found.times[at]), size, kind, piece[blank:] or None, blank, _short(frame, wanted)
        )


def _piece(value: Any) -> str:
    text = "".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
    return text[:LONGEST]


def _short(frame: Frame, wanted: str) -> str:
    """A frame's content on one line, starting shortly before what was searched for."""
    text = f"{frame.event} {frame.text}" if frame.event else frame.text
    at = text.casefold().find(wanted.casefold()) if wanted else 0
    begin = max(0, at - 12) if at > LONGEST // 3 else 0
    return ("…" if begin else "") + text[begin : begin + LONGEST]


def kind_of(frame: Frame) -> str:
    """What a service calls this kind of frame: its event, else the first word of its data."""
    if frame.event:
        return frame.event
    if not isinstance(frame.value, dict):
        return ""
    return next((value for key in _KIND_KEYS if isinstance(value := frame.value.get(key), str) and value), "")[:60]


def kinds_of(found: Found) -> list[tuple[str, int]]:
    """The kinds of frame with the number of each; empty if there is only one kind."""
    counts: dict[str, int] = {}
    for frame in found.frames:
        kind = kind_of(frame)
        counts[kind] = counts.get(kind, 0) + 1
    named = [(kind, count) for kind, count in counts.items() if kind]
    return named if 1 < len(named) <= KINDS else []


def growing_of(api: Body, call: str, found: Found) -> Field | None:
    """The growing text: the first saved one, else the first that was found."""
    known: list[Mapping[str, Any]] = [each for each in saved_of(api, call) if each["type"] == "text_stream"]
    known += [vars(each) for each in found.detection.fields if each.type == "text_stream"]
    return Field.of("text", known[0]) if known else None


def saved_of(api: Body, call: str) -> list[dict[str, Any]]:
    """The saved fields of a call, each with its id and name."""
    nodes = api["nodes"]
    return [nodes[key]["props"] | {"id": key, "name": nodes[key]["name"]} for key in children(api, call, "fields")]


def first_shown(found: Found, growing: Field | None) -> int:
    """The frame to start with: some way into the text, where a page already shows part of it."""
    if growing is None:
        return 1
    extraction = Extraction([growing], {"by": "never"})
    talking = [at for at, each in enumerate(found.frames, 1) if any(key for key, *_ in extraction.feed(each))]
    return talking[len(talking) // 3] if talking else 1
