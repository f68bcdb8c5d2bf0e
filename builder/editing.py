"""Gestures on a page as changes: insert, paste, move, duplicate, delete, rename, set. Pure; the journal performs them.

A gesture may find nothing to do, such as moving the first element up. Its plan then has no changes and says why.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from builder.changes import ChangeJSON, NodeGone
from builder.changes.duplicate import copy_with_new_ids, free_name
from builder.document import Body, Node, children, new_id, node, shape_problems, spots, walk
from builder.elements import elements
from builder.errors import Invalid
from builder.expressions.catalog import Catalog, Place
from builder.expressions.chips import remember
from builder.kinds import kinds
from builder.kinds.page import STATE_TYPES, form_of

NAME_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Begins:
    """How a workflow begins with an element's event: the type of its event, its first name, and words for a button."""

    type: str
    name: str
    words: str


EVENTS = {
    "clicked": Begins("clicked", "{name} is clicked", "when clicked"),
    "changed": Begins("value_changed", "{name}'s value changes", "when its value changes"),
    "submitted": Begins("submitted", "Enter is pressed in {name}", "when Enter is pressed"),
}
WAYS = ("up", "down", "in", "out")


class NotSet(Invalid):
    """A value that its field does not take. Belongs under the field."""

    code = "not_set"

    def __init__(self, sentence: str, prop: str):
        super().__init__(sentence)
        self.prop = prop


@dataclass(frozen=True, slots=True)
class Plan:
    """What a gesture comes to: the name of its undo, its changes, what to say, and the node to select
    after it. None is named by what is typed: the author may be elsewhere by then. `deleted` names what is gone, where a
    message offers to undo it."""

    label: str = ""
    changes: list[ChangeJSON] = field(default_factory=list)
    select: str = ""
    say: str = ""
    deleted: str = ""


# Where elements stand


def node_there(body: Body, key: str) -> Node:
    """A node of the page that must still be there."""
    if key not in body["nodes"]:
        raise NodeGone(name="The element")
    return body["nodes"][key]


def holds_elements(body: Body, key: str) -> bool:
    """Whether elements can stand in this node."""
    kind = elements.get(body["nodes"][key]["type"])
    return kind is not None and "children" in kind.slots


@dataclass(frozen=True, slots=True)
class Target:
    """A place among the elements: after `after` in `parent`, first where that is None. `index` counts the elements
    that are there without the one that moves."""

    parent: str
    index: int
    after: str | None = None

    def words(self, body: Body) -> str:
        """In Answer actions, after Stop."""
        where = f"in {name_of(body, self.parent)}"
        return f"{where}, after {name_of(body, self.after)}" if self.after else f"{where}, first"


def name_of(body: Body, key: str) -> str:
    """What the author calls a node, else what it is."""
    holder = body["nodes"][key]
    return holder["name"] or (elements[holder["type"]].label if holder["type"] in elements else "It")


def target(body: Body, parent: str, index: int, moving: str | None = None) -> Target:
    """The place at an index of a parent, counted without what moves."""
    others = [key for key in children(body, parent) if key != moving]
    index = max(0, min(index, len(others)))
    return Target(parent, index, others[index - 1] if index else None)


def spot_for_new(body: Body, at: str, inside: bool) -> Target:
    """Where something new goes: after the selection; into it at its end, if asked for and it holds elements."""
    if at not in body["nodes"] or body["nodes"][at]["type"] == "state":
        at = body["root"]
    if at == body["root"] or (inside and holds_elements(body, at)):
        return target(body, at, len(children(body, at)))
    here = spots(body)[at]
    return target(body, here.parent, here.index + 1)


def targets(body: Body, key: str) -> list[Target]:
    """Every place an element can be moved to, in reading order; not where it is, and nowhere in itself."""
    own, here = set(walk(body, key)), spots(body)[key]
    found = []

    def look_into(parent: str) -> None:
        others = [each for each in children(body, parent) if each != key]
        for index in range(len(others) + 1):
            if (parent, index) != (here.parent, here.index):
                found.append(target(body, parent, index, key))
            if index < len(others) and others[index] not in own and holds_elements(body, others[index]):
                look_into(others[index])

    look_into(body["root"])
    return found


# Gestures


def insert(body: Body, type: str, at: str, inside: bool = False) -> Plan:
    """A new element of a type, named after it: Button, Button 2."""
    if type not in elements or not elements[type].group:
        raise Invalid("There is no such element.")
    key, name = new_id("el"), free_name(elements[type].label, _names(body))
    return _insertion(body, {key: node(type, name)}, key, spot_for_new(body, at, inside))


def paste(body: Body, nodes: dict[str, Node], root: str, at: str, inside: bool = False) -> Plan:
    """Copied elements, with new ids. The journal refuses what is no element; what they refer to may be gone."""
    clip = {"v": body["v"], "root": root, "nodes": nodes}
    if shape_problems(clip) or nodes[root]["type"] in ("page", "state"):
        raise Invalid("What was copied is not an element, so it was not pasted. Copy an element first.")
    key, copied = copy_with_new_ids(clip, root)
    copied[key]["name"] = free_name(copied[key]["name"], _names(body))
    return _insertion(body, copied, key, spot_for_new(body, at, inside))


def _insertion(body: Body, nodes: dict[str, Node], key: str, spot: Target) -> Plan:
    name = nodes[key]["name"]
    change: ChangeJSON = {"do": "insert", "doc": _doc(body), "nodes": nodes, "node": key, "parent": spot.parent}
    change |= {"slot": "children", "index": spot.index}
    return Plan(f"Add {name}", [change], key, f"{name} is now {spot.words(body)}")


def move(body: Body, key: str, way: str) -> Plan:
    """Up and down among its siblings, into the container before it, out of the one around it."""
    node_there(body, key)
    if key == body["root"]:
        return Plan(select=key, say="This is the page itself. Only what is on it can be moved.")
    here, name = spots(body)[key], name_of(body, key)
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
            return Plan(select=key, say=f"{name} is in no group, so it cannot go out of one.")
        outer = spots(body)[here.parent]
        return move_to(body, key, outer.parent, outer.index + 1)
    before = siblings[here.index - 1] if here.index else None
    if before is None or not holds_elements(body, before):
        return Plan(select=key, say=f"{name} goes into the group right before it, and there is none.")
    return move_to(body, key, before, len(children(body, before)))


def move_to(body: Body, key: str, parent: str, index: int) -> Plan:
    """To an index among the elements of a container, counted without the element itself."""
    node_there(body, key)
    if node_there(body, parent)["type"] == "state" or not holds_elements(body, parent):
        raise Invalid(f"Nothing can stand inside {name_of(body, parent)}. Choose a group instead.")
    spot, name = target(body, parent, index, key), name_of(body, key)
    change = {"do": "move", "doc": _doc(body), "node": key, "parent": parent, "slot": "children", "index": spot.index}
    return Plan(f"Move {name}", [change], key, f"{name} is now {spot.words(body)}")


def duplicate(body: Body, key: str) -> Plan:
    """A copy right after it."""
    name = node_there(body, key)["name"]
    if key == body["root"]:
        return Plan(select=key, say="This is the page itself. Its menu stands beside “Element tree”.")
    copy = new_id(key.partition("_")[0])
    change = {"do": "duplicate", "doc": _doc(body), "node": key, "id": copy}
    return Plan(f"Duplicate {name}", [change], copy, f"{free_name(name, _names(body))} is now after {name}")


def delete(body: Body, key: str, catalog: Catalog) -> Plan:
    """An element or a state, with the workflows that begin with it or with what is in it."""
    name = node_there(body, key)["name"]
    if key == body["root"]:
        return Plan(select=key, say="This is the page itself. Its menu stands beside “Element tree”.")
    here = spots(body)[key]
    gone = set(walk(body, key))
    with_it = [wf for wf, element in workflows_of(catalog, body["root"]) if element in gone]
    changes = [{"do": "remove", "doc": _doc(body), "node": key}, *_deletions(with_it)]
    siblings = [each for each in children(body, here.parent, here.slot) if each != key]
    near = siblings[min(here.index, len(siblings) - 1)] if siblings and here.slot == "children" else here.parent
    also = _and_workflows(len(with_it))
    return Plan(f"Delete {name}", changes, near, deleted=f"{name}{also}")


def rename(body: Body, key: str, name: str) -> Plan:
    """Another name for an element, a state or the page."""
    before = node_there(body, key)["name"]
    name = " ".join(name.split())[:NAME_LENGTH]
    if not name:
        raise NotSet(f"A name cannot be empty. Type one; until then it stays {before}.", "name")
    if name == before:
        return Plan()
    change: ChangeJSON = {"do": "update", "doc": _doc(body), "node": key, "name": name}
    # A page's title follows its name until somebody writes another one.
    if key == body["root"] and body["nodes"][key]["props"].get("title") == before.capitalize():
        change["set"] = {"title": name.capitalize()}
    return Plan(f"Rename {before}", [change], say=f"{before} is now named {name}")


def set_prop(body: Body, key: str, prop: str, value: Any, catalog: Catalog) -> Plan:
    """One property of an element; null brings its default back. Raises `NotSet` with the field's sentence."""
    holder = node_there(body, key)
    kind = elements.get(holder["type"])
    if kind is None or prop not in kind.Props.base_fields:
        raise Invalid("There is no such property.")
    change: ChangeJSON = {"do": "update", "doc": _doc(body), "node": key}
    label = f"Change {str(kind.Props.base_fields[prop].label).lower()} of {name_of(body, key)}"
    if value is None:
        return Plan(label, [change | {"unset": [prop]}] if prop in holder["props"] else [])
    form = form_of(kind, {**holder["props"], prop: value})
    if prop in form.errors:
        raise NotSet(str(form.errors[prop][0]), prop)
    value = remember(form.cleaned_data[prop], Place(catalog, page=body["root"], element=key))
    if prop in holder["props"] and holder["props"][prop] == value:
        return Plan()
    return Plan(label, [change | {"set": {prop: value}}])


# States of the page


def add_state(body: Body) -> Plan:
    """A text without a default; its type and name can be changed."""
    key, name, root = new_id("st"), free_name("State", _names(body)), body["root"]
    change: ChangeJSON = {"do": "insert", "doc": _doc(body), "nodes": {key: node("state", name, {"type": "text"})}}
    change |= {"node": key, "parent": root, "slot": "states", "index": len(children(body, root, "states"))}
    return Plan(f"Add {name}", [change], root, f"{name} is now a state of the page")


def set_state(body: Body, key: str, prop: str, value: Any) -> Plan:
    """Type, default or list of a page state. What was its default goes where it no longer fits."""
    holder = node_there(body, key)
    if holder["type"] != "state" or prop not in ("type", "default", "list"):
        raise Invalid("There is no such property.")
    if (prop == "type" and value not in STATE_TYPES) or (prop == "list" and not isinstance(value, bool)):
        raise NotSet("This is not among the choices. Choose one of the list.", prop)
    change: ChangeJSON = {"do": "update", "doc": _doc(body), "node": key}
    label = f"Change {prop} of {holder['name']}"
    if prop == "default":
        value = _default(holder["props"], value)
    if value is None or value is False:
        return Plan(label, [change | {"unset": [prop]}] if prop in holder["props"] else [])
    gone = ["default"] if prop != "default" and "default" in holder["props"] else []
    return Plan(label, [change | {"set": {prop: value}, "unset": gone}])


def _default(props: dict[str, Any], value: Any) -> Any:
    """What was typed as a state's default, as its type; None for nothing."""
    text = str(value if value is not None else "").strip()
    if not text:
        return None
    if props.get("type") == "number":
        try:
            number = float(text.replace(",", "."))
        except ValueError as error:
            raise NotSet(f"“{text[:40]}” is not a number. Write digits, such as 3 or 0.5.", "default") from error
        return int(number) if number.is_integer() else number
    if props.get("type") == "yes_no":
        if text.lower() not in ("yes", "no", "true", "false"):
            raise NotSet(f"“{text[:40]}” is neither yes nor no. Write one of them.", "default")
        return text.lower() in ("yes", "true")
    return text


# What stands around the page


def workflows_of(catalog: Catalog, page: str) -> Iterable[tuple[str, str | None]]:
    """The workflows of a page, each with the element its event is about."""
    for key in catalog.workflows(page):
        root = catalog.node(key) or {"props": {}}
        event = root["props"].get("event") or {}
        yield key, (event.get("options") or {}).get("element")


def add_workflow(body: Body, key: str, event: str) -> Plan:
    """An empty workflow that begins with an element's event."""
    if event not in elements[node_there(body, key)["type"]].events or event not in EVENTS or "workflow" not in kinds:
        raise Invalid("There is no such event.")
    begins, new = EVENTS[event], new_id("wf")
    name = begins.name.format(name=name_of(body, key))
    made = kinds["workflow"].blank(new, name)
    made["nodes"][new]["props"] |= {
        "page": body["root"],
        "event": {"type": begins.type, "options": {"element": key}},
    }
    return Plan(f"Add workflow {name}", [{"do": "create", "doc": f"workflow/{new}", "body": made}], key)


def delete_page(body: Body, catalog: Catalog) -> Plan:
    """The page and its workflows. The last one stays: an app has a page."""
    if len(catalog.bodies("page")) < 2:
        return Plan(select=body["root"], say="This is the app's only page, so it stays. Add another page first.")
    name = name_of(body, body["root"])
    with_it = catalog.workflows(body["root"])
    changes = [{"do": "delete", "doc": _doc(body)}, *_deletions(with_it)]
    return Plan(f"Delete page {name}", changes, deleted=f"Page {name}{_and_workflows(len(with_it))}")


def duplicate_page(body: Body, catalog: Catalog) -> Plan:
    """A copy of the page without its workflows: they belong to the elements of the first one."""
    key, nodes = copy_with_new_ids(body, body["root"])
    return _new_page({"v": body["v"], "root": key, "nodes": nodes}, name_of(body, body["root"]), catalog)


def new_page(blank: Body, catalog: Catalog) -> Plan:
    """An empty page, `blank` being one, under a name that no other page has."""
    plan = _new_page(blank, "page", catalog)
    root = blank["nodes"][blank["root"]]
    root["props"]["title"] = root["name"].capitalize()
    return plan


def _new_page(body: Body, name: str, catalog: Catalog) -> Plan:
    taken = {page["nodes"][page["root"]]["name"] for page in catalog.bodies("page")}
    root = body["nodes"][body["root"]]
    root["name"] = free_name(name, taken)
    root["props"].pop("path", None)
    return Plan(f"Add page {root['name']}", [{"do": "create", "doc": _doc(body), "body": body}], body["root"])


def _doc(body: Body) -> str:
    return f"page/{body['root']}"


def _names(body: Body) -> set[str]:
    return {each["name"] for each in body["nodes"].values()}


def _and_workflows(many: int) -> str:
    return f" with {many} workflow{'s' if many > 1 else ''}" if many else ""


def _deletions(workflows: Iterable[str]) -> list[ChangeJSON]:
    return [{"do": "delete", "doc": f"workflow/{key}"} for key in workflows]
