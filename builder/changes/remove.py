"""Remove a node and its subtree."""

from builder.changes import Change, ChangeJSON, changes, expect, node_of, opened, take_out
from builder.document import Body, spot_of, walk
from builder.errors import Invalid


@changes.register
class Remove(Change):
    name = "remove"
    fields = {"node": str}

    def apply(self, body: Body, change: ChangeJSON) -> tuple[Body, ChangeJSON]:
        key = change["node"]
        name = node_of(body, key)["name"]
        if key == body["root"]:
            raise Invalid("The root of a document cannot be removed.")
        place = spot_of(body, key)
        taken = {each: body["nodes"][each] for each in walk(body, key)}
        expect(change, {"nodes": taken, "parent": place.parent, "slot": place.slot}, name)
        body = opened(body)
        take_out(body, place.parent, place.slot, key)
        for each in taken:
            del body["nodes"][each]
        inverse = {"do": "insert", "doc": change["doc"], "nodes": taken, "node": key}
        return body, inverse | {"parent": place.parent, "slot": place.slot, "index": place.index}
