"""A JSON array whose elements are frames as soon as each is complete, as Gemini streams by default."""

import re

from connector.answers.frame import Frame, frame_of
from connector.answers.values import Values
from connector.framings import Framing, Reader, framings

_LONGEST_LINE = 1024  # bytes: a list that is longer and has no line end is rather the whole answer


class JsonArrayReader(Reader):
    """A body that is not an array but a series of values (an error instead of the list) yields each of them."""

    def __init__(self, limit: int):
        super().__init__(limit)
        self._values = Values(limit, elements=True)

    def read(self, data: bytes) -> list[Frame]:
        frames = [frame_of(raw, json_only=True) for raw in self._values.feed(data)]
        self.overflow = self._values.overflow
        return frames

    def finish(self) -> list[Frame]:
        """An array without its closing bracket was cut off, and so was any incomplete value."""
        is_open = self._values.depth > 0
        self.rest = self._values.flush()
        self.partial = bool(self.rest) or is_open
        return []


@framings.register
class JsonArray(Framing):
    name = "json_array"
    label = "One JSON array"
    content_types = ("application/json",)
    opening = re.compile(rb"\[\s*\{")

    def sniff(self, head: bytes, complete: bool = True) -> float | None:
        """A list that continues after its first line; one that ends there may be the first of many lines."""
        if not head.startswith(b"["):
            return 0.0
        first, newline, more = head.partition(b"\n")
        if len(first) >= _LONGEST_LINE or (newline and frame_of(first.strip(), json_only=True).bad):
            return 0.97
        return 0.5 if complete or more.strip() else None

    def new(self, limit: int | None = None) -> JsonArrayReader:
        return JsonArrayReader(limit or self.limit)
