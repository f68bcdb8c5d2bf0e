"""The content of a page and its order: insert, paste, move, duplicate, delete."""

import re

from builder.changes import ChangeJSON
from builder.changes.duplicate import copies_with_new_ids, copy_with_new_ids, free_name
from builder.document import Body, Node, children, new_id, node, shape_problems, spot_of, walk
from builder.elements import elements
from builder.errors import Invalid
from builder.expressions.catalog import Catalog
from builder.gestures import Said, gesture
from builder.gestures.begins import workflows_of
from builder.gestures.fixed import with_places
from builder.gestures.plan import Plan, and_workflows, deletions, doc_of, names_of
from builder.gestures.several import WAYS, copy_all, delete_all, duplicate_all, move_all, step_all, tops, unwrap, wrap
from builder.gestures.spots import Target, holds_elements, name_of, node_there, spot_for_new, target
from builder.kinds.page import KEPT, ROOTS

# Node types that are not elements: roots of documents, and states, properties and parameters.
NO_ELEMENTS = (*ROOTS, *KEPT.values())
NO_CATALOG = Catalog()
_NEW_ID = re.compile(r"el_[a-z0-9]{6}\Z")


def insert(body: Body, type: str, at: str, inside: bool = False, catalog: Catalog = NO_CATALOG) -> Plan:
    """Insert a new element of a type, named after it: Button, Button 2. `instance:rs_ab12cd` inserts an instance of a
    reusable element."""
    return _new(body, type, spot_for_new(body, at, inside), catalog)


def insert_at(body: Body, type: str, parent: str, index: int, catalog: Catalog = NO_CATALOG) -> Plan:
    """Insert a new element at an index among the elements of a container."""
    node_there(body, parent)
    if not holds_elements(body, parent):
        raise Invalid(f"Nothing can stand inside {name_of(body, parent)}. Choose a group instead.")
    return _new(body, type, target(body, parent, index), catalog)


def _new(body: Body, type: str, spot: Target, catalog: Catalog) -> Plan:
    type, _, of = type.partition(":")
    if type not in elements or not elements[type].group or (type == "instance") != bool(catalog.body("reusable", of)):
        raise Invalid("There is no such element.")
    key, name = new_id("el"), free_name(catalog.name(of) or elements[type].label, names_of(body))
    held = {new_id("el"): node(*each) for each in elements[type].born_with}
    nodes = {key: node(type, name, {"of": of} if of else {}, children=[*held])}
    return _insertion(body, nodes | held, key, spot)


def paste_all(body: Body, nodes: dict[str, Node], roots: list[str], at: str, inside: bool = False) -> Plan:
    """Paste several copied elements one after the other; references among them point to the pasted ones."""
    box = new_id("el")
    clip = {"v": body["v"], "root": box, "nodes": nodes | {box: node("group", children=roots)}}
    if shape_problems(clip) or any(nodes[root]["type"] in NO_ELEMENTS for root in roots):
        raise Invalid("What you copied is not elements, so nothing was pasted. Copy an element first.")
    spot, names, made = spot_for_new(body, at, inside), names_of(body), list[str]()
    inserted: list[ChangeJSON] = []
    for key, copied in copies_with_new_ids(clip, roots):
        copied[key]["name"] = free_name(copied[key]["name"], names)
        names.add(copied[key]["name"])
        inserted += _insertion(body, copied, key, Target(spot.parent, spot.index + len(made))).changes
        made.append(key)
    said = f"{len(made)} elements are now {spot.words(body)}"
    return Plan(f"Paste {len(made)} elements", inserted, made[-1], said, selection=made)


def paste(body: Body, nodes: dict[str, Node], root: str, at: str, inside: bool = False) -> Plan:
    """Paste copied elements, with new ids. The journal refuses anything that is not an element; references may be
    dangling."""
    clip = {"v": body["v"], "root": root, "nodes": nodes}
    if shape_problems(clip) or nodes[root]["type"] in NO_ELEMENTS:
        raise Invalid("What you copied is not an element, so nothing was pasted. Copy an element first.")
    key, copied = copy_with_new_ids(clip, root)
    copied[key]["name"] = free_name(copied[key]["name"], names_of(body))
    return _insertion(body, copied, key, spot_for_new(body, at, inside))


def _insertion(body: Body, nodes: dict[str, Node], key: str, spot: Target) -> Plan:
    name = nodes[key]["name"]
    change: ChangeJSON = {"do": "insert", "doc": doc_of(body), "nodes": nodes, "node": key, "parent": spot.parent}
    change |= {"slot": "children", "index": spot.index}
    return Plan(f"Add {name}", [change], key, f"{name} is now {spot.words(body)}")


def move(body: Body, key: str, way: str) -> Plan:
    """Move an element up or down among its siblings, into the container before it, or out of the one around it."""
    node_there(body, key)
    if key == body["root"]:
        return Plan(select=key, say="This is the page itself. Only what is on it can be moved.")
    here, name = spot_of(body, key), name_of(body, key)
    siblings = children(body, here.parent)
    around = name_of(body, here.parent)
    if way == "up" and here.index == 0:
        return Plan(select=key, say=f"{name} is already the first in {around}.")
    if way == "down" and here.index == len(siblings) - 1:
        return Plan(select=key, say=f"{name} is already the last in {around}.")
    if way in ("up", "down"):
        return move_to(body, key, here.parent, here.index + (1 if way == "down" else -1))
    if way == "out":
        if here.parent == body["root"]:
            return Plan(select=key, say=f"{name} is not in a group, so it cannot go out of one.")
        outer = spot_of(body, here.parent)
        return move_to(body, key, outer.parent, outer.index + 1)
    before = siblings[here.index - 1] if here.index else None
    if before is None or not holds_elements(body, before):
        return Plan(select=key, say=f"There is no group right before {name} to go into.")
    return move_to(body, key, before, len(children(body, before)))


def move_to(body: Body, key: str, parent: str, index: int) -> Plan:
    """Move an element to an index among the elements of a container, counted without the element itself."""
    node_there(body, key)
    node_there(body, parent)
    if not holds_elements(body, parent):
        raise Invalid(f"Nothing can stand inside {name_of(body, parent)}. Choose a group instead.")
    spot, name = target(body, parent, index, key), name_of(body, key)
    change = {"do": "move", "doc": doc_of(body), "node": key, "parent": parent, "slot": "children", "index": spot.index}
    return Plan(f"Move {name}", [change], key, f"{name} is now {spot.words(body)}")


def duplicate(body: Body, key: str) -> Plan:
    """Insert a copy right after the element."""
    name = node_there(body, key)["name"]
    if key == body["root"]:
        return Plan(select=key, say="This is the page itself. Its menu stands beside “Element tree”.")
    copy = new_id(key.partition("_")[0])
    change = {"do": "duplicate", "doc": doc_of(body), "node": key, "id": copy}
    return Plan(f"Duplicate {name}", [change], copy, f"{free_name(name, names_of(body))} is now after {name}")


def delete(body: Body, key: str, catalog: Catalog) -> Plan:
    """Delete an element or a state, with the workflows that start from it or from its descendants."""
    name = node_there(body, key)["name"]
    if key == body["root"]:
        return Plan(select=key, say="This is the page itself. Its menu stands beside “Element tree”.")
    here = spot_of(body, key)
    gone = set(walk(body, key))
    with_it = [wf for wf, element in workflows_of(catalog, body["root"]) if element in gone]
    changes = [{"do": "remove", "doc": doc_of(body), "node": key}, *deletions(with_it)]
    siblings = [each for each in children(body, here.parent, here.slot) if each != key]
    near = siblings[min(here.index, len(siblings) - 1)] if siblings and here.slot == "children" else here.parent
    also = and_workflows(len(with_it))
    return Plan(f"Delete {name}", changes, near, deleted=f"{name}{also}")


# What the browser sends. `nodes` are several elements, `node` is one element or a state.


@gesture("insert")
def _read_insert(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    match said:
        case {"type": str(type), "parent": str(parent), "index": int(index), **rest}:
            plan = insert_at(body, type, parent, index, catalog)
            there = {"places": {plan.select: rest["place"]}} if "place" in rest else {}
            return with_places(plan, there, body, catalog)
        case {"type": str(type), "at": str(at), **rest}:
            return insert(body, type, at, rest.get("inside") is True, catalog)
    return None


@gesture("paste")
def _read_paste(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    inside = said.get("inside") is True
    match said:
        case {"nodes": dict(nodes), "root": str(root), "at": str(at)}:
            return paste(body, nodes, root, at, inside)
        case {"nodes": dict(nodes), "roots": [str(), *_] as roots, "at": str(at)} if _are_ids(roots):
            return paste_all(body, nodes, roots, at, inside)
    return None


@gesture("move")
def _read_move(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    match said:
        case {"node": str(node), "way": str(way)} if way in WAYS:
            return move(body, node, way)
        case {"node": str(node), "parent": str(parent), "index": int(index)}:
            return with_places(move_to(body, node, parent, index), said, body, catalog)
        case {"nodes": list(keys), "way": str(way)} if way in WAYS and _are_ids(keys):
            return move(body, keys[0], way) if len(keys) == 1 else step_all(body, keys, way)
        case {"nodes": list(keys), "parent": str(parent), "index": int(index)} if _are_ids(keys):
            return with_places(move_all(body, keys, parent, index), said, body, catalog)
    return None


@gesture("copy")
def _read_copy(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    match said:
        case {"nodes": list(keys), "parent": str(parent), "index": int(index)} if _are_ids(keys):
            ids = _new_ids(said, body)
            plan = copy_all(body, keys, parent, index, ids)
            return with_places(plan, said, body, catalog, dict(zip(tops(body, keys), plan.selection, strict=False)))
    return None


@gesture("duplicate")
def _read_duplicate(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    match said:
        case {"node": str(node)}:
            return duplicate(body, node)
        case {"nodes": list(keys)} if _are_ids(keys):
            ids = _new_ids(said, body)
            return duplicate(body, keys[0]) if len(keys) == 1 and not ids else duplicate_all(body, keys, ids)
    return None


@gesture("delete")
def _read_delete(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    match said:
        case {"node": str(node)}:
            return delete(body, node, catalog)
        case {"nodes": list(keys)} if _are_ids(keys):
            return delete(body, keys[0], catalog) if len(keys) == 1 else delete_all(body, keys, catalog)
    return None


@gesture("wrap")
def _read_wrap(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    match said:
        case {"nodes": list(keys)} if _are_ids(keys):
            return wrap(body, keys, catalog)
    return None


@gesture("unwrap")
def _read_unwrap(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    match said:
        case {"nodes": list(keys)} if _are_ids(keys):
            return with_places(unwrap(body, keys, catalog), said, body, catalog)
    return None


def _new_ids(said: Said, body: Body) -> dict[str, str]:
    """The ids that the browser has given to copies, by those of what they copy, so that it can show and use the copies
    before the answer. None of them if one is malformed or in use: then copies get others."""
    ids = said.get("ids")
    if not isinstance(ids, dict) or not all(isinstance(new, str) and _NEW_ID.match(new) for new in ids.values()):
        return {}
    known = body["nodes"].keys()
    is_new = len(set(ids.values())) == len(ids) and known.isdisjoint(ids.values()) and ids.keys() <= known
    return ids if is_new else {}


def _are_ids(keys: list[object]) -> bool:
    return bool(keys) and all(isinstance(key, str) for key in keys)
