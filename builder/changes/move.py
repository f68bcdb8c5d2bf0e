"""Move a node and its subtree to another place in the same document."""

from builder.changes import Change, ChangeJSON, IntoItself, changes, expect, node_of, opened, slot_of, take_out
from builder.document import Body, spot_of, walk
from builder.errors import Invalid


@changes.register
class Move(Change):
    name = "move"
    fields = {"node": str, "parent": str, "slot": str, "index": int}

    def apply(self, body: Body, change: ChangeJSON) -> tuple[Body, ChangeJSON]:
        key, parent, slot = change["node"], change["parent"], change["slot"]
        name = node_of(body, key)["name"]
        if key == body["root"]:
            raise Invalid("The root of a document cannot be moved.")
        node_of(body, parent)
        if parent in walk(body, key):
            raise IntoItself(name=name)
        before = spot_of(body, key)
        expect(change, {"parent": before.parent, "slot": before.slot}, name)
        body = opened(body)
        take_out(body, before.parent, before.slot, key)
        siblings = slot_of(body, parent, slot)
        siblings.insert(max(0, min(change["index"], len(siblings))), key)
        inverse = {"do": "move", "doc": change["doc"], "node": key, "parent": before.parent, "slot": before.slot}
        return body, inverse | {"index": before.index, "expect": {"parent": parent, "slot": slot}}
