"""What keeps a capture from being a good stream, in one sentence.

The kinds: http_status, html_page, too_large, empty, comments_only, error_event, not_a_stream, endless, stalled,
broken_off, charset, bad_frame.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any, Literal, TypeAlias

from connector.answers.detection.kinds import Kinds, when
from connector.answers.detection.leaves import Path, Seen, Track
from connector.answers.detection.prose import is_prose
from connector.answers.faults import LONGEST_MESSAGE, coded_in, complaint_in, is_fine, message_in, sentence_in
from connector.answers.frame import Frame
from connector.answers.paths import compile_path, write_path
from connector.framings import is_html

_FAILED = re.compile(
    r"(^|[^a-z])(error|errors|exception|fail|failed|failure|fault|abort|aborted)([_.-](message|event))?$", re.IGNORECASE
)
_TITLE = re.compile(rb"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)

_MOST_OF_A_PAGE = 65_536  # bytes in which its title stands

Problem: TypeAlias = dict[str, str]
Ended: TypeAlias = Literal["close", "reset", "silence", "endless", "too_large"]


@dataclass(frozen=True)
class Answer:
    """What is known of a response besides its frames. `page` says that its body is a web page, `head` is its beginning.

    `ended` is "close" (properly), "reset" (midway), "silence" (kept open), "endless" (it never ended) or "too_large" (a
    frame over the limit).
    """

    status: int = 200
    retry_after: str = ""
    page: bool = False
    head: bytes = b""
    ended: Ended = "close"


AS_IT_SHOULD = Answer()


def error_sign(seen: Sequence[Seen], kinds: Kinds) -> dict[str, Any] | None:
    """A kind of frame, besides those every stream is watched for, whose name says that the service failed: `{"when",
    "path" of the message}`. Only one of the last frames can be it, since a feed may report other people's failures."""
    for place in range(max(len(seen) - 2, 0), len(seen)):
        said = kinds.main.at(place) if kinds.main else None
        if isinstance(said, str) and _FAILED.search(said):
            return {"when": when([(kinds.main, said)]), "path": _message_path(seen[place].value)}
    return _coded_sign([frame.value for frame in seen])


def _coded_sign(values: Sequence[Any]) -> dict[str, Any] | None:
    """A code that does not mean success, with a message, in the last frame only; one that appeared earlier was
    harmless."""
    found = coded_in(values[-1], inside=len(values) == 1) if values else None
    if found is None:
        return None
    place, code, words = found
    there = compile_path(write_path(place))
    before = [held for value in values[:-1] if (held := there(value)) is not None]
    in_words = code is False or (isinstance(code, str) and code.isalpha())
    if in_words and any(map(compile_path(write_path(words)), values[:-1])):
        return None  # a feed of what others report
    alone = not before and (len(values) > 1 or complaint_in(Frame(b"", values[-1])))
    if alone or (len(before) > 1 and all(each is not None and is_fine(each) for each in before)):
        return {"when": {"event": None, "match": {write_path(place): code}}, "path": write_path(words)}
    return None


def _message_path(value: Any) -> str:
    held = value if isinstance(value, dict) else {}
    texts = [key for key, said in held.items() if isinstance(said, str)]
    named = [key for key in ("message", "error", "detail", "reason", "text") if key in texts]
    found = [*named, *(key for key in texts if is_prose(held[key]))]
    return write_path(found[:1])


def error_of(
    message: str, at: int, frames: Sequence[Frame], tracks: Mapping[Path, Track], sign: dict[str, Any] | None
) -> dict[str, Any]:
    """The error that a capture ended with: `at` is the frame's number, `path` leads to the service's words. Its event
    becomes a condition only if no good frame had it."""
    own = frames[at].event if all(frame.event != frames[at].event for frame in frames[:at]) else None
    stands = (track.spelled for track in tracks.values() if any(_is(value, message) for _, value in track.full))
    return {
        "at": at,
        "when": sign["when"] if sign else {"event": own, "match": {}},
        "path": next(stands, "$"),
        "message": message,
    }


def _is(value: Any, message: str) -> bool:
    return isinstance(value, str) and bool(message) and value.strip().startswith(message)


def problem_of(
    frames: Sequence[Frame],
    framing: str,
    error: dict[str, Any] | None,
    comments: int,
    bad: Sequence[bool],
    broken: bool,
    over: bool,
    answer: Answer,
) -> Problem | None:
    """The problem as `{"kind", "message"}`, the worst first; None if there is none. `bad` says for each frame whether
    it could not be read, `broken` that the stream was cut off, `over` that it said it was finished."""
    if answer.page or (framing == "text" and is_html(_beginning(frames))):
        return _page(_beginning(frames) or answer.head)
    if answer.ended == "too_large":
        return _problem("too_large", "One frame is too large to be looked into. What came before it is kept.")
    if not frames and not broken and answer.ended in ("close", "silence"):
        return _nothing(comments, answer.ended)
    if error:
        return _problem("error_event", f"The service reported: {error['message'][:LONGEST_MESSAGE]}")
    if framing == "json":
        message = 'The service answered in one piece, not as a stream. Add "stream": true to the request body.'
        return _problem("not_a_stream", message)
    if not over and (ending := _ending(answer.ended, broken)):
        return ending
    if odd := sum(_is_undecodable(frame.raw) or (framing == "text" and "\ufffd" in frame.text) for frame in frames):
        message = f"{odd} of {len(frames)} frames are not the UTF-8 they should be; letters are missing in them."
        return _problem("charset", message)
    if any(bad):
        message = f"{sum(bad)} of {len(bad)} frames could not be read as JSON; the others were used."
        return _problem("bad_frame", message)
    return None


def refusal_of(frames: Sequence[Frame], answer: Answer) -> Problem:
    """The problem of a response with an HTTP status of 400 or more, in the service's own words if there are any."""
    said = next((words for frame in frames if (words := message_in(frame.value) or sentence_in(frame.value))), "")
    if all(isinstance(frame.value, str) for frame in frames):
        said = message_in(_beginning(frames).decode("utf-8", "replace"))
    if answer.page or is_html(_beginning(frames)):
        said = _title(_beginning(frames) or answer.head)
    kind = "failed" if answer.status >= 500 else "is busy" if answer.status == 429 else "refused the request"
    wait = answer.retry_after
    waiting = f" It asks to wait {wait}{' seconds' if wait.isdigit() else ''} before trying again." if wait else ""
    message = f"The service {kind} ({answer.status})" + (f": {said[:LONGEST_MESSAGE]}" if said else ".")
    return _problem("http_status", message.rstrip() + waiting)


def _beginning(frames: Sequence[Frame]) -> bytes:
    """What the first frames say together; for plain text they are mere slices."""
    return b"".join(frame.raw for frame in frames[:1000])[:_MOST_OF_A_PAGE]


def _ending(ended: str, broken: bool) -> Problem | None:
    """How a stream stopped that had not said that it was finished."""
    if ended == "endless":
        return _problem("endless", "The stream does not end: it was stopped after what is shown here.")
    if ended == "silence":
        return _problem("stalled", "The service stopped sending without closing. What came so far is kept.")
    if broken or ended == "reset":
        return _problem("broken_off", "The stream broke off before it was finished.")
    return None


def _is_undecodable(raw: bytes) -> bool:
    if raw.isascii():
        return False
    try:
        raw.decode()
    except UnicodeDecodeError:
        return True
    return False


def _problem(kind: str, message: str) -> Problem:
    return {"kind": kind, "message": message}


def _nothing(comments: int, ended: str) -> Problem:
    if comments:
        message = (
            "The connection is alive, but nothing happened while we listened: no field could be found. "
            "Trigger something, then try again."
        )
        return _problem("comments_only", message)
    if ended == "silence":
        return _problem("stalled", "The service sent nothing and did not close the connection.")
    return _problem("empty", "The service answered but sent nothing.")


def _page(body: bytes) -> Problem:
    title = _title(body)
    named = f" (“{title}”)" if title else ""
    message = f"The address answered with a web page{named}, not with data. Check the URL and the key."
    return _problem("html_page", message)


def _title(body: bytes) -> str:
    found = _TITLE.search(body)
    return unescape(found[1].decode("utf-8", "replace")).strip() if found else ""
