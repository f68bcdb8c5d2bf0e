"""Recordings looked into without an app or a database: the frames of an answer, and the fields that are in them."""

from dataclasses import dataclass
from itertools import islice

from connector.answers.detect import Detection, detect
from connector.answers.detection.problems import Answer, Ended
from connector.answers.frame import Frame
from connector.answers.reading import Reading, options_of
from connector.captures.recordings import Recorded, read_recording
from connector.errors import ConnectorError, HttpError, LimitCrossed
from connector.framings import is_html
from connector.spending.limits import Limits

# Bytes of one frame that are looked into: half of what detection reads of a whole capture. A recording is there to
# find fields in, and nobody would look for one in a larger frame; a call takes those too, up to its own limit (S12).
LARGEST_FRAME = 2**20
_OF_LIMITS: dict[str, Ended] = {"silence": "silence", "total": "endless"}


@dataclass
class Looked:
    """A recording read and looked into; `framing` is its name in the registry, empty where nothing came."""

    framing: str
    frames: list[Frame]
    detection: Detection


def recorded_in(data: bytes, content_type: str = "") -> Recorded:
    """The answer in a file: a transcript, a HAR file, or the bytes of a body, of which there may be none. Raises
    BadRecording."""
    return read_recording(data, content_type) if data.strip() else Recorded([], content_type)


def look_into(recorded: Recorded) -> Looked:
    """The frames of a recording and the fields that are in them; never raises for what a service sent."""
    head = b"".join(data for _, data in islice(recorded.reads, 1000))
    reading = Reading(recorded.content_type, Limits(frame=LARGEST_FRAME), None, options_of(recorded.content_type, head))
    frames: list[Frame] = []
    ended = _ended(recorded.failure)
    try:
        for _, data in recorded.reads:
            frames += reading.frames(data)
        frames += reading.close()
    except ConnectorError as error:
        ended = "too_large" if isinstance(error, LimitCrossed) else "reset"
    reader, framing = reading.reader, reading.framing.name if reading.framing else ""
    wait = dict(recorded.headers).get("retry-after", "")
    detection = detect(
        frames,
        framing or "text",
        comments=reader.comments if reader else 0,
        partial=bool(reader and reader.partial),
        silent_events=reader.silent_events if reader else (),
        answer=Answer(recorded.status, wait, is_html(head), head, ended),
    )
    return Looked(framing, frames, detection)


def _ended(failure: ConnectorError | None) -> Ended:
    """How an answer ended, by the error a call would have had."""
    if failure is None or isinstance(failure, HttpError):
        return "close"
    return _OF_LIMITS.get(failure.limit, "too_large") if isinstance(failure, LimitCrossed) else "reset"
