"""Lines of JSON: one value per line; blank lines keep the connection alive."""

import re

from connector.answers.frame import Frame, frame_of
from connector.answers.lines import Lines
from connector.answers.values import Values
from connector.framings import Framing, Reader, framings

_LONGEST_LIST = 1024  # bytes of a first line that is a list: a longer one is rather the whole answer


class NdjsonReader(Reader):
    def __init__(self, limit: int):
        super().__init__(limit)
        self._lines = Lines(limit)

    def read(self, data: bytes) -> list[Frame]:
        frames: list[Frame] = []
        for line in self._lines.feed(data):
            if not (line := line.strip()):
                self.blank_lines += 1
                continue
            frame = frame_of(line, json_only=True)
            frames += (self._several(line) or (frame,)) if frame.bad else (frame,)
        self.overflow = self._lines.overflow
        return frames

    def finish(self) -> list[Frame]:
        """A last line without a line break is a frame if it can be parsed, else it was cut off."""
        if not (rest := self._lines.rest.strip()):
            return []
        frame = frame_of(rest, json_only=True)
        if not frame.bad:
            return [frame]
        if not (several := self._several(rest)):
            self.partial, self.rest = True, rest
        return several

    def _several(self, line: bytes) -> list[Frame]:
        """The values on a line that contains several, empty if it does not."""
        values = Values(self.limit)
        frames = [frame_of(raw, json_only=True) for raw in values.feed(line)]
        return [] if values.flush() or any(frame.bad for frame in frames) else frames


@framings.register
class Ndjson(Framing):
    name = "ndjson"
    label = "Lines of JSON"
    content_types = (
        "application/x-ndjson",
        "application/ndjson",
        "application/jsonl",
        "application/x-jsonlines",
        "application/jsonlines",
        "application/json-lines",
        "application/x-json-stream",
        "application/stream+json",
    )
    opening = re.compile(rb"(\{[^\n]*\}|\[[^\n]*\])[ \t\r]*\n")

    def sniff(self, head: bytes, complete: bool = True) -> float | None:
        """Two values of the same kind on two lines."""
        first, newline, more = head.partition(b"\n")
        if first[:1] not in (b"{", b"["):
            return 0.0
        if not newline:
            may_be = first[:1] == b"{" or len(first) < _LONGEST_LIST
            return 0.0 if not may_be else 0.4 if complete else None
        if frame_of(first.strip(), json_only=True).bad or (first[:1] == b"[" and len(first) >= _LONGEST_LIST):
            return 0.0
        if more := more.lstrip():
            return 0.95 if more[:1] == first[:1] else 0.5
        return 0.5 if complete else None

    def new(self, limit: int | None = None) -> NdjsonReader:
        return NdjsonReader(limit or self.limit)
