"""What went wrong with an answer, in three sentences and with the buttons that mend it."""

from dataclasses import dataclass, field
from typing import Any

from builder.document import Body
from connector.initialize import Found

# The buttons: what each is called, by the name its template knows it under.
ADD_STREAM, SET_JSON, OPEN_KEY, OPEN_CALL, RUN_AGAIN, ADD_FIELD = "stream", "json", "key", "call", "again", "field"
_KEYS = ("key_refused", "secret_missing", "secret_elsewhere", "secret_unreadable")


@dataclass
class Explanation:
    """What happened, why, what to do; `tone` is danger when nothing can be used of the answer."""

    title: str
    what: str
    why: str = ""
    todo: str = ""
    actions: list[str] = field(default_factory=list)
    tone: str = "danger"


def explained(api: Body, call: str, found: Found) -> Explanation | None:
    """What is wrong with a capture; None when nothing is."""
    failure = found.capture.request.get("failure")
    if failure and failure.get("code") == "broken_off" and found.frames:
        return _cut_off(len(found.frames))
    if failure:
        return of_failure(failure)
    problem, props = found.detection.problem or {}, api["nodes"][call]["props"]
    kind, said = problem.get("kind", ""), problem.get("message", "")
    service, type = api["nodes"][api["root"]]["name"], props.get("response_type", "stream")
    if kind == "not_a_stream" and type == "stream":
        return _not_a_stream(service, asks_for_stream(api, call))
    if kind == "html_page":
        why = "The address leads to a website, or a gateway wants somebody to sign in first."
        todo = "Check the URL and the key, then Initialize again."
        return Explanation("This is a web page", said.partition(". Check")[0] + ".", why, todo, [OPEN_CALL, OPEN_KEY])
    if kind == "empty":
        why = f"The status was {found.capture.status}, and no byte of a body came."
        todo = "Check the URL and what the body asks for."
        return Explanation("Nothing came", said, why, todo, [OPEN_CALL, RUN_AGAIN])
    if kind == "comments_only":
        why = "Only signs of life came, and no frame."
        return Explanation("No frame came", said, why, "Trigger something, then run it again.", [RUN_AGAIN])
    if kind == "error_event":
        why = "The error came inside the stream, after the service had accepted the call."
        todo = "Run it again. If it stays, look at the last frame."
        return Explanation("The service reported an error", said, why, todo, [RUN_AGAIN])
    if kind == "broken_off":
        return _cut_off(len(found.frames))
    if kind == "bad_frame":
        return Explanation("Some frames cannot be read", said, "They are no JSON.", tone="warn")
    if type == "stream" and not any(each.type in ("text_stream", "live") for each in found.detection.fields):
        why = "All frames hold whole values, such as prices."
        todo = "Add the value as Live value, Number or Text."
        return Explanation("No text grows", "No field in the frames grows.", why, todo, [ADD_FIELD], "warn")
    return None


def of_failure(failure: dict[str, Any]) -> Explanation:
    """An error of ours as it is kept with a capture or told by the socket."""
    code = str(failure.get("code", ""))
    actions = [OPEN_KEY] if code in _KEYS else [OPEN_CALL] if code not in ("broken_off", "too_many_calls") else []
    title = {"broken_off": "The answer was cut off", "limit_crossed": "A limit was crossed"}.get(code)
    what, why, todo = (str(failure.get(name) or "") for name in ("sentence", "why", "todo"))
    title = title or "The service did not answer as it should"
    return Explanation(title, what, why, todo, [*actions, RUN_AGAIN])


def _cut_off(frames: int) -> Explanation:
    what = f"The answer was cut off after {frames} frame{'s' * (frames != 1)}."
    why = "The service ended early; the last frame did not say that it was finished."
    todo = "Run it again. The fields were found from what came."
    return Explanation("The answer was cut off", what, why, todo, [RUN_AGAIN], "warn")


def _not_a_stream(service: str, asked: bool) -> Explanation:
    what = f"{service} answered with one JSON value, all at once."
    if asked:
        why, todo = "The body asks for a stream; this address does not give one.", "Check the URL and the model."
        return Explanation("The service did not stream", what, why, todo, [SET_JSON, OPEN_CALL])
    why, todo = "The body does not ask for a stream.", 'Add "stream": true, Initialize again.'
    return Explanation("The service did not stream", what, why, todo, [ADD_STREAM, SET_JSON])


def asks_for_stream(api: Body, call: str) -> bool:
    """Whether the body has `"stream": true`, whatever stands in the rest of it."""
    text = "".join((api["nodes"][call]["props"].get("body") or "").split())
    return '"stream":true' in text or '"stream":"true"' in text
