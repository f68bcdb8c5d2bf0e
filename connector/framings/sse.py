"""Server-sent events, by the HTML Standard 9.2.6 (P1)."""

import re

from connector.frame import Frame, frame_of
from connector.framings import Framing, Reader, framings
from connector.lines import CR, Lines

_FIELD = re.compile(rb"[A-Za-z][\w.-]*(:|$)")
_KNOWN = re.compile(rb"(data|event|id|retry)(:|$)|:")


class SseReader(Reader):
    """`keep_leading_space` is for servers that write plain text straight after `data:`, where the Standard would eat
    the space a piece begins with."""

    def __init__(self, limit: int, keep_leading_space: bool = False):
        super().__init__(limit)
        self._lines = Lines(limit, lone_cr=True)
        self._keep_space = keep_leading_space
        self._common = () if keep_leading_space else (b"data: ",)
        self._data: list[bytes] = []
        self._size = 0
        self._event: str | None = None
        self._id: str | None = None
        self._named = False

    def read(self, data: bytes) -> list[Frame]:
        held = self._data
        if (  # the quick way of the most common read: one line of data, a blank line, and nothing begun before
            data.startswith(self._common)
            and data.endswith(b"\n\n")
            and data.find(b"\n") == len(data) - 2
            and not (held or self._named or self._lines.begun or CR in data)
            and 8 < len(data) <= self.limit
        ):
            return [frame_of(data[6:-2], None, self._id)]
        frames: list[Frame] = []
        for line in self._lines.feed(data):
            if not line:
                self._end_block(frames)
            elif not held and line.startswith(self._common):
                held.append(line[6:])
            else:
                self._field(line)
                if self.overflow:
                    return frames
        self.overflow = self._lines.overflow
        return frames

    def finish(self) -> list[Frame]:
        """An unfinished block is dropped, with its id."""
        if rest := self._lines.rest:
            self.partial = not rest.startswith(b":")
            if rest.startswith(b"data:"):
                self._data.append(rest[5:].removeprefix(b" "))
        self.partial = self.partial or bool(self._data or self._named)
        self.rest = b"\n".join(self._data)
        return []

    def _end_block(self, frames: list[Frame]) -> None:
        held = self._data
        self.last_id = self._id
        if held:
            raw = held[0] if len(held) == 1 else b"\n".join(held)
            frames.append(frame_of(raw, self._event, self._id))
            self.empty_frames += not raw
            held.clear()
        elif self._named:
            self.undispatched += 1
            if self._event:
                self.silent_events.append(self._event)
        self._event = None
        self._named = False

    def _field(self, line: bytes) -> None:
        name, _, value = line.partition(b":")
        if not name:
            self.comments += 1
            return
        if value.startswith(b" ") and not (self._keep_space and name == b"data"):
            value = value[1:]
        if name == b"data":
            if len(self._data) < 2:
                self._size = sum(map(len, self._data))
            self._data.append(value)
            self._size += len(value) + 1
            self.overflow = self._size > self.limit
        elif name == b"event":
            self._event = value.decode("utf-8", "replace") or None
            self._named = True
        elif name == b"id":
            self._named = True
            if b"\0" not in value:
                self._id = value.decode("utf-8", "replace")
        elif name == b"retry" and value.isdigit():
            self.retry = int(value[:18])


@framings.register
class Sse(Framing):
    name = "sse"
    label = "Server-sent events"
    content_types = ("text/event-stream",)

    def sniff(self, head: bytes) -> float:
        block = re.split(rb"(?:\r\n|\r|\n){2}", head, maxsplit=1)[0]
        lines = re.split(rb"\r\n|\r|\n", block)
        if not all(_FIELD.match(line) or line.startswith(b":") for line in lines):
            return 0.0 if head[:1] in (b"{", b"[", b"<") else 0.1
        return 0.95 if any(_KNOWN.match(line) for line in lines) else 0.15

    def new(self, limit: int | None = None, keep_leading_space: bool = False) -> SseReader:
        return SseReader(limit or self.limit, keep_leading_space)
