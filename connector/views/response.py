"""The response panel: what the newest capture of a call holds, and whether the call is ready to stream."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from builder.document import Body, children
from builder.models import App
from connector.extract import Field, values_at_end
from connector.initialize import Found
from connector.models import Capture
from connector.views.captures import amount, found_in, frame_list, numbers, pulse, short
from connector.views.explain import asks_for_stream, explained

# An answer larger than this is read when the page is there already.
LATER = 2**20


@dataclass
class Check:
    """One line of "Ready to stream": ok, wrong or open; with the sign of it, or the button that mends it."""

    state: str
    words: str
    sign: str = ""
    mend: str = ""


def newest(app: App, api: Body, call: str) -> Capture | None:
    """The newest capture of a call, else the one its fields were found in."""
    kept = app.captures.filter(api=api["root"], call=call).defer("body", "times").first()  # type: ignore[attr-defined]
    if kept is None and (initialized := api["nodes"][call]["props"].get("initialized")):
        kept = app.captures.filter(pk=initialized.get("capture") or "").first()  # type: ignore[attr-defined]
    return Capture.objects.get(pk=kept.pk) if kept else None


def response_of(app: App, api: Body, call: str, at_once: bool = False) -> dict[str, Any]:
    """The context of the panel. A large capture is only named: the panel then fetches the rest by itself."""
    capture = newest(app, api, call)
    type = api["nodes"][call]["props"].get("response_type", "stream")
    nodes = [api["nodes"][key] for key in children(api, call, "fields")]
    if capture is None:
        known = [{"name": node["name"], **node["props"]} for node in nodes]
        return {"capture": None, "fields": known, "checks": checks(api, call, None) if type == "stream" else []}
    if capture.size > LATER and not at_once:
        return {"capture": capture, "later": True}
    found = found_in(capture, type)
    fields = [Field.of(str(at), node["props"]) for at, node in enumerate(nodes)]
    values = values_at_end(fields, found.frames) if fields else []
    growing = next((field for field in fields if field.type == "text_stream"), None)
    shown = [
        {"name": node["name"], "type": node["props"]["type"], "path": node["props"]["path"], "value": value}
        for node, value in zip(nodes, values, strict=True)
    ]
    texts = [each | {"text": str(each["value"] or "")[:20_000]} for each in shown if each["type"] == "text_stream"]
    return {
        "capture": capture,
        "ok": capture.status < 400 and not capture.request.get("failure"),
        "status": _status(capture),
        "numbers": numbers(found),
        "pulse": pulse(found.times, capture.seconds),
        "fields": [each | {"value": short(each["value"], 60)} for each in shown],
        "texts": texts,
        "raw": "" if texts else _raw(found),
        "frames": frame_list(found, growing)[:200],
        "more_frames": max(0, len(found.frames) - 200),
        "headers": capture.headers,
        "explanation": explained(api, call, found),
        "cut": amount(capture.size) if capture.cut else "",
        "checks": checks(api, call, found) if type == "stream" else [],
    }


def _status(capture: Capture) -> str:
    words = next((status.phrase for status in HTTPStatus if status == capture.status), "")
    return f"{capture.status} {words}".strip()


def _raw(found: Found) -> str:
    """The answer itself where no field holds a text yet."""
    return bytes(found.capture.body)[:20_000].decode("utf-8", "replace")


def checks(api: Body, call: str, found: Found | None) -> list[Check]:
    """Whether a Stream call asks for a stream, gets frames, and is told what it costs."""
    props = api["nodes"][call]["props"]
    asked, json = asks_for_stream(api, call), props.get("body_kind") == "json"
    streamed = found is not None and found.framing not in ("json", "text") and bool(found.frames)
    lines = []
    if asked:
        lines.append(Check("ok", "The body asks for a stream", '"stream": true'))
    elif streamed or not json:
        lines.append(Check("ok" if streamed else "open", "The service streams without being asked"))
    else:
        lines.append(Check("wrong", "The body does not ask for a stream", mend="stream"))
    if found is None:
        return [*lines, Check("open", "No answer is recorded yet")]
    signs = {"sse": "data: {…}", "ndjson": "{…} ⏎", "json_array": "[{…}, {…}]", "text": "text"}
    if streamed or (found.framing == "text" and found.frames and not found.detection.problem):
        lines.append(Check("ok", "The service answered with frames", signs.get(found.framing, found.framing)))
    else:
        lines.append(Check("wrong", "The service did not answer with frames"))
    return lines + _token_check(props.get("body") or "", asked, found) if streamed else lines


def _token_check(body: str, asked: bool, found: Found) -> list[Check]:
    if any("token" in each.name.lower() and each.type == "number" for each in found.detection.fields):
        return [Check("ok", "Token counts arrive in the frames", "include_usage" if "include_usage" in body else "")]
    # Services in the manner of OpenAI count only when they are asked to.
    if asked and '"messages"' in body and "[DONE]" in str(found.detection.end.get("data")):
        return [Check("wrong", "Token counts are not asked for", mend="usage")]
    return []
