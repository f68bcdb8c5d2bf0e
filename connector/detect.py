"""Finds the response fields of a captured stream, so that its author only presses Save (S15, S16)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from connector.detection.ends import end_of, is_unfinished
from connector.detection.kinds import Kinds
from connector.detection.leaves import is_mark, sample, tracks
from connector.detection.problems import error_of, error_sign, problem_of
from connector.detection.suggestions import Suggestion, suggestions, whole_body
from connector.detection.texts import candidates
from connector.detection.values import values
from connector.extract import Extraction, Field
from connector.frame import Frame
from connector.stream import Stream, StreamValue


@dataclass
class Detection:
    """What was found in a capture: fields (the best text stream first), the end sign, an error, a problem.

    `end` is as `ends.end_of` says, in the shape `Extraction` takes; `error` None or `{"at": its frame, "when", "path",
    "message"}`; `problem` None or `{"kind", "message"}`, of the kinds error_event, not_a_stream, html_page,
    empty, comments_only, bad_frame and broken_off.
    """

    fields: list[Suggestion] = field(default_factory=list)
    end: dict[str, Any] = field(default_factory=lambda: {"by": "close"})
    error: dict[str, Any] | None = None
    problem: dict[str, str] | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def detect(
    frames: Sequence[Frame],
    framing: str,
    *,
    comments: int = 0,
    partial: bool = False,
    silent_events: Sequence[str] = (),
    closed: bool = True,
) -> Detection:
    """The fields of a capture, from at most 2,000 frames or 2 MB of it; their values are those of all its frames.

    `framing` is its name in the registry; `comments`, `partial` and `silent_events` are what its reader counted;
    `closed` is False when the capture was stopped by its author, so that a missing end is no problem. Pure.
    """
    if framing == "text":
        return _plain_text(frames, partial)
    seen = sample(frames)
    found = tracks(seen)
    kinds = Kinds(seen, found)
    streams = candidates(found, kinds)
    detection = Detection(
        suggestions(streams, list(values(found, kinds, streams)), kinds, seen),
        end_of(seen, found, kinds, silent_events),
    )
    sign = error_sign(seen, kinds)
    if message := _fill_in(detection, frames, sign):
        detection.error = error_of(*message, frames, found, sign)
    plain = {frame.event for frame in seen if frame.plain}
    bad = [frame.bad and frame.event not in plain for frame in frames if not is_mark(frame.value)]
    unfinished = closed and detection.end["by"] == "close" and is_unfinished(frames, found)
    detection.problem = problem_of(frames, framing, detection.error, comments, bad, partial or unfinished)
    return detection


def _plain_text(frames: Sequence[Frame], partial: bool) -> Detection:
    """Plain text is one field, whatever it says."""
    detection = Detection([whole_body(len(frames))] if frames else [])
    _fill_in(detection, frames, None)
    detection.problem = problem_of(frames, "text", None, comments=0, bad=(), broken=partial)
    return detection


def _fill_in(detection: Detection, frames: Sequence[Frame], error: Mapping[str, Any] | None) -> tuple[str, int] | None:
    """Give each field the value it has when the stream has ended, by running the stream; the service's complaint and
    the number of its frame, if there was one."""
    fields = {str(number): each for number, each in enumerate(detection.fields)}
    extraction = Extraction([_field(key, each) for key, each in fields.items()], detection.end, error)
    stream = Stream(extraction)
    stream.feed_all(frames)
    failure, at = stream.error, stream.frames - 1
    stream.stop()
    for key, each in fields.items():
        value = stream.field(key)
        each.value = value.text if isinstance(value, StreamValue) else value
    if failure is None or failure.kind != "error":
        return None
    complaints = (piece for _, kind, piece in extraction.feed(frames[at]) if kind == "error")
    return next(complaints), at


def _field(key: str, found: Suggestion) -> Field:
    return Field(key, found.type, found.path, found.when, found.mode, found.replacement)
