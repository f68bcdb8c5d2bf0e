"""What keeps a capture from being a good stream, in one sentence."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from connector.detection.kinds import Kinds, when
from connector.detection.leaves import Path, Seen, Track
from connector.frame import Frame
from connector.framings import is_html

_FAILED = re.compile(r"(^|[^a-z])(error|errors|exception|failed|failure|fault)$", re.IGNORECASE)
_TITLE = re.compile(rb"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)


def error_sign(seen: Sequence[Seen], kinds: Kinds) -> dict[str, Any] | None:
    """A kind of frame, beside those every stream is watched for, whose name says that the service failed:
    `{"when", "path" of the message}`. Only one of the last frames can be it: a feed may report failures of others."""
    for place in range(max(len(seen) - 2, 0), len(seen)):
        said = kinds.main.at(place) if kinds.main else None
        if isinstance(said, str) and _FAILED.search(said):
            return {"when": when([(kinds.main, said)]), "path": _message_path(seen[place].value)}
    return None


def _message_path(value: Any) -> str:
    held = value if isinstance(value, dict) else {}
    return next(
        (key for key in ("message", "error", "detail", "reason", "text") if isinstance(held.get(key), str)), "$"
    )


def error_of(
    message: str, at: int, frames: Sequence[Frame], tracks: Mapping[Path, Track], sign: dict[str, Any] | None
) -> dict[str, Any]:
    """The error that a capture ended with: `at` is the frame's number, `path` where the service's words stand. Its
    event is a condition only when no good frame had it."""
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
) -> dict[str, str] | None:
    """The problem as `{"kind", "message"}`, the worst first; None when there is none. `bad` says of each
    frame whether it could not be read, `broken` that the stream was cut off."""
    if not frames and not broken:
        return _nothing(comments)
    if framing == "text" and frames and is_html(frames[0].raw):
        return _page(b"".join(frame.raw for frame in frames[:50]))
    if error:
        return {"kind": "error_event", "message": f"The service reported: {error['message']}"}
    if framing == "json":
        message = 'The service answered in one piece, not as a stream. Add "stream": true to the request body.'
        return {"kind": "not_a_stream", "message": message}
    if broken:
        return {"kind": "broken_off", "message": "The stream broke off before it was finished."}
    if any(bad):
        message = f"{sum(bad)} of {len(bad)} frames could not be read as JSON; the others were used."
        return {"kind": "bad_frame", "message": message}
    return None


def _nothing(comments: int) -> dict[str, str]:
    if not comments:
        return {"kind": "empty", "message": "The service answered but sent nothing."}
    message = (
        "The connection is alive, but nothing happened while we listened: no field could be found. "
        "Trigger something, then try again."
    )
    return {"kind": "comments_only", "message": message}


def _page(body: bytes) -> dict[str, str]:
    found = _TITLE.search(body)
    title = f" (“{found[1].decode('utf-8', 'replace').strip()}”)" if found else ""
    message = f"The address answered with a web page{title}, not with data. Check the URL and the key."
    return {"kind": "html_page", "message": message}
