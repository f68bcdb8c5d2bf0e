"""Finds the response fields of a captured stream, so that the author only has to press Save (S15, S16)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from connector.answers.detection.ends import LAST, end_of, is_unfinished
from connector.answers.detection.kinds import Kinds
from connector.answers.detection.leaves import Path, Seen, Track, is_mark, sample, tracks
from connector.answers.detection.problems import AS_IT_SHOULD, Answer, error_of, error_sign, problem_of, refusal_of
from connector.answers.detection.suggestions import Suggestion, suggestions, whole_body
from connector.answers.detection.texts import candidates
from connector.answers.detection.values import values
from connector.answers.extract import Extraction, Field
from connector.answers.faults import complaint_in, doubt_in, says_finished
from connector.answers.frame import Frame
from connector.answers.stream import Stream
from connector.answers.stream_value import StreamValue


@dataclass
class Detection:
    """What was found in a capture: its fields (the best text stream first), end sign, error and problem.

    `end` is as returned by `ends.end_of`, in the form `Extraction` takes; `error` is None or `{"at": its frame, "when",
    "path", "message"}`; `problem` is None or `{"kind", "message"}`, with a kind from `problems.py`.
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
    answer: Answer = AS_IT_SHOULD,
) -> Detection:
    """Find the fields of a capture, using at most 2,000 frames or 2 MB of it; their values are those after all its
    frames.

    `framing` is its name in the registry; `comments`, `partial` and `silent_events` are its reader's counts; `closed`
    is False if the author stopped the capture, so that a missing end is not a problem; `answer` is what is known of the
    response besides its frames. Pure.
    """
    if answer.status >= 400:
        return Detection(problem=refusal_of(frames, answer))
    if answer.page or framing == "text":
        return _plain_text(frames, partial, answer)
    seen = sample(frames)
    found, kinds = _told_apart(seen, frames)
    sign = error_sign(seen, kinds)
    if sign is None and (odd := _refusal_at_the_end(seen, frames)):
        seen = [each for each in seen if each is not odd]  # what is in it is no field
        found, kinds = _told_apart(seen, frames)
    streams = candidates(found, kinds)
    detection = Detection(
        suggestions(streams, list(values(found, kinds, streams)), kinds, seen),
        end_of(seen, found, kinds, silent_events),
    )
    if message := _fill_in(detection, frames, sign):
        detection.error = error_of(*message, frames, found, sign)
    plain = {frame.event for frame in seen if frame.plain}
    bad = [frame.bad and frame.event not in plain for frame in frames if not is_mark(frame.value)]
    over = detection.end["by"] != "close" or any(says_finished(frame.value) for frame in frames[-LAST:])
    reads = any(each.role != "status" for each in streams)  # a feed has flags of its own
    unfinished = closed and not over and reads and is_unfinished(found)
    detection.problem = problem_of(frames, framing, detection.error, comments, bad, partial or unfinished, over, answer)
    return detection


def progress_of(detection: Detection, frames: Sequence[Frame]) -> dict[int, list[int]]:
    """The length of the text after each frame, for every text stream by its position among the fields."""
    stream = _stream_of(detection, None)
    texts = {at: stream.field(str(at)) for at, each in enumerate(detection.fields) if each.type == "text_stream"}
    lengths: dict[int, list[int]] = {at: [] for at in texts}
    for frame in frames:
        stream.feed(frame)
        for at, text in texts.items():
            lengths[at].append(text.length)
    return lengths


def _told_apart(seen: Sequence[Seen], frames: Sequence[Frame]) -> tuple[dict[Path, Track], Kinds]:
    found = tracks(seen)
    complaints = {place for place, each in enumerate(seen) if complaint_in(frames[each.at], useful=True)}
    return found, Kinds(seen, found, complaints)


def _refusal_at_the_end(seen: Sequence[Seen], frames: Sequence[Frame]) -> Seen | None:
    """The last frame with any content, if it may be an error and no frame before it may."""
    last = next((each for each in reversed(seen) if each.value and not is_mark(each.value)), None)
    if last is None or not doubt_in(frames[last.at]) or last.plain:
        return None
    return None if any(doubt_in(frames[each.at]) for each in seen if each is not last) or len(seen) < 2 else last


def _plain_text(frames: Sequence[Frame], partial: bool, answer: Answer) -> Detection:
    """Plain text is one field, whatever it says; a web page has none."""
    detection = Detection([whole_body(len(frames))] if frames else [])
    _fill_in(detection, frames, None)
    detection.problem = problem_of(frames, "text", None, 0, (), partial, over=False, answer=answer)
    if detection.problem and detection.problem["kind"] == "html_page":
        detection.fields = []
    return detection


def _stream_of(detection: Detection, error: Mapping[str, Any] | None) -> Stream:
    """The stream as it will run live, its fields named by their positions."""
    fields = [
        Field(str(at), each.type, each.path, each.when, each.mode, each.replacement)
        for at, each in enumerate(detection.fields)
    ]
    return Stream(Extraction(fields, detection.end, error))


def _fill_in(detection: Detection, frames: Sequence[Frame], error: Mapping[str, Any] | None) -> tuple[str, int] | None:
    """Give each field its value at the end of the stream, by running the stream; return the service's error message and
    the number of its frame, if there was one."""
    stream = _stream_of(detection, error)
    stream.feed_all(frames)
    failure, at, doubt = stream.error, stream.frames - 1, stream.extraction.doubt
    stream.stop()
    for number, each in enumerate(detection.fields):
        value = stream.field(str(number))
        each.value = value.text if isinstance(value, StreamValue) else value
    if doubt is not None:
        return doubt, next(number for number in range(at, -1, -1) if doubt_in(frames[number]) == doubt)
    if failure is None or failure.kind != "error":
        return None
    complaints = (piece for _, kind, piece in stream.extraction.feed(frames[at]) if kind == "error")
    return next(complaints), at
