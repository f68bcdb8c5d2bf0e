"""A frame's JSON as lines, in which every value can be pressed and the places of fields are highlighted."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from connector.answers.frame import Frame
from connector.answers.paths import EVERY, Opening, Step, opened, parse_path, write_path
from connector.answers.selectors import compile_when

# How much of one frame is shown: lines, and characters of one text.
LINES, LONGEST = 400, 2_000
# The longest text, in characters, that is examined for JSON inside it.
LARGEST_OPENED = 1_000_000


@dataclass
class Line:
    """One line of a frame's JSON. `kind` colours its value (s, n or p); one that can become a field has a `path`; for a
    text that contains JSON, `opens` is the path of its content, and `open` says whether that is shown."""

    indent: str
    key: str
    value: str
    kind: str
    comma: bool = False
    path: str = ""
    hit: bool = False
    opens: str = ""
    open: bool = False


def lines_of(frame: Frame, hits: Sequence[tuple[Step, ...]] = (), shown: Collection[str] = ()) -> list[Line]:
    """A frame's JSON as lines, with the paths in `hits` highlighted. Texts that contain JSON are opened if the path of
    their content is `shown`, or if a hit is inside. A frame that is not JSON is a single text."""
    if isinstance(frame.value, str):
        return [Line("", "", _clipped(frame.text), "s", path="$", hit=() in hits)]
    wanted = {*shown, *(write_path(hit[: at + 1]) for hit in hits for at, step in enumerate(hit) if _opens(step))}
    lines = []
    for line in _lines(frame.value, (), "", True, wanted):
        if len(lines) == LINES:
            return [*lines, Line("", "", "… more than can be shown", "p")]
        line.hit = bool(line.path) and any(_same(parse_path(line.path), hit) for hit in hits)
        lines.append(line)
    return lines


def _opens(step: Step) -> bool:
    return isinstance(step, Opening)


def _lines(value: Any, steps: tuple[Step, ...], key: str, last: bool, wanted: Collection[str]) -> Iterator[Line]:
    indent = "  " * len([step for step in steps if step is not Opening.BASE64])
    if isinstance(value, str):
        yield from _text(value, steps, indent, key, last, wanted)
        return
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
        yield from _lines(inner, (*steps, name), label, at == len(items) - 1, wanted)
    yield Line(indent, "", closing, "p", comma=not last)


def _text(
    value: str, steps: tuple[Step, ...], indent: str, key: str, last: bool, wanted: Collection[str]
) -> Iterator[Line]:
    """A text; one that contains JSON can be opened."""
    inside, way = _inside(value)
    opens = write_path((*steps, *way)) if way else ""
    shown = bool(opens) and opens in wanted
    text, kind = _written(value)
    yield Line(indent, key, text, kind, comma=not last and not shown, path=write_path(steps), opens=opens, open=shown)
    if shown:
        yield from _lines(inside, (*steps, *way), "", last, wanted)


def _inside(value: str) -> tuple[Any, tuple[Opening, ...]]:
    """The object or list in a text, plain or base64-encoded, and how it is opened; no way if there is none."""
    if len(value) > LARGEST_OPENED:
        return None, ()
    if value.lstrip()[:1] in ("{", "["):
        found = opened(value, Opening.JSON)
        return (found, (Opening.JSON,)) if isinstance(found, dict | list) else (None, ())
    plain = opened(value, Opening.BASE64) if len(value) > 8 and value[:2] in ("ey", "W3", "Wy", "ew", "Cn") else None
    found = opened(plain, Opening.JSON) if plain else None
    return (found, (Opening.BASE64, Opening.JSON)) if isinstance(found, dict | list) else (None, ())


def _written(value: Any) -> tuple[str, str]:
    if isinstance(value, str):
        return _clipped(json.dumps(value, ensure_ascii=False)), "s"
    return json.dumps(value), "p" if isinstance(value, dict | list) else "n"


def _clipped(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _same(path: tuple[Step, ...], wanted: tuple[Step, ...]) -> bool:
    """Whether a value is where a path leads; `[*]` leads to every element."""
    if len(path) != len(wanted):
        return False
    pairs = zip(path, wanted, strict=True)
    return all(step == asked or (asked is EVERY and isinstance(step, int)) for step, asked in pairs)


def paths_of(fields: Sequence[Mapping[str, Any]], frame: Frame, types: tuple[str, ...]) -> list[tuple[Step, ...]]:
    """The paths of those fields, of the given types, that read this frame."""
    fits = [each for each in fields if each["type"] in types]
    return [
        parse_path(each["path"])
        for each in fits
        if (applies := compile_when(each.get("when"))) is None or applies(frame)
    ]
