"""Framings: how the bytes of an answer become frames. One framing a file; `choose` finds the one an answer is in."""

from abc import ABC, abstractmethod

from builder.registry import Registry
from connector.errors import LimitCrossed
from connector.frame import Frame
from connector.limits import Limits

FRAME_LIMIT = Limits().frame  # bytes (S12)
BODY_LIMIT = Limits().size
HEAD = 65_536  # bytes after which `choose` decides with what it has
_BOM = b"\xef\xbb\xbf"

framings: Registry["Framing"] = Registry("framing", "framings")


class Reader(ABC):
    """One answer being read: bytes in, frames out, the same frames for every cut of the bytes.

    What it counts on the way: `frames`, `empty_frames` (dispatched without data), `comments`, `blank_lines` (of line
    formats), `undispatched` (SSE blocks that name an event or an id and hold no data). What it holds: `retry` in
    milliseconds and `last_id` (SSE); `silent_events`, the names of undispatched blocks in order, for whoever takes
    them; after `close`, `partial` (an unfinished frame was dropped) and `rest` (its data so far).
    """

    def __init__(self, limit: int):
        self.limit = limit
        self.frames = self.empty_frames = self.comments = self.blank_lines = self.undispatched = 0
        self.retry: int | None = None
        self.last_id: str | None = None
        self.silent_events: list[str] = []
        self.partial = False
        self.rest = b""
        self.overflow = False
        self._opening: bytes | None = b""

    def feed(self, data: bytes) -> list[Frame]:
        """The frames that these bytes finish. Raises FrameTooLarge (S12) once all frames before the large one were
        given: here, or at the next call."""
        if self._opening is not None:
            data = self._without_bom(data)
        frames = self.read(data) if data and not self.overflow else []
        if self.overflow:
            self._refuse_unless(frames)
        self.frames += len(frames)
        return frames

    def close(self) -> list[Frame]:
        """The frames that the end finishes; sets `partial` and `rest`. Raises FrameTooLarge as `feed` does."""
        opening, self._opening = self._opening, None
        frames = self.read(opening) if opening else []
        if self.overflow:
            self._refuse_unless(frames)
        else:
            frames = frames + self.finish()
        self.frames += len(frames)
        return frames

    @abstractmethod
    def read(self, data: bytes) -> list[Frame]:
        """What `feed` gives, for bytes without the leading byte order mark. Sets `overflow` and stops at the limit."""

    @abstractmethod
    def finish(self) -> list[Frame]:
        """What `close` gives."""

    def _refuse_unless(self, frames: list[Frame]) -> None:
        if not frames:
            raise LimitCrossed.of("frame", self.limit)

    def _without_bom(self, data: bytes) -> bytes:
        """P1: one leading BOM is dropped, also when it comes in pieces."""
        start = (self._opening or b"") + data
        if len(start) < len(_BOM) and _BOM.startswith(start):
            self._opening = start
            return b""
        self._opening = None
        return start.removeprefix(_BOM)


class Framing(ABC):
    """An entry of the registry `framings`.

    `label` is what the author reads; `content_types` the media types that announce it; `continuous` says that its
    frames are mere slices of one text, cut where the reads were. `limit` is the bytes one frame may have (S12).
    """

    name: str
    label: str
    content_types: tuple[str, ...] = ()
    continuous = False
    limit = FRAME_LIMIT

    @abstractmethod
    def sniff(self, head: bytes) -> float:
        """How much the first bytes of an answer (without BOM and white space before them) look like it, 0 to 1."""

    @abstractmethod
    def new(self, limit: int | None = None) -> Reader:
        """A reader for one answer; `limit` in bytes a frame, None for the framing's own."""


def choose(content_type: str, head: bytes, complete: bool = False) -> Framing | None:
    """The framing of an answer, by its content type and its first bytes; where they disagree the bytes decide.

    None while more bytes are needed to tell, never when `complete` (the body has ended) or with `HEAD` bytes. One JSON
    object is "json", which is how an answer that is no stream is known; a web page is "text" (see `is_html`).
    """
    head = head.removeprefix(_BOM).lstrip(b" \t\r\n")
    if not complete and len(head) < HEAD and not _telling(content_type, head):
        return None
    announced = _announced_by(content_type)
    return max(framings.values(), key=lambda framing: framing.sniff(head) + (0.3 if framing is announced else 0))


def is_html(head: bytes) -> bool:
    """Whether the first bytes of an answer are a web page."""
    start = head.removeprefix(_BOM).lstrip()[:256].lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body"))


def _announced_by(content_type: str) -> "Framing | None":
    media_type = content_type.partition(";")[0].strip().lower()
    named = (framing for framing in framings.values() if media_type in framing.content_types)
    suffix = "json" if media_type.endswith("+json") else "text" if media_type.startswith("text/") else ""
    return next(named, framings.get(suffix))


def _telling(content_type: str, head: bytes) -> bool:
    """Whether `head` is enough. An object needs a second line to be known as lines of objects or as one JSON value, a
    list too or a good piece of it, anything else its first line or what its content type says."""
    announced = _announced_by(content_type)
    if not head:
        return False
    if head.startswith(b"{"):
        first, newline, more = head.partition(b"\n")
        finished = bool(newline) and (bool(more.strip()) or not first.rstrip().endswith(b"}"))
        return finished or (announced is not None and announced.name == "ndjson")
    if head.startswith(b"["):
        return b"\n" in head.rstrip() or len(head) >= 1024
    return (announced is not None and announced.name == "sse") or b"\n" in head or len(head) >= 64
