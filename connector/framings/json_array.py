"""One JSON array whose elements are frames as soon as each is complete, as Gemini streams by default."""

import re

from connector.frame import Frame, frame_of
from connector.framings import Framing, Reader, framings

_OUTSIDE = re.compile(rb'["{}\[\],]')
_INSIDE = re.compile(rb'["\\]')
_SPACE = b" \t\r\n"


class JsonArrayReader(Reader):
    """Walks the bytes once, minding strings and escapes across reads; a body that is no array but values one after the
    other (an error instead of the list) gives each of them."""

    def __init__(self, limit: int):
        super().__init__(limit)
        self._parts: list[bytes] = []
        self._size = 0
        self._depth = 0
        self._base: int | None = None  # the depth elements stand at: 1 in an array, 0 outside of one
        self._in_string = self._escaped = False

    def read(self, data: bytes) -> list[Frame]:
        frames: list[Frame] = []
        start = at = 0  # where the element in hand begins, where the walk is
        if self._base is None:
            at = len(data) - len(data.lstrip(_SPACE))
            if at == len(data):
                return frames
            self._base = 1 if data[at] == 0x5B else 0
        while (found := self._next(data, at)) >= 0:
            at = found + 1
            byte = data[found]
            if byte == 0x22:  # a quote, after which the walk is inside or outside of a string
                ends, until = self._depth == self._base and not self._in_string, at
            elif byte in b"{[":
                self._depth += 1
                if self._depth == self._base:  # the array's own bracket
                    start = at
                continue
            elif byte in b"}]":
                self._depth = max(self._depth - 1, 0)
                ends, until = self._depth <= self._base, at if self._depth == self._base else found
                if self._depth < self._base:  # the array is over; what may follow stands alone
                    self._base = 0
            else:  # a comma
                ends, until = self._depth == self._base, found
            if ends:
                self._element(data[start:until], frames)
                if self.overflow:
                    return frames
                start = at
        self._keep(data[start:])
        return frames

    def finish(self) -> list[Frame]:
        """An array without its closing bracket was cut off; so was any value that is not complete."""
        rest = b"".join(self._parts).strip(_SPACE)
        self.partial, self.rest = bool(rest) or self._depth > 0, rest
        return []

    def _next(self, data: bytes, at: int) -> int:
        """Where the next byte that matters is, -1 for none in this read; a quote turns `_in_string`."""
        while at < len(data):
            if self._escaped:
                self._escaped = False
                at += 1
                continue
            found = (_INSIDE if self._in_string else _OUTSIDE).search(data, at)
            if found is None:
                return -1
            at = found.start()
            if data[at] == 0x5C:
                self._escaped = True
                at += 1
                continue
            if data[at] == 0x22:
                self._in_string = not self._in_string
            return at
        return -1

    def _element(self, last: bytes, frames: list[Frame]) -> None:
        self._keep(last)
        raw = b"".join(self._parts).strip(_SPACE)
        self._parts, self._size = [], 0
        if raw and not self.overflow:
            frames.append(frame_of(raw, json_only=True))

    def _keep(self, part: bytes) -> None:
        if not self._parts:
            part = part.lstrip(_SPACE)
        if part:
            self._parts.append(part)
            self._size += len(part)
            self.overflow = self._size > self.limit


@framings.register
class JsonArray(Framing):
    name = "json_array"
    label = "One JSON array"

    def sniff(self, head: bytes) -> float:
        return 0.8 if head.startswith(b"[") else 0.0

    def new(self, limit: int | None = None) -> JsonArrayReader:
        return JsonArrayReader(limit or self.limit)
