"""Set and unset properties of a node, or rename it.

A dotted property is nested in another: `at.tablet.gap`. So what two people set side by side is kept, and undoing the
change of one does not affect the other's. An object that becomes empty is removed.
"""

from collections.abc import Iterable
from typing import Any

from builder.changes import Change, ChangeJSON, changes, expect, opened, own
from builder.document import Body
from builder.errors import Invalid


@changes.register
class Update(Change):
    name = "update"
    fields = {"node": str}
    optional = {"set": dict, "unset": list, "name": str}

    def apply(self, body: Body, change: ChangeJSON) -> tuple[Body, ChangeJSON]:
        body = opened(body)
        node = own(body, change["node"])
        props, new = node["props"], change.get("set", {})
        touched = [*new, *change.get("unset", [])]
        now = _held(props, touched)
        inverse: ChangeJSON = {"do": "update", "doc": change["doc"], "node": change["node"]}
        inverse["set"] = dict(now)
        inverse["unset"] = [prop for prop in touched if prop not in now]
        if "name" in change:
            inverse["name"] = now["name"] = node["name"]
        expect(change, now, node["name"])
        for prop, value in new.items():
            _put(props, prop, value)
        for prop in change.get("unset", []):
            _take(props, prop.split("."))
        node["name"] = change.get("name", node["name"])
        inverse["expect"] = _held(props, touched)
        if "name" in change:
            inverse["expect"]["name"] = node["name"]
        return body, inverse


def _held(props: dict[str, Any], paths: Iterable[str]) -> dict[str, Any]:
    """The value at each path; paths without one are left out."""
    found = {}
    for path in paths:
        if not isinstance(path, str):
            raise Invalid("A property goes by its name.")
        holder: Any = props
        *outer, last = path.split(".")
        for name in outer:
            holder = holder.get(name) if isinstance(holder, dict) else None
        if isinstance(holder, dict) and last in holder:
            found[path] = holder[last]
    return found


def _put(props: dict[str, Any], path: str, value: Any) -> None:
    *outer, last = path.split(".")
    for name in outer:
        props = props.setdefault(name, {})
        if not isinstance(props, dict):
            raise Invalid(f"“{name}” holds nothing else.")
    props[last] = value


def _take(props: dict[str, Any], path: list[str]) -> None:
    name, *inner = path
    if not inner:
        props.pop(name, None)
    elif isinstance(props.get(name), dict):
        _take(props[name], inner)
        if not props[name]:
            del props[name]
