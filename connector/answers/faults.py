"""How services report errors inside a stream, and the signs that they had finished (S23)."""

import re
from collections.abc import Iterator
from typing import Any

from connector.answers.frame import Frame, frame_of
from connector.answers.paths import compile_path

LONGEST_MESSAGE = 1000  # characters that are shown of a message, once it is masked

_ERROR_NAMES = {"error", "exception", "error_message", "run_error", "response.failed", "thread.run.failed"}
_KIND_KEYS = ("type", "event", "kind", "event_type", "message_type", "object")
_BARE_ERROR = {"code", "message", "status", "request_id", "type"}
# Names of codes that come with a message; a service that uses both may report an error with HTTP 200.
_CODES = ("code", "error_code", "status_code", "errcode", "errorcode")
_WORDS = ("message", "msg", "error_msg", "status_msg", "errmsg", "error_message", "errormessage")
_ABOUT_ERRORS = ("error_code", "errcode", "errorcode")
# Names of states in words, which come with more names for the reason.
_STATES = ("status", "state", "success", "ok", "succeeded")
_FAILED = frozenset({"error", "fail", "failed", "failure"})
_REASONS = (*_WORDS, "reason", "error", "detail", "description")
_PLAIN = re.compile(r"((internal|server|fatal|upstream)[ _-]){0,2}(error|exception)\b\W", re.IGNORECASE)
_LARGEST_REFUSAL = 12  # names
# A frame without an event name and without any of these names is no error.
_SIGNS = frozenset(
    {"error", "errors", "errorText", "detail", "message", "data", "delta", "result", "code", *_KIND_KEYS} - {"object"}
    | {*_ABOUT_ERRORS, "errorCode"}
)
# Nor is a frame without any of these in doubt.
_DOUBTS = frozenset({*_CODES, *_STATES, "errorCode", "statusCode", "Code", "ErrorCode", "detail", "errors"})
_MESSAGES = [
    compile_path(path)
    for path in (
        "error.message",
        "error",
        "message",
        "error_description",
        "msg",
        "error_msg",
        "errorMessage",
        "status_msg",
        "Error.Message",
        "errors[0].message",
        "errors[0].detail",
        "errors[0].title",
        "errors[0]",
        "detail",
        "detail[0].msg",
        "reason",
        "description",
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
    """The service's own words if a frame is an error, else None.

    `useful` means that only clear signs count, because a field found a value in it or what follows will tell. Runs on
    every frame, so most are dismissed after one look at their names.
    """
    value = frame.value
    named = frame.event is not None
    if not named and (value.__class__ is not dict or _SIGNS.isdisjoint(value)):
        return None if useful else doubt_in(frame)
    if frame.event in _ERROR_NAMES or _is_error(value) or (named and str(frame.event).endswith("Exception")):
        return message_in(value) or frame.text or "no reason given"
    return None if useful else doubt_in(frame)


def doubt_in(frame: Frame, inside: bool = True) -> str | None:
    """The words of a frame that may be an error, or a notice that no field reads. It was an error if no frame follows
    that a field does read.

    `inside` means that a code may also be inside the frame's only object, as with services that answer everything with
    200.
    """
    value = frame.value
    if value.__class__ is str:
        return value.strip() if _PLAIN.match(value) else None
    if value.__class__ is not dict or len(value) > _LARGEST_REFUSAL:
        return None
    if not _DOUBTS.isdisjoint(value) and _is_nothing_but_an_error(value):
        return message_in(value) or None
    inner = _alone_in(value) if inside else None
    if inner and (_code_beside_words(inner) or _error_in(inner)):
        return message_in(value) or message_in(inner) or None
    return None


def message_in(value: Any) -> str:
    """The message in an error's body, whatever its format; empty if there is none. It is returned in full, because
    secrets in it have to be masked before it is cut."""
    if isinstance(value, str):
        return value.strip()
    found = (walk(value) for walk in _MESSAGES)
    said = [message.strip() for message in found if isinstance(message, str) and message.strip()]
    if said and " " not in said[0] and isinstance(value, dict) and isinstance(value.get("error"), str):
        return next((each for each in said if " " in each), said[0])  # {"error": a word, "message": a sentence}
    return said[0] if said else ""


def sentence_in(value: Any) -> str:
    """The first text of several words in an error of unknown shape; empty if there is none."""
    said = (each for _, each in _entries(value, 4) if isinstance(each, str) and " " in each.strip())
    return next(said, "").strip()


def said_in(body: bytes) -> str:
    """What the body of an error response says in the service's own words; empty for a web page and for JSON without a
    message."""
    frame = frame_of(body.strip())
    if isinstance(frame.value, list) and len(frame.value) == 1:  # Gemini's, where it would have sent a list
        frame = Frame(b"", frame.value[0])
    said = complaint_in(frame) or (frame.text if isinstance(frame.value, str) else sentence_in(frame.value))
    return "" if said.lstrip().startswith("<") else said.strip()


def coded_in(value: Any, inside: bool = False) -> tuple[tuple[str, ...], Any, tuple[str, ...]] | None:
    """The path and value of a code that does not mean success, and the path of the message next to it: in an object or,
    with `inside`, in the only object it contains."""
    if not isinstance(value, dict):
        return None
    if found := _code_beside_words(value):
        code, words = found
        return (code,), value[code], (words,)
    inner = _alone_in(value) if inside else None
    if inner is None:
        return None
    name = next(name for name, held in value.items() if held is inner)
    if found := _code_beside_words(inner):
        return (name, found[0]), inner[found[0]], (name, found[1])
    if (error := _error_in(inner)) and (found := _code_beside_words(inner[error], is_error=True)):
        return (name, error, found[0]), inner[error][found[0]], (name, error, found[1])
    return None


def is_fine(code: Any) -> bool:
    """Whether a code means that all is well, as 0, 200 and 20000 do; a code that is neither a number nor a known word
    counts as fine, too."""
    if code is False or (isinstance(code, str) and code.lower() in _FAILED):
        return False
    number = int(code) if isinstance(code, str) and code.isdecimal() and len(code) < 9 else code
    return type(number) is not int or 0 <= number < 300 or str(number).rstrip("0") == "2"


def says_finished(value: Any) -> bool:
    """Whether a frame gives a finish reason, such as `finish_reason: "stop"` or `done: true`."""
    return any(
        (key in _FINISH_KEYS and isinstance(content, str) and is_reason(content))
        or (content is True and key in _FINISH_FLAGS)
        for key, content in _entries(value, 6)
    )


def is_reason(value: Any) -> bool:
    """Whether a value in the place of a finish reason really is one: not null, and no word for null."""
    return value is not None and value is not False and not (isinstance(value, str) and value.lower() in _UNFINISHED)


def _is_error(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    if value.get("error") or any(_is_error_name(value.get(key)) for key in _KIND_KEYS):
        return True
    if _refuses(value):
        return True
    if value.get("code") == "3" and value.keys() == {"code", "value"}:  # a line of the AI SDK's data stream
        return True
    data, delta, result = (
        part if isinstance(part := value.get(key), dict) else {} for key in ("data", "delta", "result")
    )
    return bool((data.get("status") == "failed" and data.get("error")) or delta.get("error") or result.get("isError"))


def _refuses(value: dict[str, Any]) -> bool:
    """Whether an object reports an error in the manner of services that answer everything with 200."""
    if value.keys().isdisjoint((*_ABOUT_ERRORS, "errorCode")):
        return False
    found = _code_beside_words(value)
    return found is not None and found[0].lower() in _ABOUT_ERRORS


def _code_beside_words(value: dict[str, Any], is_error: bool = False) -> tuple[str, str] | None:
    """The names of a code that does not mean success (any code, if the object `is_error`) and of the message next to
    it."""
    if len(value) > _LARGEST_REFUSAL:
        return None
    names = {name.lower(): name for name in value}
    if found := _state_beside_words(value, names):
        return found
    code = next((names[name] for name in _CODES if name in names), None)
    words = next((at for name in _WORDS if (at := names.get(name)) and isinstance(value[at], str) and value[at]), None)
    if code is None or words is None:
        return None
    bad = is_error or not is_fine(value[code]) or (value[code] and code.lower() in _ABOUT_ERRORS)
    return (code, words) if bad else None


def _state_beside_words(value: dict[str, Any], names: dict[str, str]) -> tuple[str, str] | None:
    """The same for a state that means failure, or a success flag that is false."""
    state = next((at for name in _STATES if (at := names.get(name)) and not is_fine(value[at])), None)
    if state is None or type(value[state]) is int:
        return None
    words = (at for name in _REASONS if (at := names.get(name)) and isinstance(value[at], str) and value[at])
    return (state, found) if (found := next(words, None)) else None


def _error_in(value: dict[str, Any]) -> str | None:
    """The name of the object that is an error."""
    return next((name for name in ("error", "Error") if isinstance(value.get(name), dict)), None)


def _alone_in(value: dict[str, Any]) -> dict[str, Any] | None:
    """The only object that stands in one, with nothing beside it but ids."""
    held = [each for each in value.values() if isinstance(each, dict | list)]
    if len(held) != 1 or not isinstance(held[0], dict):
        return None
    return held[0] if all(each is held[0] or _says_nothing(each) for each in value.values()) else None


def _is_error_name(name: Any) -> bool:
    return isinstance(name, str) and name.lower() in _ERROR_NAMES


def _is_nothing_but_an_error(value: dict[str, Any]) -> bool:
    if "code" in value and isinstance(value.get("message"), str) and value.keys() <= _BARE_ERROR:
        return True
    if (found := _code_beside_words(value)) and all(_says_nothing(value[name]) for name in value.keys() - {*found}):
        return True
    return value.keys() == {"detail"} or bool(value.get("errors") and _is_empty(value.get("data")))


def _is_empty(value: Any) -> bool:
    """Whether there is no value at all in it, as in what GraphQL could not find."""
    return value is None or (isinstance(value, dict) and all(map(_is_empty, value.values())))


def _says_nothing(value: Any) -> bool:
    """Whether what stands beside a code and its words is an id or the like, and nothing to read or to look into."""
    if isinstance(value, dict | list):
        return not value or (isinstance(value, dict) and all(map(_says_nothing, value.values())))
    return " " not in str(value)


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
