"""A frame: one event, line, array element or message of an answer, whatever framing it came in."""

import json
import re
from dataclasses import dataclass
from typing import Any

import orjson

_MARK = re.compile(r"\[[A-Z_ ]+\]")
_LIMIT_OF_ORJSON = 2.0**63


@dataclass(slots=True)
class Frame:
    """What one frame carries.

    `raw` is its data as it came (for SSE the data lines joined by LF); `value` the parsed JSON, or the text when the
    data is not JSON; `event` the name the framing gives it (None when it gives none); `id` the last event id in force
    (None while none was set). `bad` marks data that begins like JSON, or stands where JSON must stand, and is not JSON.
    `headers` are a frame's own where its framing has them. Where the framing makes the value of several things, `raw`
    is that value as JSON.
    """

    raw: bytes
    value: Any
    event: str | None = None
    id: str | None = None
    bad: bool = False
    headers: dict[str, str] | None = None

    @property
    def text(self) -> str:
        """The data as text: UTF-8, with U+FFFD for what is not (P1)."""
        return self.raw.decode("utf-8", "replace")


def frame_of(raw: bytes, event: str | None = None, id: str | None = None, json_only: bool = False) -> Frame:
    """The frame of some data. Never raises: what is not JSON keeps its text, and is `bad` when it should have been JSON
    (`json_only`, or it begins with a brace or bracket and is no mark such as `[DONE]`)."""
    try:
        return Frame(raw, orjson.loads(raw), event, id)
    except orjson.JSONDecodeError:
        return _frame_of_odd_data(raw, event, id, json_only)


def exact(frame: Frame) -> Any:
    """The frame's value once more, with integers of any length exact: orjson makes floats of those beyond 64 bits."""
    return _loads(frame.text)


def is_inexact(value: Any) -> bool:
    """Whether a parsed number may be a long integer that lost digits."""
    return value.__class__ is float and abs(value) >= _LIMIT_OF_ORJSON


def _frame_of_odd_data(raw: bytes, event: str | None, id: str | None, json_only: bool) -> Frame:
    """Plain text, or JSON that orjson refuses: halves of surrogate pairs (joined later), bytes that are not UTF-8."""
    text = raw.decode("utf-8", "replace")
    begin = text.lstrip()[:1]
    if begin and begin in '{["':
        try:
            return Frame(raw, _loads(text), event, id)
        except (ValueError, RecursionError):
            pass  # not JSON after all: kept as text below
    bad = json_only or (bool(begin) and begin in "{[" and not _MARK.fullmatch(text.strip()))
    return Frame(raw, text, event, id, bad)


def _loads(text: str) -> Any:
    return json.loads(text, parse_constant=refuse, parse_float=finite)


def refuse(name: str) -> Any:
    """NaN and Infinity are not JSON."""
    raise ValueError(f"{name} is not JSON")


def finite(digits: str) -> float:
    """A number with a fraction or an exponent; none that is out of range."""
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise ValueError("a number is out of range")
    return number
