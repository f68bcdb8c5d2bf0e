"""APIs: a base URL, its authentication, and the calls that share them."""

from typing import Any

from builder.document import Body, Node, Problem, Where, body, node
from builder.kinds import Kind, kinds
from connector.auth import auth
from connector.paths import BadPath, parse_path

# What may stand in which slot of what.
SLOTS = {
    "api": {"calls": "call"},
    "call": {"headers": "header", "query": "query", "parameters": "parameter", "fields": "field"},
}
USES = {"action": "Action", "data": "Data"}
RESPONSE_TYPES = {"stream": "Stream", "json": "JSON", "text": "Text"}
FIELD_TYPES = {
    "text_stream": "Text stream",
    "text": "Text",
    "number": "Number",
    "yes_no": "Yes/no",
    "live": "Live value",
}
MODES = ("delta", "cumulative", "replace")
_CHOICES = {
    "call": {"use_as": USES, "response_type": RESPONSE_TYPES, "body_kind": ("none", "json", "raw")},
    "field": {"type": FIELD_TYPES, "mode": MODES},
}
_TEXTS = {
    "api": ("base_url",),
    "call": ("method", "path", "body"),
    "header": ("value",),
    "query": ("value",),
    "parameter": ("value", "place"),
    "field": ("path",),
}


@kinds.register
class Api(Kind):
    name = "api"
    label = "API"
    prefix = "ai"

    def blank(self, key: str, name: str) -> Body:
        props = {"base_url": "", "auth": {"scheme": "none", "options": {}}}
        return body(key, {key: node("api", name, props)})

    def problems(self, body: Body, catalog: Any = None) -> list[Problem]:
        doc = f"api/{body['root']}"
        found = [problem for key, each in body["nodes"].items() for problem in self._node(doc, key, each, body)]
        return (
            found + list(_twins(doc, body)) + ([] if any(p.severity == "error" for p in found) else _loose(doc, body))
        )

    def _node(self, doc: str, key: str, node: Node, body: Body) -> list[Problem]:
        def error(sentence: str, prop: str = "") -> Problem:
            return Problem(Where(doc, key, prop), sentence, "error")

        expected = "api" if key == body["root"] else None
        if (expected and node["type"] != expected) or node["type"] not in {*SLOTS, *_TEXTS}:
            return [error(f"An API has no part of type {node['type']}.")]
        found = []
        for slot, keys in node["slots"].items():
            fits = SLOTS.get(node["type"], {}).get(slot)
            if any(body["nodes"][each]["type"] != fits for each in keys):
                found.append(error(f"The slot {slot} cannot hold this."))
        props = node["props"]
        for prop in _TEXTS.get(node["type"], ()):
            if not isinstance(props.get(prop, ""), str):
                found.append(error("This takes a text.", prop))
        for prop, choices in _CHOICES.get(node["type"], {}).items():
            if prop in props and props[prop] not in choices:
                found.append(error(f"{props[prop]!r} is none of {', '.join(choices)}.", prop))
        if node["type"] == "api" and (props.get("auth") or {}).get("scheme", "none") not in auth:
            found.append(error("There is no such authentication.", "auth"))
        if node["type"] == "field":
            try:
                parse_path(props.get("path") or "$")
            except BadPath as wrong:
                found.append(error(str(wrong), "path"))
        return found


def _twins(doc: str, body: Body) -> list[Problem]:
    """Calls of one name in one API: a call is known by it (S1)."""
    found, names = [], set()
    for key, each in body["nodes"].items():
        if each["type"] == "call":
            name = each["name"].strip().lower()
            if name in names:
                found.append(Problem(Where(doc, key), f"There are two calls named {each['name']}. Rename one of them."))
            names.add(name)
    return found


def _loose(doc: str, body: Body) -> list[Problem]:
    """Loose ends (S43): calls that were never initialized."""
    return [
        Problem(Where(doc, key), f"{each['name']} was never initialized, so no page can use it. Press Initialize.")
        for key, each in body["nodes"].items()
        if each["type"] == "call" and not each["props"].get("initialized")
    ]
