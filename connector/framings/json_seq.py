"""JSON text sequences (RFC 7464): a record separator before each value, a line feed after it."""

from connector.answers.frame import Frame, frame_of
from connector.answers.values import Values
from connector.framings import Framing, Reader, framings

RS = b"\x1e"


class JsonSeqReader(Reader):
    """A value is a frame as soon as it is complete. One that the next separator cuts off is a bad frame: the sender
    abandoned it, and the sequence goes on."""

    def __init__(self, limit: int):
        super().__init__(limit)
        self._values = Values(limit)

    def read(self, data: bytes) -> list[Frame]:
        frames: list[Frame] = []
        for number, part in enumerate(data.split(RS)):
            if number and (rest := self._values.flush()):
                frames.append(frame_of(rest, json_only=True))
            frames += (frame_of(raw, json_only=True) for raw in self._values.feed(part))
            self.overflow = self._values.overflow
            if self.overflow:
                break
        return frames

    def finish(self) -> list[Frame]:
        """A number without the white space that must follow it may have lost digits, so it is not a frame."""
        self.rest = self._values.flush()
        self.partial = bool(self.rest)
        return []


@framings.register
class JsonSeq(Framing):
    name = "json_seq"
    label = "JSON text sequence"
    content_types = ("application/json-seq", "application/geo+json-seq")

    def sniff(self, head: bytes, complete: bool = True) -> float | None:
        return 0.98 if head.startswith(RS) else 0.0

    def new(self, limit: int | None = None) -> JsonSeqReader:
        return JsonSeqReader(limit or self.limit)
