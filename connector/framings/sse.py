"""Server-sent events, following the HTML Standard 9.2.6 (P1)."""

import re

from connector.answers.frame import Frame, frame_of
from connector.answers.lines import CR, Lines
from connector.framings import Framing, Reader, framings

_FIELD = re.compile(rb"[A-Za-z][\w.-]*(:|$)")
_KNOWN = re.compile(rb"(data|event|id|retry)(:|$)|:")
_LINE_END = re.compile(rb"\r\n|\r|\n")
_BLOCK_END = re.compile(rb"(?:\r\n|\n|\r(?!\n)){2}")
_MOST_BARE = 1000  # lines of an object outside of any event
_NO_PIECE = re.compile(rb" ?[{\[]\S+ *$")
_QUICK = 16_384  # bytes that may wait for their line's end and be looked at again with each read


class SseReader(Reader):
    """`keep_leading_space` is for servers that write plain text right after `data:`; the Standard would drop a space at
    the beginning of a piece."""

    def __init__(self, limit: int, keep_leading_space: bool = False):
        super().__init__(limit)
        self._lines = Lines(limit, lone_cr=True)
        self._keep_space = keep_leading_space
        self._quick = min(limit, _QUICK)
        self._rest = b""  # the line that has begun, unless `_lines` has it
        self._common = () if keep_leading_space else (b"data: ",)
        self._data: list[bytes] = []
        self._size = 0
        self._event: str | None = None
        self._id: str | None = None
        self._named = False
        self._bare: list[bytes] = []

    def read(self, data: bytes) -> list[Frame]:
        held = self._data
        if (  # the quick way of the most common reads: nothing begun before, whole events of one line of data each
            data.startswith(self._common)
            and data.endswith(b"\n\n")
            and not (held or self._named or self._rest or self._lines.begun or CR in data)
            and len(data) <= self.limit
        ):
            events = data[6:-2].split(b"\n\ndata: ")
            if data.count(b"\n") == 2 * len(events) and all(events):
                return [frame_of(event, None, self._id) for event in events]
        frames: list[Frame] = []
        for line in self._cut(data):
            if not line:
                if len(held) == 1 and held[0] and not self._named:
                    frames.append(frame_of(held.pop(), None, self._id))
                else:
                    self._end_block(frames)
            elif not held and line.startswith(self._common):
                held.append(line[6:])
            else:
                self._field(line)
                if self.overflow:
                    return frames
        self.overflow = self._lines.overflow
        return frames

    def _cut(self, data: bytes) -> list[bytes]:
        """The lines completed by these bytes. A few without a CR are split here; the rest waits in `_rest`."""
        if not (self._lines.begun or CR in data or len(self._rest) + len(data) > self._quick):
            lines = (self._rest + data).split(b"\n")
            self._rest = lines.pop()
            return lines
        rest, self._rest = self._rest, b""
        return self._lines.feed(rest + data)

    def finish(self) -> list[Frame]:
        """An incomplete block is dropped, together with its id. A JSON object after the events, without `data:`, is how
        some services report a failure (Gemini), so it is a frame."""
        rest = self._rest or self._lines.rest
        if self._bare and isinstance((last := frame_of(b"\n".join((*self._bare, rest)))).value, dict):
            return [last]
        if rest:
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
        elif name == b"retry":
            self.retry = int(value[:18]) if value.isdigit() else self.retry
        elif (self._bare or line.startswith(b"{")) and len(self._bare) < _MOST_BARE:
            self._bare.append(line)


@framings.register
class Sse(Framing):
    name = "sse"
    label = "Server-sent events"
    content_types = ("text/event-stream",)
    opening = re.compile(rb"[:deir]")
    takes = ("keep_leading_space",)

    def sniff(self, head: bytes, complete: bool = True) -> float | None:
        """Lines with the fields that the Standard names; lines of other fields may precede them if they are empty."""
        if head[:1] in (b"{", b"[", b"<", b""):
            return 0.0
        for line in _LINE_END.split(head[:4096]):
            if _KNOWN.match(line):
                return 0.95
            if not _FIELD.match(line):
                return 0.1
            if not line.endswith(b":") and b":" in line:
                return 0.15
        return 0.15 if complete or len(head) >= 4096 else None

    def options(self, head: bytes) -> dict[str, bool]:
        """`keep_leading_space` for a server that does not add a space of its own after `data:`."""
        return {"keep_leading_space": True} if _adds_no_space(head) else {}

    def new(self, limit: int | None = None, keep_leading_space: bool = False) -> SseReader:
        return SseReader(limit or self.limit, keep_leading_space)


def _adds_no_space(head: bytes) -> bool:
    """Whether pieces of plain text begin with the space that the Standard takes for the server's.

    A server that adds a space does so before every piece, so a piece that begins with a space has two. If some of the
    first data lines begin with a letter, others with one space and hardly any with two, the spaces belong to the text.
    Only the event with the most pieces is examined, and neither JSON nor marks such as `[DONE]`.
    """
    pieces: dict[bytes, list[bytes]] = {}
    for block in _BLOCK_END.split(head.removeprefix(b"\xef\xbb\xbf"))[:-1]:
        lines = _LINE_END.split(block)
        data = next((line[5:] for line in lines if line.startswith(b"data:")), b"")
        if data.strip() and not _NO_PIECE.match(data):
            event = next((line[6:].strip() for line in lines if line.startswith(b"event:")), b"")
            pieces.setdefault(event, []).append(data)
    most = max(pieces.values(), key=len, default=[])
    bare = {piece for piece in most if piece[:1] != b" "}
    spaced = [piece for piece in most if piece[:1] == b" "]
    doubled = sum(piece[:2] == b"  " for piece in spaced)
    begins_bare = bool(most) and most[0] in bare
    return (len(bare) > 1 or begins_bare) and len(spaced) > 1 and doubled * 3 < len(spaced)
