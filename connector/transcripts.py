"""Recorded answers from files: what came over the socket, read again as a call would have read it (S17)."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from builder.errors import Invalid
from connector.decoding import Decoder
from connector.detect import Detection, detect
from connector.detection.problems import Answer, Ended
from connector.errors import BrokenOff, LimitCrossed, NotDecodable
from connector.frame import Frame
from connector.framings import is_html
from connector.limits import Limits
from connector.reading import Reading, options_of

LARGEST_FRAME = 2**20  # bytes of one frame that are looked into: half of what detection reads of a whole capture
_AFTER: dict[str, Ended] = {"reset": "reset", "hold_open": "silence"}


class BadTranscript(Invalid):
    """A file that is no recording. Data: `file`, `reason`."""

    code = "bad_transcript"
    sentence = "{file} cannot be read as a recording: {reason}."


@dataclass(frozen=True)
class Transcript:
    """An answer as it was recorded: what each read of the socket returned, still compressed if it was.

    `after` says what happened then: "close", "reset", "silence" (held open), or "endless" (the same again, for ever).
    """

    chunks: tuple[bytes, ...]
    content_type: str = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    after: Ended = "close"

    @classmethod
    def of_file(cls, path: Path, content_type: str | None = None) -> "Transcript":
        """A transcript in JSON (`{"content_type", "headers", "status", "chunks": [text or {"b64"}], "after"}`), or any
        other file as the raw bytes of a body. Raises BadTranscript, OSError."""
        raw = path.read_bytes()
        stored = _json(raw)
        if not isinstance(stored, dict) or not isinstance(stored.get("chunks"), list):
            return cls((raw,), content_type or "")
        headers = {str(name).lower(): str(value) for name, value in (stored.get("headers") or {}).items()}
        try:
            chunks = tuple(_chunk(each) for each in stored["chunks"])
        except (TypeError, KeyError, binascii.Error) as error:
            raise BadTranscript(file=path.name, reason="a chunk is neither text nor base64") from error
        return cls(
            chunks,
            content_type or stored.get("content_type") or headers.get("content-type", ""),
            int(stored.get("status") or 200),
            headers,
            "endless" if isinstance(stored.get("after"), dict) else _AFTER.get(str(stored.get("after")), "close"),
        )


@dataclass
class Looked:
    """A transcript read and looked into; `framing` is its name in the registry, empty where nothing came."""

    framing: str
    frames: list[Frame]
    detection: Detection


def look_into(transcript: Transcript) -> Looked:
    """The frames of a transcript and the fields that are in them; never raises for what a service sent."""
    pieces, whole = _decoded(transcript)
    head = b"".join(islice(pieces, 1000))
    options = options_of(transcript.content_type, head)
    reading = Reading(transcript.content_type, Limits(frame=LARGEST_FRAME), options=options)
    frames: list[Frame] = []
    ended: Ended = transcript.after if whole else "reset"
    try:
        for piece in pieces:
            frames += reading.frames(piece)
        frames += reading.close()
    except LimitCrossed:
        ended = "too_large"
    reader, framing = reading.reader, reading.framing.name if reading.framing else ""
    detection = detect(
        frames,
        framing or "text",
        comments=reader.comments if reader else 0,
        partial=bool(reader and reader.partial),
        silent_events=reader.silent_events if reader else (),
        answer=Answer(transcript.status, transcript.headers.get("retry-after", ""), is_html(head), head, ended),
    )
    return Looked(framing, frames, detection)


def _decoded(transcript: Transcript) -> tuple[list[bytes], bool]:
    """The reads with their content coding undone, and whether that ended as it should."""
    pieces: list[bytes] = []
    try:
        decoder = Decoder(transcript.headers.get("content-encoding"))
        for chunk in transcript.chunks:
            pieces += decoder.feed(chunk)
        decoder.close()
    except (BrokenOff, NotDecodable):
        return pieces, False
    return pieces, True


def _chunk(stored: Any) -> bytes:
    return stored.encode() if isinstance(stored, str) else base64.b64decode(stored["b64"])


def _json(raw: bytes) -> Any:
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        return None
