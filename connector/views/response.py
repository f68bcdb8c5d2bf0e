"""The response panel: what a call's newest capture contains, and whether the call is ready to stream."""

from http import HTTPStatus
from typing import Any

from builder.document import Body
from builder.models import App
from connector.answers.extract import Field, values_at_end
from connector.captures.captured import amount, clock, numbers, part_value, pulse, short, timing
from connector.captures.found import Found, found_in
from connector.models import Capture
from connector.views.checks import checks
from connector.views.explain import Explanation, explained
from connector.views.frame_list import replay, saved_of
from connector.views.kept import in_use, newest

# A response larger than this is analysed only after the page has loaded.
LATER = 2**20
# How much is shown of a text and of the raw bytes.
LONGEST, RAW = 20_000, 20_000


def response_of(app: App, api: Body, call: str, at_once: bool = False) -> dict[str, Any]:
    """The context of the panel. A large capture is only named: the panel then loads the rest by itself."""
    capture = newest(app, api, call)
    streams = api["nodes"][call]["props"].get("response_type", "stream") == "stream"
    kept = Capture.objects.filter(app=app, api=api["root"], call=call).count()
    if capture is None:
        known = saved_of(api, call)
        return {"capture": None, "fields": known, "checks": checks(app, api, call, None) if streams else []}
    if capture.size > LATER and not at_once:
        return {"capture": capture, "later": True}
    found = found_in(capture, api["nodes"][call]["props"].get("response_type", "stream"))
    explanation = explained(api, call, found)
    shown = with_values(saved_of(api, call), found)
    texts = [each | {"text": str(each["value"] or "")[:LONGEST]} for each in shown if each["type"] == "text_stream"]
    return {
        "capture": capture,
        "tone": tone_of(capture, explanation),
        "newer": _newer(app, api, call, capture),
        "status": status_of(capture),
        "kept": kept,
        "numbers": numbers(found),
        "pulse": pulse(found.times, capture.seconds),
        "fields": [each | {"value": short(each["value"], 60)} for each in shown],
        "texts": texts,
        "raw": bytes(capture.body)[:RAW].decode("utf-8", "replace"),
        "more_raw": amount(capture.size - RAW) if capture.size > RAW else "",
        "frames": replay(api, call, found, saved_of(api, call)),
        "timing": timing(found),
        "headers": capture.headers,
        "taken": {(each.get("part"), each["path"]) for each in shown},
        "explanation": explanation,
        "cut": amount(capture.size) if capture.cut else "",
        "checks": checks(app, api, call, found) if streams else [],
    }


def status_of(capture: Capture) -> str:
    """A capture's status in words: 200 OK. For a response that nobody was called for, where it came from."""
    source = capture.request.get("source")
    if source and capture.status < 400:
        return "Recorded" if source == "preset" else str(source).capitalize()
    words = next((status.phrase for status in HTTPStatus if status == capture.status), "")
    return f"{capture.status} {words}".strip()


def tone_of(capture: Capture, explanation: Explanation | None) -> str:
    """The colour of its status: danger for an error, ok for a fresh response with nothing wrong with it."""
    if capture.status >= 400:
        return "danger"
    return "" if explanation or capture.request.get("source") else "ok"


def _newer(app: App, api: Body, call: str, capture: Capture) -> str:
    """When the response with the fields in use came, if it is not the one shown."""
    used = in_use(api, call)
    if not used or used == capture.pk:
        return ""
    kept = Capture.objects.filter(app=app, pk=used).defer("body", "times").first()
    return clock(kept.started) if kept else ""


def with_values(held: list[dict[str, Any]], found: Found) -> list[dict[str, Any]]:
    """Saved fields with their values at the end of this response."""
    in_body = [each for each in held if each.get("part") in (None, "", "body")]
    values = iter(values_at_end([Field.of(each["id"], each) for each in in_body], found.frames) if in_body else ())
    return [
        each | {"value": next(values) if each in in_body else part_value(found, each["part"], each["path"])}
        for each in held
    ]
