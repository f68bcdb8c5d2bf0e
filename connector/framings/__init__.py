"""Framings: how the bytes of a response become frames. One framing per file; `choose` finds the one a response uses."""

import re
from abc import ABC, abstractmethod
from typing import Any

from builder.registry import Registry
from connector.answers.frame import Frame
from connector.answers.steps import LARGE
from connector.errors import Damaged, LimitCrossed
from connector.spending.limits import Limits

FRAME_LIMIT = Limits().frame  # bytes (S12)
BODY_LIMIT = Limits().size
HEAD = 65_536  # bytes after which `choose` decides with what it has
_BOM = b"\xef\xbb\xbf"

framings: Registry["Framing"] = Registry("framing", "framings")


class Reader(ABC):
    """Reads one response: bytes in, frames out, and the same frames however the bytes are cut.

    It counts `frames`, `empty_frames` (dispatched without data), `comments`, `blank_lines` (in line formats) and
    `undispatched` (SSE blocks with an event or an id but no data). It holds `retry` in milliseconds and `last_id`
    (SSE); `silent_events`, the names of undispatched blocks in order, for whoever takes them; and after `close`,
    `partial` (an incomplete frame was dropped) and `rest` (its data so far).

    A reader that cannot continue sets `overflow` (a frame is over the limit) or calls `damaged`.
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
        self._damage = ""
        self._opening: bytes | None = b""

    def feed(self, data: bytes) -> list[Frame]:
        """The frames completed by these bytes. Raises FrameTooLarge (S12) or Damaged once all frames before the error
        have been returned: here, or at the next call."""
        if self._opening is not None:
            data = self._without_bom(data)
        frames = self.read(data) if data and not self.overflow else []
        if self.overflow:
            self._refuse_unless(frames)
        self.frames += len(frames)
        return frames

    def close(self) -> list[Frame]:
        """The frames completed by the end; sets `partial` and `rest`. Raises like `feed`."""
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
        """Does the work of `feed`, for bytes without the leading byte order mark. Sets `overflow` and stops at the
        limit."""

    @abstractmethod
    def finish(self) -> list[Frame]:
        """Does the work of `close`."""

    def damaged(self, reason: str) -> None:
        """Nothing can be read from here on; `reason` is a sentence without its full stop."""
        self._damage, self.overflow = reason, True

    def _refuse_unless(self, frames: list[Frame]) -> None:
        if frames:
            return
        if self._damage:
            raise Damaged(reason=self._damage)
        raise LimitCrossed.of("frame", self.limit)

    def _without_bom(self, data: bytes) -> bytes:
        """P1: a leading BOM is dropped, even if it arrives in pieces."""
        start = (self._opening or b"") + data
        if len(start) < len(_BOM) and _BOM.startswith(start):
            self._opening = start
            return b""
        self._opening = None
        return start.removeprefix(_BOM)


class WholeReader(Reader):
    """Reads a response that is a single value: its only frame comes when it is complete.

    One that `is_large` takes seconds to parse: `parse_ahead` does that before `close`, in a thread, where it blocks
    nobody else (P13).
    """

    def __init__(self, limit: int):
        super().__init__(limit)
        self._parts: list[bytes] = []
        self._size = 0
        self._ahead: list[Frame] | None = None

    @property
    def is_large(self) -> bool:
        return self._size > LARGE

    def parse_ahead(self) -> None:
        """Called once everything has been read."""
        self._ahead = self.finish()

    def read(self, data: bytes) -> list[Frame]:
        self._parts.append(data)
        self._size += len(data)
        self.overflow = self._size > self.limit
        return []

    def finish(self) -> list[Frame]:
        if self._ahead is not None:
            ahead, self._ahead, self._parts = self._ahead, None, []
            return ahead
        body = b"".join(self._parts).strip()
        return [self.whole(body)] if body else []

    @abstractmethod
    def whole(self, body: bytes) -> Frame:
        """The frame for the whole body, which is not empty."""


class Framing(ABC):
    """An entry of the registry `framings`.

    `label` is what the author reads; `content_types` are the media types that announce it; `opening` matches first
    bytes that are proof enough together with such a type; `continuous` says that its frames are mere slices of one
    text, cut where the reads were. `limit` is the most bytes in one frame (S12); `takes` names the options of its
    readers.
    """

    name: str
    label: str
    content_types: tuple[str, ...] = ()
    opening: re.Pattern[bytes] | None = None
    continuous = False
    limit = FRAME_LIMIT
    takes: tuple[str, ...] = ()

    @abstractmethod
    def sniff(self, head: bytes, complete: bool = True) -> float | None:
        """How much the first bytes of a response (without BOM and leading white space) look like it, from 0 to 1; None
        if more bytes are needed, but never if they are `complete`. More bytes never change an earlier verdict."""

    def options(self, head: bytes) -> dict[str, Any]:
        """The options for `new` that the first bytes of a response call for; empty if nothing is unusual."""
        return {}

    @abstractmethod
    def new(self, limit: int | None = None, **options: Any) -> Reader:
        """A reader for one response; `limit` in bytes per frame, None for the framing's own; accepts only its own
        options."""


def choose(content_type: str, head: bytes, complete: bool = False, expected: str | None = None) -> Framing | None:
    """The framing of a response, judging by its content type and its first bytes; if they disagree, the bytes decide.

    `expected`, the framing found when the call was initialized, outweighs the content type. None while more bytes are
    needed, but never if `complete` (the body has ended) or with `HEAD` bytes. A single JSON object is "json", which
    shows that a response is no stream; a web page is "text" (see `is_html`).
    """
    complete = complete or len(head) >= HEAD
    head = head[:HEAD].removeprefix(_BOM).lstrip(b" \t\r\n")
    announced = [framings[expected]] if expected in framings else _announced_by(content_type)
    for framing in announced:
        if framing.opening and framing.opening.match(head):
            return framing
    if not head and not complete:
        return None
    scores = {framing.name: framing.sniff(head, complete) for framing in framings.values()}
    if any(score is None for score in scores.values()) and not any(score and score > 0.9 for score in scores.values()):
        return None
    return max(framings.values(), key=lambda each: (scores[each.name] or 0) + (0.3 if each in announced else 0))


def is_html(head: bytes) -> bool:
    """Whether the first bytes of a response are a web page."""
    start = head.removeprefix(_BOM).lstrip()[:256].lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body"))


_SUFFIXES = {"json": "json", "xml": "xml", "json-seq": "json_seq"}


def _announced_by(content_type: str) -> list[Framing]:
    media_type = content_type.partition(";")[0].strip().lower()
    suffix = _SUFFIXES.get(media_type.rpartition("+")[2], "text" if media_type.startswith("text/") else "")
    named = [framing for framing in framings.values() if media_type in framing.content_types]
    return named or [framing for framing in framings.values() if framing.name == suffix]
