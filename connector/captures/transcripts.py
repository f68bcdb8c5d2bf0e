"""Analyses recordings without an app or a database: the frames of a response, and the fields in them."""

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

# The largest frame that is analysed, in bytes: half of what detection reads of a whole capture. Nobody would look for
# fields in a larger one; a call still accepts those, up to its own limit (S12).
LARGEST_FRAME = 2**20
_OF_LIMITS: dict[str, Ended] = {"silence": "silence", "total": "endless"}


@dataclass
class Looked:
    """An analysed recording; `framing` is its name in the registry, empty if nothing came."""

    framing: str
    frames: list[Frame]
    detection: Detection


def recorded_in(data: bytes, content_type: str = "") -> Recorded:
    """The response in a file: a transcript, a HAR file, or a body's bytes, of which there may be none. Raises
    BadRecording."""
    return read_recording(data, content_type) if data.strip() else Recorded([], content_type)


def look_into(recorded: Recorded) -> Looked:
    """The frames of a recording and the fields in them; never raises because of what a service sent."""
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
    """How a response ended, judging by the error a call would have had."""
    if failure is None or isinstance(failure, HttpError):
        return "close"
    return _OF_LIMITS.get(failure.limit, "too_large") if isinstance(failure, LimitCrossed) else "reset"
