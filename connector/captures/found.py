"""Analyses stored captures without calling anybody (S17), remembering the most recent results."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from connector.answers.detect import Detection, detect
from connector.answers.detection.problems import Answer, Ended
from connector.answers.detection.suggestions import Suggestion
from connector.answers.frame import Frame
from connector.answers.reading import WHOLE, Reading, options_of
from connector.errors import ConnectorError, LimitCrossed
from connector.framings import HEAD
from connector.models import Capture
from connector.spending.limits import Limits

# The last few captures of up to this many bytes stay parsed; of larger ones only the last.
_SMALL = 2**20
# Captures larger than this many bytes are not analysed merely to be listed.
_LISTED = 2**18


# What is found in responses without frames: a file is one value, an empty one has none.
_FILE = Suggestion("File", "file", "$", {}, "delta", True, 1.0, "The whole answer is the file.", 1)
UNFRAMED = {"file": (_FILE,), "empty": ()}


@dataclass
class Found:
    """An analysed capture: its frames with their arrival times, the fields in them, and its framing."""

    capture: Capture
    framing: str
    frames: list[Frame]
    times: list[float]
    detection: Detection
    framing_options: dict[str, Any] = field(default_factory=dict)


def look_at(capture: Capture, response_type: str = "stream") -> Found:
    """Analyse a stored capture as Initialize would, without calling anybody (S17). Takes a moment for a large one, so
    it belongs in a thread."""
    if response_type in UNFRAMED and capture.status < 400:
        return Found(capture, response_type, [], [], Detection(list(UNFRAMED[response_type])))
    reads, known = capture.reads(), WHOLE.get(response_type)
    options = options_of(capture.content_type, bytes(capture.body[:HEAD]), known)
    reading = Reading(capture.content_type, Limits(), known, options)
    frames: list[Frame] = []
    times: list[float] = []
    ended: Ended = "close"
    # A frame over the limit or a damaged one ended the call, but everything before it is there.
    try:
        for at, data in reads:
            came = reading.frames(data)
            frames += came
            times += [at] * len(came)
        came = reading.close()
        frames, times = frames + came, times + [capture.seconds] * len(came)
    except ConnectorError as error:
        ended = "too_large" if isinstance(error, LimitCrossed) else "reset"
    reader, framing = reading.reader, reading.framing.name if reading.framing else "text"
    refused = capture.status >= 400
    detection = detect(
        frames,
        framing,
        comments=reader.comments if reader else 0,
        partial=bool(reader and reader.partial) and capture.ended == "close",
        silent_events=reader.silent_events if reader else (),
        closed=capture.ended == "close",
        answer=Answer(
            status=capture.status if refused else 200,
            page=reading.is_page,
            head=reading.head[:HEAD],
            ended=ended,
        ),
    )
    return Found(capture, framing, frames, times, detection, options)


def found_in(capture: Capture, response_type: str) -> Found:
    """What a capture contains, read as a response of that type."""
    return (_look_at if capture.size <= _SMALL else _look_at_large)(str(capture.pk), response_type)


@lru_cache(maxsize=8)
def _look_at(key: str, response_type: str) -> Found:
    return look_at(Capture.objects.get(pk=key), response_type)


@lru_cache(maxsize=1)
def _look_at_large(key: str, response_type: str) -> Found:
    return look_at(Capture.objects.get(pk=key), response_type)


def first_look(capture: Capture, response_type: str) -> Found:
    """Analyse a capture that was just stored, and record what is wrong with it for the list of captures."""
    found = found_in(capture, response_type)
    capture.request = capture.request | {"problem": [response_type, _problem(found, response_type)]}
    capture.save(update_fields=["request"])
    return found


def problem_in(capture: Capture, response_type: str) -> str:
    """What is wrong with a capture: one of the kinds in `detection.problems`, `plain_text` for a stream that is neither
    framed nor grows, `unread` for a large one that was analysed as another type; empty if nothing is wrong."""
    read_as, problem = capture.request.get("problem") or ("", "")
    if read_as == response_type:
        return problem
    return _problem_in(str(capture.pk), response_type) if capture.size <= _LISTED else "unread"


@lru_cache(maxsize=2000)
def _problem_in(key: str, response_type: str) -> str:
    return _problem(look_at(Capture.objects.get(pk=key), response_type), response_type)


def _problem(found: Found, response_type: str) -> str:
    kind = (found.detection.problem or {}).get("kind", "")
    if kind in ("not_a_stream", "empty") and response_type != "stream":
        return kind if kind == "empty" and response_type != "empty" else ""
    text = response_type == "stream" and found.framing == "text" and len(found.frames) < 2
    return kind or ("plain_text" if text else "")
