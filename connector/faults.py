"""How services say inside a stream that something went wrong, and the signs that they had finished (S23)."""

from collections.abc import Iterator
from typing import Any

from connector.frame import Frame
from connector.paths import compile_path

LONGEST_MESSAGE = 1000  # characters

_ERROR_NAMES = {"error", "exception", "response.failed", "thread.run.failed"}
_KIND_KEYS = ("type", "event", "kind", "event_type", "object")
_BARE_ERROR = {"code", "message", "status", "request_id", "type"}
# A frame without an event's name and without any of these names is no error.
_SIGNS = frozenset(
    {"error", "errors", "errorText", "detail", "message", "data", "delta", "result", "code", *_KIND_KEYS} - {"object"}
)
_MESSAGES = [
    compile_path(path)
    for path in (
        "error.message",
        "error",
        "message",
        "errors[0].message",
        "errors[0]",
        "detail",
        "detail[0].msg",
        "errorText",
        "response.error.message",
        "last_error.message",
        "error.error",
        "error.detail",
        "object.message",
        "data.error.message",
        "data.error",
        "delta.error",
        "result.content[0].text",
        "data.message",
        "data",
        "content",
        "text",
        "value",
    )
]
_FINISH_KEYS = {"finish_reason", "finishReason", "stop_reason", "done_reason", "finish"}
_FINISH_FLAGS = {"done", "is_finished", "stop", "final"}
_UNFINISHED = {"", "null", "none", "not_finished", "finish_reason_unspecified"}


def complaint_in(frame: Frame, useful: bool = False) -> str | None:
    """The service's own words when a frame is an error, else None. `useful` says that a field found a value in it:
    then only clear signs count. Runs on every frame, so most are let go at one look at their names."""
    value = frame.value
    if frame.event is None and (value.__class__ is not dict or _SIGNS.isdisjoint(value)):
        return None
    if frame.event in _ERROR_NAMES or _is_error(value) or (frame.event or "").endswith("Exception"):
        return message_in(value) or frame.text[:LONGEST_MESSAGE] or "no reason given"
    return message_in(value) or None if not useful and _is_nothing_but_an_error(value) else None


def message_in(value: Any) -> str:
    """The sentence in an error's body, whoever wrote it; empty when there is none."""
    if isinstance(value, str):
        return value.strip()[:LONGEST_MESSAGE]
    for walk in _MESSAGES:
        message = walk(value)
        if isinstance(message, str) and message.strip():
            return message.strip()[:LONGEST_MESSAGE]
    return ""


def says_finished(value: Any) -> bool:
    """Whether a frame gives a reason for having finished, such as `finish_reason: "stop"` or `done: true`."""
    return any(
        (key in _FINISH_KEYS and isinstance(content, str) and is_reason(content))
        or (content is True and key in _FINISH_FLAGS)
        for key, content in _entries(value, 6)
    )


def is_reason(value: Any) -> bool:
    """Whether what stands at the place of a finish reason is one: not null, and none of the words for null."""
    return value is not None and value is not False and not (isinstance(value, str) and value.lower() in _UNFINISHED)


def _is_error(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    if value.get("error") or any(_is_error_name(value.get(key)) for key in _KIND_KEYS):
        return True
    if value.get("code") == "3" and value.keys() == {"code", "value"}:  # a line of the AI SDK's data stream
        return True
    data, delta, result = (
        part if isinstance(part := value.get(key), dict) else {} for key in ("data", "delta", "result")
    )
    return bool((data.get("status") == "failed" and data.get("error")) or delta.get("error") or result.get("isError"))


def _is_error_name(name: Any) -> bool:
    return isinstance(name, str) and name.lower() in _ERROR_NAMES


def _is_nothing_but_an_error(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    if "code" in value and isinstance(value.get("message"), str) and value.keys() <= _BARE_ERROR:
        return True
    return value.keys() == {"detail"} or bool(value.get("errors") and "data" not in value)


def _entries(value: Any, depth: int) -> Iterator[tuple[str, Any]]:
    """The names and values in a frame, at most `depth` levels down and in the first few elements of lists."""
    if isinstance(value, dict):
        for key, content in value.items():
            yield key, content
            if depth:
                yield from _entries(content, depth - 1)
    elif isinstance(value, list) and depth:
        for content in value[:4]:
            yield from _entries(content, depth - 1)
