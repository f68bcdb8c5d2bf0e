"""Reusable elements: make one of what is selected. And none of them is put into itself."""

import json
from collections.abc import Iterator

from builder.changes import ChangeJSON
from builder.changes.duplicate import copy_with_new_ids, free_name
from builder.document import Body, children, new_id, node, spots, walk
from builder.errors import Invalid
from builder.expressions.catalog import Catalog
from builder.gestures import Said, gesture
from builder.gestures.begins import workflows_of
from builder.gestures.plan import Plan, doc_of
from builder.gestures.setting import keys_of
from builder.gestures.several import tops, words
from builder.gestures.spots import name_of
from builder.kinds import kinds
from builder.reusing import leads_to


def make_reusable(body: Body, keys: list[str], catalog: Catalog) -> Plan:
    """A new reusable element of what is selected, with the workflows that begin in it; an instance of it where the
    first stood. What of the rest is read inside is gone there: the checks say so."""
    inside = tops(body, keys)
    if not inside:
        return Plan(select=body["root"], say="This is the page itself. Choose something on it.")
    root, key, here = new_id("rs"), new_id("el"), spots(body)[inside[0]]
    taken = {each["nodes"][each["root"]]["name"] for each in catalog.bodies("reusable")}
    name = free_name(name_of(body, inside[0]), taken)
    moved = [each for top in inside for each in walk(body, top)]
    box = {"nodes": {each: body["nodes"][each] for each in moved} | {root: node("group", "", {}, children=inside)}}
    copy, nodes = copy_with_new_ids({"v": body["v"], "root": root, **box}, root, root)
    ids = dict(zip(moved, [each for each in walk({"nodes": nodes}, copy) if each != root], strict=True))
    made = kinds["reusable"].blank(root, name)
    made["nodes"] = nodes | {root: node("reusable", name, {}, children=children({"nodes": nodes}, root))}
    removed: list[ChangeJSON] = [{"do": "remove", "doc": doc_of(body), "node": each} for each in inside]
    others = {holder["name"] for each, holder in body["nodes"].items() if each not in moved}
    instance = {key: node("instance", free_name(name, others), {"of": root})}
    index = len([each for each in children(body, here.parent)[: here.index] if each not in inside])
    placed: ChangeJSON = {"do": "insert", "doc": doc_of(body), "nodes": instance, "node": key}
    placed |= {"parent": here.parent, "slot": here.slot, "index": index}
    created: ChangeJSON = {"do": "create", "doc": f"reusable/{root}", "body": made}
    follow = list(_following(body, ids, root, catalog))
    label = f"Make {words(body, inside)} reusable"
    return Plan(label, [*removed, placed, created, *follow], key, f"{name} is a reusable element now")


def _following(body: Body, ids: dict[str, str], root: str, catalog: Catalog) -> Iterator[ChangeJSON]:
    """The workflows that begin with what goes into a reusable element go with it."""
    for key, element in workflows_of(catalog, body["root"]):
        workflow = catalog.body("workflow", key)
        if workflow is None or element not in ids:
            continue
        text = json.dumps(workflow)
        for old, new in {**ids, body["root"]: root, **{each: new_id("sp") for each in _steps(workflow)}}.items():
            text = text.replace(json.dumps(old), json.dumps(new))
        moved = json.loads(text.replace(json.dumps(key), json.dumps(other := new_id("wf"))))
        yield {"do": "delete", "doc": f"workflow/{key}"}
        yield {"do": "create", "doc": f"workflow/{other}", "body": moved}


def _steps(workflow: Body) -> list[str]:
    return [key for key in workflow["nodes"] if key != workflow["root"]]


def refuse_circles(plan: Plan, body: Body, catalog: Catalog) -> None:
    """Raises `Invalid` for changes by which a reusable element would stand in itself."""
    own = body["root"]
    for of in _placed(plan) if catalog.body("reusable", own) else ():
        if own in leads_to(catalog, of):
            name, inner = name_of(body, own), catalog.name(of)
            why = f"{inner} holds {name}, so it cannot stand in it." if of != own else f"{name} cannot stand in itself."
            raise Invalid(why)


def _placed(plan: Plan) -> Iterator[str]:
    """The reusable elements that changes put somewhere."""
    for change in plan.changes:
        holders = [each for each in change.get("nodes", {}).values() if isinstance(each, dict)]
        said = [each.get("props", {}).get("of") for each in holders if each.get("type") == "instance"]
        said.append(change.get("set", {}).get("of") if change["do"] == "update" else None)
        yield from (of for of in said if isinstance(of, str))


@gesture("make_reusable")
def _read_make(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    keys = keys_of(said)
    return make_reusable(body, keys, catalog) if keys else None
