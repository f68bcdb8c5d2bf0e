"""Ready to stream: what a call still lacks, by rules that hold for any service, each with a one-press fix."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from builder.document import Body, children
from builder.edition import Edition
from builder.models import App
from connector.asking.placeholders import test_values
from connector.asking.request import build
from connector.calls import resolve, secrets_of
from connector.captures.found import Found
from connector.errors import ConnectorError
from connector.files import uploads_for
from connector.fixes import asks_for_stream, row_named
from connector.sending.allowed import allowed, to_allow
from connector.sending.guard import Guard

SIGNS = {"sse": "data: {…}", "ndjson": "{…} ⏎", "json_array": "[{…}, {…}]", "text": "text"}
# Where to fix what keeps a request from being made: the id of a control on the page.
_PLACES = {
    "secret_missing": "id_scheme",
    "secret_elsewhere": "id_scheme",
    "secret_unreadable": "id_scheme",
    "bad_body": "id_body",
    "bad_address": "id_url",
}


@dataclass
class Check:
    """One line: ok, wrong or open, with its icon and either a button that fixes it or the place to do so; `allow` is an
    address that the server's owner may let calls reach."""

    state: str
    words: str
    sign: str = ""
    fix: str = ""
    button: str = "Add it"
    place: str = ""
    allow: str = ""


def checks(app: App, api: Body, call: str, found: Found | None) -> list[Check]:
    """Whether a Stream call can be sent, asks for a stream, receives frames, and is told what it costs."""
    streamed = found is not None and found.framing not in ("json", "text", "xml") and bool(found.frames)
    lines = [*_request(app, api, call), *_asking(api, call, streamed)]
    if found is None:
        return [*lines, Check("open", "No answer is recorded yet")]
    came = "The recording holds" if found.capture.request.get("source") else "The service answered with"
    if streamed or (found.framing == "text" and found.frames and not found.detection.problem):
        lines.append(Check("ok", f"{came} frames", SIGNS.get(found.framing, found.framing)))
    else:
        lines.append(Check("wrong", "The service did not answer with frames"))
        lines += _accept(api, call, found)
    return [*lines, *(_tokens(api, call, found) if streamed else ())]


def _request(app: App, api: Body, call: str) -> Iterator[Check]:
    """Whether the request can be built as it stands, without sending it."""
    props = api["nodes"][call]["props"]
    if (
        props.get("method") in ("GET", "HEAD")
        and props.get("body_kind") != "none"
        and (props.get("body") or "").strip()
    ):
        yield Check("wrong", f"{props['method']} is not meant to send a body", fix="post", button="Make it POST")
    if props.get("body_kind") == "raw" and not row_named(api, call, "headers", "content-type"):
        yield Check("wrong", "Nothing says what the raw body is", "Content-Type", fix="content-type")
    try:
        values = test_values(api, call)
        unlock = secrets_of(Edition.being_edited(app), api)
        request = build(api, call, values, unlock, resolve, uploads_for(app, api, call, values))
        Guard(allowed()).check(request.address)
    except ConnectorError as error:
        yield Check("wrong", str(error), place=_place(api, call, error), button="Open", allow=to_allow(error))


def _place(api: Body, call: str, error: ConnectorError) -> str:
    if (name := error.data.get("parameter")) and error.code == "value_missing":
        keys = [*children(api, call, "parameters"), *children(api, call, "headers"), *children(api, call, "query")]
        key = next((key for key in keys if api["nodes"][key]["name"] == name), None)
        return f"id_{key}-value" if key else "id_url"
    return _PLACES.get(error.code, "id_url")


def _asking(api: Body, call: str, streamed: bool) -> Iterator[Check]:
    props = api["nodes"][call]["props"]
    path = str(props.get("path") or "")
    if asks_for_stream(api, call):
        yield Check("ok", "The body asks for a stream", '"stream": true')
    elif not streamed and not path and not api["nodes"][api["root"]]["props"].get("base_url"):
        return
    elif streamed or props.get("body_kind") != "json" or not (props.get("body") or "").strip():
        yield Check("ok" if streamed else "open", "The service streams without being asked")
    elif ":stream" not in path:
        yield Check("wrong", "The body does not ask for a stream", fix="stream")
    if ":stream" in path and "alt=sse" not in path and not row_named(api, call, "query", "alt"):
        yield Check("open" if streamed else "wrong", "The URL does not ask for events", "alt=sse", fix="alt")


def _accept(api: Body, call: str, found: Found) -> Iterator[Check]:
    """Some services stream only to clients that accept event streams."""
    refused = found.capture.status in (406, 415)
    if (refused or api["nodes"][call]["props"].get("method") == "GET") and found.capture.status not in (401, 403, 404):
        key = row_named(api, call, "headers", "accept")
        if key is None or "event-stream" not in str(api["nodes"][key]["props"].get("value")):
            yield Check("wrong" if refused else "open", "No header asks for events", "Accept", fix="accept")


def _tokens(api: Body, call: str, found: Found) -> Iterator[Check]:
    body: str = api["nodes"][call]["props"].get("body") or ""
    numbers: list[Any] = [each for each in found.detection.fields if each.type == "number"]
    if any("token" in each.name.lower() for each in numbers):
        yield Check("ok", "Token counts arrive in the frames", "include_usage" if "include_usage" in body else "")
    # Services compatible with OpenAI report usage only if asked to.
    elif asks_for_stream(api, call) and '"messages"' in body and "[DONE]" in str(found.detection.end.get("data")):
        yield Check("open", "Token counts are not asked for", fix="usage")
