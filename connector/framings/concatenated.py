"""JSON values one after another without separators, or each spread over several lines."""

from connector.answers.frame import Frame, frame_of
from connector.answers.values import Values, first_value
from connector.framings import Framing, Reader, framings


class ConcatenatedReader(Reader):
    def __init__(self, limit: int):
        super().__init__(limit)
        self._values = Values(limit)

    def read(self, data: bytes) -> list[Frame]:
        frames = [frame_of(raw, json_only=True) for raw in self._values.feed(data)]
        self.overflow = self._values.overflow
        return frames

    def finish(self) -> list[Frame]:
        """A number or a word at the end is a frame; anything else that is incomplete was cut off."""
        if not (rest := self._values.flush()):
            return []
        frame = frame_of(rest, json_only=True)
        if frame.bad:
            self.partial, self.rest = True, rest
            return []
        return [frame]


@framings.register
class Concatenated(Framing):
    name = "concatenated"
    label = "JSON values without lines"

    def sniff(self, head: bytes, complete: bool = True) -> float | None:
        """A second value right after the first, or after one with line breaks inside."""
        if head[:1] != b"{" or not (found := first_value(head)):
            return 0.0
        value, after = found
        gap = after[: len(after) - len(after.lstrip())]
        return 0.96 if after.lstrip()[:1] == b"{" and (b"\n" not in gap or b"\n" in value) else 0.0

    def new(self, limit: int | None = None) -> ConcatenatedReader:
        return ConcatenatedReader(limit or self.limit)
