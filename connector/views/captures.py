"""A capture as the editor shows it: its numbers, its frames drawn in time, its JSON in lines, its texts at a frame."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from connector.extract import Extraction, Field, compile_when
from connector.frame import Frame
from connector.initialize import Found, look_at
from connector.models import Capture
from connector.paths import EVERY, Step, parse_path, write_path
from connector.stream import Stream

# Captures up to this many bytes are kept read, the last few.
_SMALL = 2**20
# What is shown of one frame: lines, and characters of one text.
LINES, LONGEST = 400, 2_000
# Frames in a list.
LISTED = 1_000


def found_in(capture: Capture, response_type: str) -> Found:
    """A capture read again (S17); a small one that was just looked at is not read twice."""
    if capture.size > _SMALL:
        return look_at(capture, response_type)
    return _look_at(str(capture.pk), response_type)


@lru_cache(maxsize=4)
def _look_at(key: str, response_type: str) -> Found:
    return look_at(Capture.objects.get(pk=key), response_type)


def amount(size: int) -> str:
    """Bytes in words: 247 B, 48.6 KB, 3.1 MB."""
    if size < 1000:
        return f"{size} B"
    return f"{size / 1024:.1f} KB" if size < 1000 * 1024 else f"{size / 2**20:.1f} MB"


def seconds(value: float | None) -> str:
    """Seconds with two decimals; a dash for what did not happen."""
    return "–" if value is None else f"{value:.2f} s"


def numbers(found: Found) -> list[tuple[str, str]]:
    """The five numbers of a capture, each with its name."""
    reads = found.capture.reads()
    return [
        (str(len(found.frames)), "frame" if len(found.frames) == 1 else "frames"),
        (amount(found.capture.size), "received"),
        (seconds(reads[0][0] if reads else None), "first byte"),
        (seconds(first_text(found)), "first text"),
        (seconds(found.capture.seconds if reads else None), "ended"),
    ]


def first_text(found: Found) -> float | None:
    """When the first piece of the text that grows had come, in seconds."""
    best = next((each for each in found.detection.fields if each.type == "text_stream"), None)
    if best is None:
        return None
    extraction = Extraction([Field("text", best.type, best.path, best.when, best.mode)], {"by": "never"})
    pairs = zip(found.frames, found.times, strict=True)
    return next((at for frame, at in pairs if any(key for key, *_ in extraction.feed(frame))), None)


def pulse(times: Sequence[float], length: float, columns: int = 96, height: int = 32) -> dict[str, Any]:
    """The frames drawn in time: paths of an SVG that is 4 wide a column, and the numbers under it."""
    counts = [0] * columns
    length = max(length, 0.01)
    for at in times:
        counts[min(int(at / length * columns), columns - 1)] += 1
    most = max([*counts, 1])
    ticks = [
        f"M{column * 4 + 2} {height}v-{max(6, round(count / most * height))}"
        for column, count in enumerate(counts)
        if count
    ]
    quiet = [f"M{column * 4 + 2} {height}v-2" for column, count in enumerate(counts) if not count]
    whole = int(length)
    marks = [f"{length * part / 4:.1f}" for part in (1, 2, 3)] if whole < 2 or whole > 8 else range(1, whole + 1)
    axis = ["0 s", *(str(mark) for mark in marks if float(mark) < length * 0.95), f"{length:.1f} s"]
    return {"quiet": "".join(quiet), "ticks": "".join(ticks), "axis": axis, "width": columns * 4, "height": height}


@dataclass
class Listed:
    """One frame in a list: its number from 1, when it came, how large it is, and in short what it says: the piece of
    text it brings, without the blank it may begin with, else its data."""

    n: int
    at: str
    size: str
    piece: str | None
    space: bool
    text: str


def frame_list(found: Found, field: Field | None = None) -> list[Listed]:
    """The first frames of a capture; those in which `field` found a piece of text show it."""
    extraction = Extraction([field], {"by": "never"}) if field else None
    listed = []
    for at, (frame, when) in enumerate(zip(found.frames[:LISTED], found.times, strict=False)):
        pieces = [str(piece) for key, _, piece in extraction.feed(frame) if key] if extraction else []
        text = f"{frame.event} {frame.text[:80]}" if frame.event else frame.text[:80]
        piece = "".join(pieces)[:80]
        blank = piece.startswith(" ")
        listed.append(Listed(at + 1, seconds(when), amount(len(frame.raw)), piece[blank:] or None, blank, text))
    return listed


@dataclass
class Line:
    """One line of a frame's JSON. `kind` colours its value (s, n or p); one that can be a field has a `path`."""

    indent: str
    key: str
    value: str
    kind: str
    comma: bool = False
    path: str = ""
    hit: bool = False


def lines_of(frame: Frame, hits: Sequence[tuple[Step, ...]] = ()) -> list[Line]:
    """A frame's JSON in lines, the paths in `hits` marked. A frame that is no JSON is one text."""
    if isinstance(frame.value, str):
        return [Line("", "", _clipped(frame.text), "s", path="$", hit=() in hits)]
    lines = []
    for line in _lines(frame.value, (), "", True):
        if len(lines) == LINES:
            return [*lines, Line("", "", "… more than can be shown", "p")]
        line.hit = bool(line.path) and any(_same(parse_path(line.path), hit) for hit in hits)
        lines.append(line)
    return lines


def _lines(value: Any, steps: tuple[Step, ...], key: str, last: bool) -> Iterator[Line]:
    indent = "  " * len(steps)
    if not isinstance(value, dict | list) or not value:
        text, kind = _written(value)
        path = "" if isinstance(value, dict | list) else write_path(steps)
        yield Line(indent, key, text, kind, comma=not last, path=path)
        return
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    yield Line(indent, key, opening, "p")
    items = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
    for at, (name, inner) in enumerate(items):
        label = json.dumps(name, ensure_ascii=False) if isinstance(value, dict) else ""
        yield from _lines(inner, (*steps, name), label, at == len(items) - 1)
    yield Line(indent, "", closing, "p", comma=not last)


def _written(value: Any) -> tuple[str, str]:
    if isinstance(value, str):
        return _clipped(json.dumps(value, ensure_ascii=False)), "s"
    return json.dumps(value), "p" if isinstance(value, dict | list) else "n"


def _clipped(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _same(path: tuple[Step, ...], wanted: tuple[Step, ...]) -> bool:
    """Whether a value stands where a path leads; `[*]` leads to every element."""
    if len(path) != len(wanted):
        return False
    pairs = zip(path, wanted, strict=True)
    return all(step == asked or (asked is EVERY and isinstance(step, int)) for step, asked in pairs)


def paths_of(fields: Sequence[Mapping[str, Any]], frame: Frame, types: tuple[str, ...]) -> list[tuple[Step, ...]]:
    """The paths of those fields, of some types, that look into this frame."""
    fits = [each for each in fields if each["type"] in types]
    return [
        parse_path(each["path"])
        for each in fits
        if (applies := compile_when(each.get("when"))) is None or applies(frame)
    ]


@dataclass
class Seen:
    """What a page sees of one field at a frame: its text so far in two parts, the newer one last; or its value."""

    name: str
    type: str
    before: str = ""
    new: str = ""
    value: str = ""
    full: str = ""


def seen_at(found: Found, fields: Sequence[Mapping[str, Any]], n: int) -> tuple[str, list[Seen]]:
    """The state of the stream and of each field once `n` frames have come: run by what runs live (S22)."""
    known = {str(at): each for at, each in enumerate(fields)}
    extraction = Extraction([Field.of(key, each) for key, each in known.items()], found.detection.end)
    stream = Stream(extraction)
    stream.request_sent()
    stream.feed_all(found.frames[: n - 1])
    texts = {key: stream.field(key).length for key, each in known.items() if each["type"] == "text_stream"}
    stream.feed_all(found.frames[n - 1 : n])
    if n >= len(found.frames):
        stream.ended(clean=found.capture.ended in ("close", "stopped"))
    return stream.state, [_seen(stream, key, each, texts) for key, each in known.items()]


def _seen(stream: Stream, key: str, field: Mapping[str, Any], texts: dict[str, int]) -> Seen:
    value = stream.field(key)
    if key in texts:
        text, before = value.text, min(texts[key], value.length)
        head = text[max(0, before - 200) : before]
        shown = f"…{head.partition(' ')[2]}" if before > 200 else head
        return Seen(field["name"], field["type"], shown, text[before:][:400], full=(value.full_text or "")[:200])
    said = {True: "yes", False: "no", None: ""}.get(value, value) if isinstance(value, bool | None) else value
    return Seen(field["name"], field["type"], value=str(said)[:200])


def short(value: Any, most: int = 80) -> str:
    """A value in one line."""
    text = {True: "yes", False: "no"}[value] if isinstance(value, bool) else "" if value is None else str(value)
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
