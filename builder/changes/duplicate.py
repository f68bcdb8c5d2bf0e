"""Insert a copy of a node and its subtree, with new ids, right after it."""

from builder.changes import Change, ChangeJSON, changes, node_of
from builder.changes.insert import Insert
from builder.document import Body, Node, new_id, spot_of, walk
from builder.errors import Invalid
from builder.rewriting import renamed


def copy_with_new_ids(body: Body, key: str, root: str | None = None) -> tuple[str, dict[str, Node]]:
    """A copy of a node and its subtree. References among the copied nodes point to the copies, others are unchanged.
    Conditions get new ids as well."""
    [copy] = copies_with_new_ids(body, [key], {key: root} if root else {})
    return copy


def copies_with_new_ids(
    body: Body, keys: list[str], given: dict[str, str] | None = None
) -> list[tuple[str, dict[str, Node]]]:
    """The same for several nodes, none of them inside another: references from one to another point to its copy, too.
    `given` are the new ids of some of the copied nodes."""
    given = given or {}
    ids = {each: given.get(each) or new_id(each.split("_")[0]) for key in keys for each in walk(body, key)}
    copied = {each: body["nodes"][each] for each in ids}
    new = ids | {each: new_id("cn") for holder in copied.values() for each in _conditions(holder)}
    made = renamed(copied, new)
    return [(ids[key], {ids[each]: made[ids[each]] for each in walk(body, key)}) for key in keys]


def _conditions(holder: Node) -> list[str]:
    """The ids of a node's conditions. Pasted data may contain anything; it is validated later."""
    listed = holder["props"].get("conditions")
    named = [each.get("id") for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    return [each for each in named if isinstance(each, str) and each.startswith("cn_")]


@changes.register
class Duplicate(Change):
    name = "duplicate"
    fields = {"node": str}
    optional = {"id": str}

    def apply(self, body: Body, change: ChangeJSON) -> tuple[Body, ChangeJSON]:
        key = change["node"]
        name = node_of(body, key)["name"]
        if key == body["root"]:
            raise Invalid("The root of a document cannot be duplicated here.")
        place = spot_of(body, key)
        new, nodes = copy_with_new_ids(body, key, change.get("id"))
        if name:
            nodes[new]["name"] = free_name(name, {each["name"] for each in body["nodes"].values()})
        spot = {"parent": place.parent, "slot": place.slot, "index": place.index + 1}
        return Insert().apply(body, {"do": "insert", "doc": change["doc"], "nodes": nodes, "node": new} | spot)


def free_name(name: str, taken: set[str]) -> str:
    """`name`, or with the first number after it that makes it unique: Send, Send 2, Send 3."""
    stem = name.rstrip("0123456789").rstrip() if name in taken else name
    number = 2
    while name in taken:
        name, number = f"{stem} {number}", number + 1
    return name
