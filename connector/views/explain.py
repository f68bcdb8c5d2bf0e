"""What went wrong with a response, in three sentences and with the buttons that fix it."""

from dataclasses import dataclass, field
from typing import Any

from builder.document import Body
from connector.captures.found import Found
from connector.fixes import asks_for_stream

# The buttons: each one's label, by the name its template knows it under.
ADD_STREAM, SET_JSON, OPEN_KEY, OPEN_CALL, OPEN_BODY = "stream", "json", "key", "call", "body"
OPEN_LIMITS, RUN_AGAIN, ADD_FIELD = "limits", "again", "field"

TITLES = {
    "broken_off": "The answer was cut off",
    "limit_crossed": "A limit was crossed",
    "key_refused": "The key was refused",
    "nothing_there": "Nothing is there",
    "too_many_calls": "The service is busy",
    "service_broken": "The service failed",
    "http_error": "The service refused the call",
    "not_decodable": "The answer cannot be unpacked",
}
# Where to fix each failure; any other is fixed in the call.
_ACTIONS = {
    "key_refused": OPEN_KEY,
    "secret_missing": OPEN_KEY,
    "secret_gone": OPEN_KEY,
    "secret_elsewhere": OPEN_KEY,
    "secret_unreadable": OPEN_KEY,
    "bad_body": OPEN_BODY,
    "limit_crossed": OPEN_LIMITS,
    "broken_off": "",
    "too_many_calls": "",
    "service_broken": "",
}


@dataclass
class Explanation:
    """What happened, why, and what to do. `tone` is danger if nothing of the response can be used; `useless` says that
    there is nothing to take fields from. `limit` names the one that was crossed."""

    title: str
    what: str
    why: str = ""
    todo: str = ""
    actions: list[str] = field(default_factory=list)
    tone: str = "danger"
    useless: bool = False
    limit: str = "silence"


def explained(api: Body, call: str, found: Found) -> Explanation | None:
    """What is wrong with a capture; None if nothing is."""
    failure = found.capture.request.get("failure")
    if failure and failure.get("code") == "broken_off" and found.frames:
        return _cut_off(len(found.frames))
    if failure:
        return of_failure(failure, len(found.frames))
    problem, props = found.detection.problem or {}, api["nodes"][call]["props"]
    kind, said = problem.get("kind", ""), problem.get("message", "")
    service, type = api["nodes"][api["root"]]["name"], props.get("response_type", "stream")
    if kind == "not_a_stream":
        return _not_a_stream(service, asks_for_stream(api, call)) if type == "stream" else None
    if kind == "broken_off":
        return _cut_off(len(found.frames))
    if kind == "empty":
        why = f"The status was {found.capture.status}, and no byte of a body came."
        return None if type == "empty" else Explanation("Nothing came", said, why, **_EMPTY)
    if kind in _PROBLEMS:
        title, why, todo, actions, tone = _PROBLEMS[kind]
        sentence = said.partition(" Check the URL")[0] if kind == "html_page" else said
        useless = kind in ("html_page", "comments_only")
        return Explanation(title, sentence, why, todo, list(actions), tone, useless)
    if type == "stream" and not any(each.type in ("text_stream", "live") for each in found.detection.fields):
        why = "All frames hold whole values, such as prices."
        todo = "Add the value as Live value, Number or Text."
        return Explanation("No text grows", "No field in the frames grows.", why, todo, [ADD_FIELD], "warn")
    return None


_EMPTY: dict[str, Any] = {
    "todo": "Check the URL and what the body asks for.",
    "actions": [OPEN_CALL, RUN_AGAIN],
    "useless": True,
}
# Problems that detection reports: the title, why, what to do, the buttons, and how bad it is.
_PROBLEMS: dict[str, tuple[str, str, str, tuple[str, ...], str]] = {
    "html_page": (
        "This is a web page",
        "The address leads to a website, or a gateway wants somebody to sign in first.",
        "Check the URL and the key, then Initialize again.",
        (OPEN_CALL, OPEN_KEY),
        "danger",
    ),
    "comments_only": (
        "No frame came",
        "Only signs of life came, and no frame.",
        "Trigger something, then run it again.",
        (RUN_AGAIN,),
        "danger",
    ),
    "error_event": (
        "The service reported an error",
        "The error came inside the stream, after the service had accepted the call.",
        "Run it again. If it keeps happening, look at the last frame.",
        (RUN_AGAIN,),
        "danger",
    ),
    "http_status": ("The service refused the call", "", "Check the call, then run it again.", (OPEN_CALL,), "danger"),
    "too_large": (
        "A frame is too large",
        "How large a line or frame may be is one of the call's limits.",
        "Raise the limit in the call if this is normal.",
        (OPEN_LIMITS, RUN_AGAIN),
        "warn",
    ),
    "stalled": (
        "The service stopped sending",
        "It kept the connection open, and nothing came any more.",
        "Run it again. The fields were found from what came.",
        (RUN_AGAIN,),
        "warn",
    ),
    "endless": (
        "The stream does not end",
        "It goes on for as long as somebody reads it.",
        "Mark the call as one that stays open if this is a feed.",
        (OPEN_LIMITS,),
        "warn",
    ),
    "charset": (
        "Letters are missing",
        "The bytes are not UTF-8, which streams are in.",
        "Ask the service for UTF-8. The other frames were used.",
        (OPEN_CALL,),
        "warn",
    ),
    "bad_frame": ("Some frames cannot be read", "They are not JSON.", "The other frames were used.", (), "warn"),
}


def of_failure(failure: dict[str, Any], frames: int = 0) -> Explanation:
    """One of our errors, as it is stored with a capture or sent by the socket."""
    code = str(failure.get("code", ""))
    action = _ACTIONS.get(code, OPEN_CALL)
    what, why, todo = (str(failure.get(name) or "") for name in ("sentence", "why", "todo"))
    if frames and code == "limit_crossed":
        todo = f"{todo} The fields were found from what came."
    title = TITLES.get(code, "The service did not answer as it should")
    kept = bool(frames) and code in ("limit_crossed", "not_decodable")
    limit, tone = str(failure.get("limit") or "silence"), "warn" if kept else "danger"
    return Explanation(title, what, why, todo, [*([action] if action else []), RUN_AGAIN], tone, limit=limit)


def _cut_off(frames: int) -> Explanation:
    what = f"The answer was cut off after {frames} frame{'s' * (frames != 1)}."
    why = "The service ended early; the last frame did not say that it was finished."
    todo = "Run it again. The fields were found from what came."
    return Explanation("The answer was cut off", what, why, todo, [RUN_AGAIN], "warn")


def _not_a_stream(service: str, asked: bool) -> Explanation:
    what, title = f"{service} answered with one JSON value, all at once.", "The service did not stream"
    if asked:
        why, todo = "The body asks for a stream; this address does not give one.", "Check the URL and the model."
        return Explanation(title, what, why, todo, [SET_JSON, OPEN_CALL], useless=True)
    why, todo = "The body does not ask for a stream.", 'Add "stream": true, Initialize again.'
    return Explanation(title, what, why, todo, [ADD_STREAM, SET_JSON], useless=True)
