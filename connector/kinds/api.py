"""APIs: a base URL, its authentication, the rows its calls share, and the calls."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse

from builder.changes.duplicate import free_name
from builder.checking.fixes import renaming
from builder.checking.leaks import key_in
from builder.document import Body, Node, Problem, Where, body, node, walk
from builder.kinds import Kind, kinds
from connector.answers.paths import BadPath, parse_path
from connector.asking.headers import is_secret
from connector.auth import auth
from connector.spending.limits import wrong_limit

# What may be in which slot of what. An API's rows are shared by its calls; a call's own row takes precedence.
_SHARED = {"headers": "header", "query": "query", "parameters": "parameter"}
SLOTS = {
    "api": {"calls": "call", **_SHARED},
    "call": {**_SHARED, "form": "form_field", "fields": "field"},
}
TYPES = {"api", *(type for slots in SLOTS.values() for type in slots.values())}
USES = {"action": "Action", "data": "Data"}
RESPONSE_TYPES = {
    "stream": "Stream",
    "json": "JSON",
    "xml": "XML",
    "text": "Text",
    "file": "Image/file",
    "empty": "Empty",
}
BODY_KINDS = {
    "none": "None",
    "json": "JSON",
    "form": "Form URL-encoded",
    "multipart": "Form data",
    "raw": "Raw",
}
# The kinds of body that consist of the rows in the slot "form".
OF_ROWS = ("form", "multipart")
FIELD_TYPES = {
    "text_stream": "Text stream",
    "text": "Text",
    "number": "Number",
    "yes_no": "Yes/no",
    "live": "Live value",
    "frames": "List of frames",
    "file": "File",
}
TEXT_MODES = ("delta", "cumulative", "replace", "segments")
MODES = (*TEXT_MODES, "largest", "number", "yes_no")  # the others of numbers and of live values; see extract.Field
# Where in a response a field is found: at its path in a frame, in the header of that name, or in the status.
PARTS = ("body", "header", "status")
# The built-in fields of a call that includes errors (S10): the path, name and type of each.
STATUS_FIELDS = {
    "code": ("Status code", "number"),
    "text": ("Status text", "text"),
    "body": ("Body", "text"),
    "is_error": ("Returned an error", "yes_no"),
}
MOST_RETRIES = 5
_CHOICES: dict[str, dict[str, Iterable[str]]] = {
    "call": {"use_as": USES, "response_type": RESPONSE_TYPES, "body_kind": BODY_KINDS},
    "field": {"type": FIELD_TYPES, "mode": MODES, "part": PARTS},
}
_TEXTS = {
    "api": ("base_url",),
    "call": ("method", "path", "body"),
    "header": ("value",),
    "query": ("value",),
    "parameter": ("value", "place"),
}
_FLAGS = {
    "call": ("include_errors", "stays_open", "redirects"),
    **dict.fromkeys(("header", "query", "parameter"), ("private", "optional", "allow_blank")),
    "form_field": ("private", "optional", "allow_blank", "file"),
}


@kinds.register
class Api(Kind):
    name = "api"
    label = "API"
    prefix = "ai"
    icon = "plug"
    found = ("calls",)

    def blank(self, key: str, name: str) -> Body:
        props = {"base_url": "", "auth": {"scheme": "none", "options": {}}}
        return body(key, {key: node("api", name, props)})

    def problems(self, body: Body, catalog: Any = None) -> list[Problem]:
        doc = f"api/{body['root']}"
        found = [problem for key, each in body["nodes"].items() for problem in self._node(doc, key, each, body)]
        return (
            found + list(_twins(doc, body)) + ([] if any(p.severity == "error" for p in found) else _loose(doc, body))
        )

    def private(self, body: Body) -> Iterator[tuple[str, str]]:
        """The defaults of private parameters, and the values of rows that are secret by their name."""
        for key, each in body["nodes"].items():
            value = each["props"].get("value")
            hides = each["type"] == "parameter" or (each["type"] in ("header", "query") and is_secret(each["name"]))
            if hides and each["props"].get("private", True) and isinstance(value, str):
                yield value, self.words(body, key, None)

    def words(self, body: Body, node: str, catalog: Any) -> str:
        call = _call_around(body, node)
        name = body["nodes"][body["root"]]["name"]
        if node in (call, body["root"]):
            return f"call {body['nodes'][call]['name']} of {name}" if call else f"API {name}"
        return f"{body['nodes'][node]['name']} of {body['nodes'][call]['name'] if call else name}"

    def url(self, app: str, body: Body, node: str) -> str:
        call = _call_around(body, node)
        return reverse("connector", args=[app, body["root"], *([call] if call else [])])

    def part(self, body: Body, node: str, prop: str) -> str:
        """The row; for a call, which can only lack that, Initialize."""
        type = body["nodes"][node]["type"]
        return "" if type == "api" else "initialize" if type == "call" else node

    def _node(self, doc: str, key: str, node: Node, body: Body) -> list[Problem]:
        def error(sentence: str, prop: str = "") -> Problem:
            return Problem(Where(doc, key, prop), sentence, "error")

        expected = "api" if key == body["root"] else None
        if (expected and node["type"] != expected) or node["type"] not in TYPES:
            return [error(f"An API has no part of type {node['type']}.")]
        found = []
        for slot, keys in node["slots"].items():
            fits = SLOTS.get(node["type"], {}).get(slot)
            if any(body["nodes"][each]["type"] != fits for each in keys):
                found.append(error(f"The slot {slot} cannot hold this."))
        props = node["props"]
        for prop, sentence in _wrong_props(node["type"], props):
            found.append(error(sentence, prop))
        if node["type"] == "api" and (props.get("auth") or {}).get("scheme", "none") not in auth:
            found.append(error("There is no such authentication.", "auth"))
        if node["type"] == "field" and (wrong := wrong_path(props.get("part"), props.get("path"))):
            found.append(error(wrong, "path"))
        return found


def wrong_path(part: Any, path: Any) -> str:
    """What is wrong with where a field is supposed to be found; empty if nothing is."""
    if not isinstance(path, str | None):
        return "This takes a text."
    if part == "status":
        return "" if path in STATUS_FIELDS else f"A status has no {path}."
    if part == "header":
        return "" if path else "This takes a header's name."
    try:
        parse_path(path or "$")
    except BadPath as wrong:
        return str(wrong)
    return ""


def _wrong_props(type: str, props: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The properties of a node that cannot be read, each with a sentence."""
    for prop in _TEXTS.get(type, ()):
        if not isinstance(props.get(prop, ""), str):
            yield prop, "This takes a text."
    for prop in _FLAGS.get(type, ()):
        if not isinstance(props.get(prop, False), bool):
            yield prop, "This is yes or no."
    for prop, choices in _CHOICES.get(type, {}).items():
        if prop in props and props[prop] not in choices:
            yield prop, f"{props[prop]!r} is none of {', '.join(choices)}."
    if type == "form_field" and not isinstance(props.get("value", ""), str) and file_key(props["value"]) is None:
        yield "value", "This takes a text or a file."
    if type == "call" and props.get("retries", 0) not in range(MOST_RETRIES + 1):
        yield "retries", f"This takes a number from 0 to {MOST_RETRIES}."
    if type == "call" and (wrong := wrong_limit(props.get("limits") or {})):
        yield "limits", wrong


def file_key(value: Any) -> str | None:
    """The key of the stored file that a value refers to, as `{"file": "fl_…"}`; None for any other value."""
    key = value.get("file") if isinstance(value, dict) and len(value) == 1 else None
    return key if isinstance(key, str) else None


def _call_around(body: Body, node: str) -> str | None:
    """The call that a node is or belongs to; None if it belongs to the API itself."""
    calls = (key for key, each in body["nodes"].items() if each["type"] == "call")
    return next((call for call in calls if node in walk(body, call)), None)


def _twins(doc: str, body: Body) -> list[Problem]:
    """Calls of the same name in one API; a call is identified by its name (S1)."""
    found, names = [], set()
    for key, each in body["nodes"].items():
        if each["type"] == "call":
            name = each["name"].strip().lower()
            if name in names:
                sentence = f"There are two calls named {each['name']}. Rename one of them."
                free = free_name(each["name"], {other["name"] for other in body["nodes"].values()})
                found.append(Problem(Where(doc, key), sentence, fix=renaming(doc, key, free)))
            names.add(name)
    return found


def _loose(doc: str, body: Body) -> list[Problem]:
    """Issues (S43): calls that were never initialized, and keys in places that are not sealed."""
    never = [
        Problem(Where(doc, key), f"{each['name']} was never initialized, so no page can use it. Press Initialize.")
        for key, each in body["nodes"].items()
        if each["type"] == "call" and not each["props"].get("initialized")
    ]
    return never + [
        Problem(
            Where(doc, key),
            f"A key stands in it as it is ({begins}): who opens the editor can read it. Put it into the "
            "authentication of the API, where it is sealed.",
            "hint",
        )
        for key, each in body["nodes"].items()
        if (begins := key_in(json.dumps(each["props"])))
    ]
