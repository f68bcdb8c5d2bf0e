"""Lines of JSON: one value a line; blank lines keep the connection alive."""

from connector.frame import Frame, frame_of
from connector.framings import Framing, Reader, framings
from connector.lines import Lines


class NdjsonReader(Reader):
    def __init__(self, limit: int):
        super().__init__(limit)
        self._lines = Lines(limit)

    def read(self, data: bytes) -> list[Frame]:
        frames = []
        for line in self._lines.feed(data):
            if line := line.strip():
                frames.append(frame_of(line, json_only=True))
            else:
                self.blank_lines += 1
        self.overflow = self._lines.overflow
        return frames

    def finish(self) -> list[Frame]:
        """A last line without its end is a frame when it can be read, else it was cut off."""
        if not (rest := self._lines.rest.strip()):
            return []
        frame = frame_of(rest, json_only=True)
        if frame.bad:
            self.partial, self.rest = True, rest
            return []
        return [frame]


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

    def sniff(self, head: bytes) -> float:
        first, newline, more = head.partition(b"\n")
        if first[:1] not in (b"{", b"["):
            return 0.0
        if not newline:
            return 0.4
        if frame_of(first.strip(), json_only=True).bad:
            return 0.0
        return 0.95 if more.lstrip().startswith(first[:1]) else 0.5

    def new(self, limit: int | None = None) -> NdjsonReader:
        return NdjsonReader(limit or self.limit)
