"""Lines of JSON, each preceded by a code, `0:"text"`: the data stream of the AI SDK 4."""

import re

import orjson

from connector.answers.frame import Frame, frame_of
from connector.answers.lines import Lines
from connector.framings import Framing, Reader, framings

_LINE = re.compile(rb"([0-9a-z]):(.*)", re.S)
_BEGUN = re.compile(rb"[0-9a-z](:\s*([\"{\[].*)?)?", re.S)


class PrefixedReader(Reader):
    """A frame's value is `{"code": …, "value": …}`."""

    def __init__(self, limit: int):
        super().__init__(limit)
        self._lines = Lines(limit)

    def read(self, data: bytes) -> list[Frame]:
        frames = []
        for line in self._lines.feed(data):
            if line := line.strip():
                frames.append(_frame(line))
            else:
                self.blank_lines += 1
        self.overflow = self._lines.overflow
        return frames

    def finish(self) -> list[Frame]:
        """A last line without a line break is a frame if it can be parsed, else it was cut off."""
        if not (rest := self._lines.rest.strip()):
            return []
        frame = _frame(rest)
        if frame.bad:
            self.partial, self.rest = True, rest
            return []
        return [frame]


def _frame(line: bytes) -> Frame:
    if not (found := _LINE.fullmatch(line)) or (inner := frame_of(found[2].strip(), json_only=True)).bad:
        return frame_of(line, json_only=True)
    code = found[1].decode()
    raw = b'{"code":%s,"value":%s}' % (orjson.dumps(code), inner.raw)
    return Frame(raw, {"code": code, "value": inner.value})


@framings.register
class Prefixed(Framing):
    name = "prefixed_json_lines"
    label = "Lines of code and JSON"

    def sniff(self, head: bytes, complete: bool = True) -> float | None:
        first, newline, _ = head.partition(b"\n")
        if not _BEGUN.fullmatch(first.strip()):
            return 0.0
        if newline or complete:
            return 0.0 if _frame(first.strip()).bad else 0.8
        return None

    def new(self, limit: int | None = None) -> PrefixedReader:
        return PrefixedReader(limit or self.limit)
