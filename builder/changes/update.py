"""Set and unset properties of a node, or give it another name."""

from builder.changes import Change, ChangeJSON, changes, expect, node_of
from builder.document import Body


@changes.register
class Update(Change):
    name = "update"
    fields = {"node": str}
    optional = {"set": dict, "unset": list, "name": str}

    def apply(self, body: Body, change: ChangeJSON) -> tuple[Body, ChangeJSON]:
        node = node_of(body, change["node"])
        props, new = node["props"], change.get("set", {})
        touched = [*new, *change.get("unset", [])]
        inverse: ChangeJSON = {"do": "update", "doc": change["doc"], "node": change["node"]}
        inverse["set"] = {prop: props[prop] for prop in touched if prop in props}
        inverse["unset"] = [prop for prop in touched if prop not in props]
        now = {prop: props[prop] for prop in touched if prop in props}
        if "name" in change:
            inverse["name"] = now["name"] = node["name"]
        expect(change, now, node["name"])
        props.update(new)
        for prop in change.get("unset", []):
            props.pop(prop, None)
        node["name"] = change.get("name", node["name"])
        inverse["expect"] = {prop: props[prop] for prop in touched if prop in props}
        if "name" in change:
            inverse["expect"]["name"] = node["name"]
        return body, inverse
