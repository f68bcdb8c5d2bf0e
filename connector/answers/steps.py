"""Parses large JSON in small steps: in its own thread, it blocks the event loop for no longer than one of them.

A parser written in C holds the interpreter from the first byte to the last, about a second for every few megabytes.
Here only what is nested several levels deep is left to it.
"""

import gc
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from connector.answers.frame import Frame, finite, refuse

# The size in bytes from which a thread is worth it.
LARGE = 2**19
# How many levels are walked here, except for lists whose first element is small and objects with many members, which
# are assumed to hold records.
_DEEP = 5
_SMALL, _MANY = 2**15, 64  # letters, members
_SPACE = " \t\r\n"
_scan = json.JSONDecoder(parse_constant=refuse, parse_float=finite).raw_decode


_without = 0  # how many want no collection now


@contextmanager
def no_collection() -> Iterator[None]:
    """Suspend garbage collection while a large value is built and consumed: each collection would scan all of it in a
    single step that blocks everybody."""
    global _without
    _without += 1
    gc.disable()
    try:
        yield
    finally:
        _without -= 1
        if not _without:
            gc.enable()


def frame_in_steps(raw: bytes) -> Frame:
    """Like `frame_of` with `json_only`; integers of any length are exact."""
    text = raw.decode("utf-8", "replace")
    try:
        value, end = _value(text, _after_space(text, 0), _DEEP)
        if _after_space(text, end) != len(text):
            raise ValueError("more than one value")
    except (ValueError, IndexError, RecursionError):
        return Frame(raw, text, bad=True)
    return Frame(raw, value)


def _value(text: str, at: int, depth: int) -> tuple[Any, int]:
    """The value that begins here, and where it ends."""
    if depth and text[at] == "{":
        return _object(text, at + 1, depth)
    if depth and text[at] == "[":
        return _list(text, at + 1, depth)
    return _scan(text, at)


def _object(text: str, at: int, depth: int) -> tuple[dict[str, Any], int]:
    found: dict[str, Any] = {}
    at = _after_space(text, at)
    if text[at] == "}":
        return found, at + 1
    while True:
        _expect(text, at, '"')
        key, at = _scan(text, at)
        at = _after_space(text, at)
        _expect(text, at, ":")
        found[key], at = _value(text, _after_space(text, at + 1), depth - 1 if len(found) < _MANY else 0)
        at = _after_space(text, at)
        if text[at] == "}":
            return found, at + 1
        _expect(text, at, ",")
        at = _after_space(text, at + 1)


def _list(text: str, at: int, depth: int) -> tuple[list[Any], int]:
    found: list[Any] = []
    at = _after_space(text, at)
    if text[at] == "]":
        return found, at + 1
    while True:
        begin = at
        value, at = _value(text, at, depth - 1)
        depth = depth if found or at - begin > _SMALL else 1
        found.append(value)
        at = _after_space(text, at)
        if text[at] == "]":
            return found, at + 1
        _expect(text, at, ",")
        at = _after_space(text, at + 1)


def _after_space(text: str, at: int) -> int:
    while text[at : at + 1] in _SPACE and at < len(text):
        at += 1
    return at


def _expect(text: str, at: int, sign: str) -> None:
    if text[at] != sign:
        raise ValueError(f"{sign} is missing")
