"""Multipart bodies (RFC 2046): each part's body is a frame, as GraphQL servers deliver deferred results."""

import re

from connector.answers.frame import Frame, frame_of
from connector.answers.lines import Lines
from connector.answers.values import first_value
from connector.framings import Framing, Reader, framings

_START = re.compile(rb"--(\S{1,70})[ \t]*\r?\n(content-[a-z-]+:|\r?\n)", re.I)


class MultipartReader(Reader):
    """The boundary is the first line that begins with two hyphens. The line break before a boundary belongs to it. A
    part is a frame once the boundary after it has begun, which many servers send immediately."""

    def __init__(self, limit: int):
        super().__init__(limit)
        self._lines = Lines(limit)
        self._boundary = b""
        self._headers: dict[str, str] | None = None  # None outside of a part
        self._in_body = False
        self._body: list[bytes] = []
        self._size = 0
        self._taken = False  # the part was given while the boundary behind it was still coming
        self._torn = False  # the part holds a line that begins like the boundary and is none

    def read(self, data: bytes) -> list[Frame]:
        frames: list[Frame] = []
        for line in self._lines.feed(data):
            if not self._line(line, frames):
                return frames
        self.overflow = self._lines.overflow
        if self._in_body and not self._taken and self._boundary_begun() and self._is_whole():
            frames.append(self._part())
            self._taken = True
        return frames

    def finish(self) -> list[Frame]:
        """A part without a boundary after it was cut off."""
        rest = self._lines.rest
        if self._boundary and rest.rstrip() in (self._boundary, self._boundary + b"--"):
            frames: list[Frame] = []
            self._line(rest, frames)
            return frames
        if self._headers is not None and not self._taken:
            self.rest = b"\n".join([*self._body, rest])
            self.partial = bool(self._headers or self.rest.strip())
        return []

    def _line(self, line: bytes, frames: list[Frame]) -> bool:
        """Take one line; False if the part is over the limit."""
        if self._is_boundary(line):
            if self._in_body and not self._taken:
                frames.append(self._part())
            self._taken, self._in_body, self._body, self._size, self._torn = False, False, [], 0, False
            self._headers = None if line.rstrip() == self._boundary + b"--" else {}
        elif self._in_body:
            self._body.append(line)
            self._size += len(line) + 1
            self.overflow = self._size - 1 > self.limit
        elif self._headers is not None:
            self._header(line.rstrip(b"\r"))
        return not self.overflow

    def _is_boundary(self, line: bytes) -> bool:
        """Whether a line is the boundary or the last one: nothing else may be on it, unless the part before it is
        complete."""
        if not self._boundary:
            if line.startswith(b"--") and line.rstrip() != b"--":
                self._boundary = line.rstrip()
            return bool(self._boundary)
        if not line.startswith(self._boundary):
            return False
        return line.rstrip() in (self._boundary, self._boundary + b"--") or (self._in_body and self._is_whole())

    def _boundary_begun(self) -> bool:
        return self._lines.size == len(self._boundary) and self._lines.rest == self._boundary

    def _header(self, line: bytes) -> None:
        if not line:
            self._in_body = True
            return
        name, _, value = line.partition(b":")
        assert self._headers is not None
        self._headers[name.strip().lower().decode("latin-1")] = value.strip().decode("utf-8", "replace")

    def _is_whole(self) -> bool:
        """Whether the body so far is one JSON value. Determined once per part: if it is not, a line that begins like
        the boundary belongs to the part, and a part that contains such a line is never JSON."""
        if self._torn:
            return False
        found = first_value(b"\n".join(self._body).strip())
        self._torn = found is None or bool(found[1].strip())
        return not self._torn

    def _part(self) -> Frame:
        raw = b"\n".join(self._body).removesuffix(b"\r")
        frame = frame_of(raw, json_only="json" in (self._headers or {}).get("content-type", ""))
        frame.headers = self._headers
        return frame


@framings.register
class Multipart(Framing):
    name = "multipart"
    label = "Multipart"
    content_types = ("multipart/mixed", "multipart/x-mixed-replace", "multipart/related", "multipart/form-data")

    def sniff(self, head: bytes, complete: bool = True) -> float | None:
        if not b"--".startswith(head[:2]) or not head:
            return 0.0
        if _START.match(head):
            return 0.9
        return 0.0 if complete or head.count(b"\n") > 1 or len(head) > 200 else None

    def new(self, limit: int | None = None) -> MultipartReader:
        return MultipartReader(limit or self.limit)
