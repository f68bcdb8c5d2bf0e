"""Extracts whole JSON values from bytes that may be cut anywhere, in linear time and under a limit."""

import json
import re
from functools import lru_cache

_STRING_ENDS = re.compile(rb'(?:[^"\\]++|\\.)*+"', re.S)
# Skips everything that does not change the depth, including whole strings: one step of the regex engine instead of one
# of ours per byte.
_INSIDE = re.compile(rb'[^"{}\[\]]*+(?:"(?:[^"\\]++|\\.)*+"[^"{}\[\]]*+)*+', re.S)
_BETWEEN_ELEMENTS = re.compile(rb'[^"{}\[\],]*+')
_BETWEEN_VALUES = re.compile(rb'[^"{}\[\],\s]*+')
_SPACE = b" \t\r\n"
_QUOTE, _ARRAY = 0x22, 0x5B
_DECODER = json.JSONDecoder()


class Values:
    """Walks the bytes once, keeping track of strings and escapes across reads, and yields each value as soon as it is
    complete.

    With `elements` the body may be a single array, whose elements are the values; anything that is not an array, or
    follows one, is values separated by white space, commas or nothing. Text that is not JSON is cut at the same places
    and passed on as it is. A value of more than `limit` bytes sets `overflow`: values before it are still yielded,
    nothing after it is. `depth` counts the open brackets.
    """

    def __init__(self, limit: int, elements: bool = False):
        self.limit = limit
        self.overflow = False
        self.depth = 0
        self._base: int | None = None if elements else 0  # the depth values stand at: 1 in an array, 0 outside of one
        self._in_string = self._escaped = False
        self._parts: list[bytes] = []
        self._size = 0

    def feed(self, data: bytes) -> list[bytes]:
        """The values completed by these bytes."""
        values: list[bytes] = []
        start = at = 0  # where the value in hand begins, where the walk is
        if self._base is None:
            at = len(data) - len(data.lstrip(_SPACE))
            if at == len(data):
                return values
            self._base = 1 if data[at] == _ARRAY else 0
        while (at := self._next(data, at)) >= 0:
            byte, until = data[at - 1], at
            if byte in b"{[":
                self.depth += 1
                if self.depth == self._base:  # the array's own bracket
                    start = at
                continue
            if byte in b"}]":
                self.depth = max(self.depth - 1, 0)
                until = at if self.depth == self._base else at - 1
                ends = self.depth <= self._base
                if self.depth < self._base:  # the array is over; what may follow stands alone
                    self._base = 0
            elif byte == _QUOTE:  # the end of a string
                ends = self.depth == self._base
            else:
                ends, until = True, at - 1
            if ends:
                self._end(data[start:until], values)
                if self.overflow:
                    return values
                start = at
        self._keep(data[start:])
        return values

    def flush(self) -> bytes:
        """What has begun but is not finished; a new value may begin afterwards."""
        rest = b"".join(self._parts).strip(_SPACE)
        self._parts, self._size, self.depth = [], 0, 0
        self._in_string = self._escaped = False
        return rest

    def _next(self, data: bytes, at: int) -> int:
        """The position after the next byte that may open or close a value, -1 if there is none in this read."""
        size = len(data)
        while at < size:
            if not self._in_string:
                quiet = _INSIDE if self.depth > self._base else _BETWEEN_ELEMENTS if self._base else _BETWEEN_VALUES
                at = quiet.match(data, at).end() + 1  # type: ignore[union-attr]
                if at > size:
                    return -1
                if data[at - 1] != _QUOTE:
                    return at
                self._in_string = True
                continue
            if self._escaped:
                self._escaped = False
                at += 1
            if not (found := _STRING_ENDS.match(data, at)):
                tail = data[at:]
                self._escaped = (len(tail) - len(tail.rstrip(b"\\"))) % 2 == 1
                return -1
            at = found.end()
            self._in_string = False
            if self.depth == self._base:
                return at
        return -1

    def _end(self, last: bytes, values: list[bytes]) -> None:
        self._keep(last)
        raw = b"".join(self._parts).strip(_SPACE)
        self._parts, self._size = [], 0
        if raw and not self.overflow:
            values.append(raw)

    def _keep(self, part: bytes) -> None:
        if not self._parts:
            part = part.lstrip(_SPACE)
        if part:
            self._parts.append(part)
            self._size += len(part)
            self.overflow = self._size > self.limit


@lru_cache(maxsize=4)
def first_value(head: bytes) -> tuple[bytes, bytes] | None:
    """The JSON value that some bytes begin with, and what follows it; None if it is incomplete or not JSON."""
    text = head.decode("utf-8", "surrogateescape")
    try:
        _, end = _DECODER.raw_decode(text)
    except (ValueError, RecursionError):
        return None
    return text[:end].encode("utf-8", "surrogateescape"), text[end:].encode("utf-8", "surrogateescape")


def is_broken(head: bytes) -> bool:
    """Whether bytes that are not a JSON value cannot be the beginning of one either."""
    text = head.decode("utf-8", "replace")
    try:
        _DECODER.raw_decode(text)
    except json.JSONDecodeError as error:
        # Truncated input fails at its very end; a literal such as `false` has at most five letters.
        return error.msg.startswith("Expecting") and error.pos < len(text) - 5
    except (ValueError, RecursionError):
        return True
    return False
