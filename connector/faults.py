"""How services say inside a stream that something went wrong, and the signs that they had finished (S23)."""

from collections.abc import Iterator
from typing import Any

from connector.frame import Frame, frame_of
from connector.paths import compile_path

LONGEST_MESSAGE = 1000  # characters that are shown of a message, once it is masked

_ERROR_NAMES = {"error", "exception", "error_message", "run_error", "response.failed", "thread.run.failed"}
_KIND_KEYS = ("type", "event", "kind", "event_type", "message_type", "object")
_BARE_ERROR = {"code", "message", "status", "request_id", "type"}
# A code with words beside it, and where services write both, that they refuse with an HTTP 200.
_CODES = ("code", "error_code", "status_code", "errcode", "errorcode")
_WORDS = ("message", "msg", "error_msg", "status_msg", "errmsg", "error_message", "errormessage")
_ABOUT_ERRORS = ("error_code", "errcode", "errorcode")
_REFUSALS = ("base_resp", "Response")
_LARGEST_REFUSAL = 12  # names
# A frame without an event's name and without any of these names is no error.
_SIGNS = frozenset(
    {"error", "errors", "errorText", "detail", "message", "data", "delta", "result", "code", *_KIND_KEYS, *_REFUSALS}
    - {"object"}
    | {*_ABOUT_ERRORS, "errorCode"}
)
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
        "base_resp.status_msg",
        "Response.Error.Message",
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
        return message_in(value) or frame.text or "no reason given"
    return message_in(value) or None if not useful and _is_nothing_but_an_error(value) else None


def message_in(value: Any) -> str:
    """The sentence in an error's body, whoever wrote it; empty when there is none. All of it: a secret in it is to be
    masked before it is cut."""
    if isinstance(value, str):
        return value.strip()
    found = (walk(value) for walk in _MESSAGES)
    said = [message.strip() for message in found if isinstance(message, str) and message.strip()]
    if said and " " not in said[0] and isinstance(value, dict) and isinstance(value.get("error"), str):
        return next((each for each in said if " " in each), said[0])  # {"error": a word, "message": a sentence}
    return said[0] if said else ""


def said_in(body: bytes) -> str:
    """What the body of a refusal says in the service's own words; empty for a web page and for JSON without any."""
    frame = frame_of(body.strip())
    if isinstance(frame.value, list) and len(frame.value) == 1:  # Gemini's, where it would have sent a list
        frame = Frame(b"", frame.value[0])
    said = complaint_in(frame) or (frame.text if isinstance(frame.value, str) else "")
    return "" if said.lstrip().startswith("<") else said.strip()


def coded_in(value: Any) -> tuple[str, Any, str] | None:
    """The name and the value of a code that is none of success, and the name of the words beside it."""
    if not isinstance(value, dict) or len(value) > _LARGEST_REFUSAL:
        return None
    names = {name.lower(): name for name in value}
    code = next((names[name] for name in _CODES if name in names), None)
    words = next((at for name in _WORDS if (at := names.get(name)) and isinstance(value[at], str) and value[at]), None)
    if code is None or words is None or (is_fine(value[code]) and not (value[code] and code.lower() in _ABOUT_ERRORS)):
        return None
    return code, value[code], words


def is_fine(code: Any) -> bool:
    """Whether a code says that all is well, as 0 and 200 do; also one that is no number, and says nothing known."""
    number = int(code) if isinstance(code, str) and code.isdecimal() and len(code) < 9 else code
    return type(number) is not int or 0 <= number < 300 or number == 20_000


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
    if _refuses(value):
        return True
    if value.get("code") == "3" and value.keys() == {"code", "value"}:  # a line of the AI SDK's data stream
        return True
    data, delta, result = (
        part if isinstance(part := value.get(key), dict) else {} for key in ("data", "delta", "result")
    )
    return bool((data.get("status") == "failed" and data.get("error")) or delta.get("error") or result.get("isError"))


def _refuses(value: dict[str, Any]) -> bool:
    """Whether it says in one of the ways of services that answer 200 to everything that it refuses."""
    held = next((value[name] for name in _REFUSALS if name in value), None)
    if isinstance(held, dict):
        return coded_in(held) is not None or isinstance(held.get("Error"), dict)
    found = None if value.keys().isdisjoint((*_ABOUT_ERRORS, "errorCode")) else coded_in(value)
    return found is not None and found[0].lower() in _ABOUT_ERRORS


def _is_error_name(name: Any) -> bool:
    return isinstance(name, str) and name.lower() in _ERROR_NAMES


def _is_nothing_but_an_error(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    if "code" in value and isinstance(value.get("message"), str) and value.keys() <= _BARE_ERROR:
        return True
    if (found := coded_in(value)) and all(_says_nothing(value[name]) for name in value.keys() - {found[0], found[2]}):
        return True
    return value.keys() == {"detail"} or bool(value.get("errors") and "data" not in value)


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
