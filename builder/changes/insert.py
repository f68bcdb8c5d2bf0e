"""Insert a node and its subtree into a slot of another node."""

from builder.changes import Change, ChangeJSON, changes, opened, slot_of
from builder.document import Body, shape_problems, spot_of
from builder.errors import Invalid


@changes.register
class Insert(Change):
    name = "insert"
    fields = {"nodes": dict, "node": str, "parent": str, "slot": str, "index": int}

    def apply(self, body: Body, change: ChangeJSON) -> tuple[Body, ChangeJSON]:
        added, key = change["nodes"], change["node"]
        if wrong := shape_problems({"v": body["v"], "root": key, "nodes": added}):
            raise Invalid(wrong[0].sentence)
        if taken := added.keys() & body["nodes"].keys():
            raise Invalid(f"There is already a node {min(taken)}.")
        body = opened(body)
        siblings = slot_of(body, change["parent"], change["slot"])
        siblings.insert(max(0, min(change["index"], len(siblings))), key)
        body["nodes"].update(added)
        place = spot_of(body, key)
        expected = {"nodes": added, "parent": place.parent, "slot": place.slot}
        return body, {"do": "remove", "doc": change["doc"], "node": key, "expect": expected}
