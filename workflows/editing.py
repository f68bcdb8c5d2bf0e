"""Gestures on a workflow as changes: create, rename, duplicate, delete; steps added, moved, copied, removed and set.

Pure; the journal performs them. A gesture may have nothing to do, such as moving the first step up: its plan then has
no changes and says why.
"""

from dataclasses import replace
from typing import Any

from django import forms

from builder.bindings import Bindable
from builder.changes import ChangeJSON, NodeGone
from builder.changes.duplicate import copy_with_new_ids, free_name
from builder.document import Body, Node, body, children, new_id, node
from builder.errors import Invalid
from builder.expressions.catalog import Catalog, Place
from builder.expressions.chips import remember
from builder.gestures.plan import NAME_LENGTH, NotSet, Plan
from builder.placed import PlacedChoice
from workflows.actions import actions, prop_of
from workflows.events import events, title_of
from workflows.kinds.workflow import REPEATS

# What every step has besides its action's options, and every workflow besides its event.
ONLY_WHEN = Bindable(forms.BooleanField(label="Only when", required=False), type="yes_no")
FINISHES = ("", "end")
STARTS = ("", "at_once")
UNDER_THE_FIELD = "Choose one of the list."

# The workflow itself


def new_workflow(catalog: Catalog, page: str, event: str, element: str | None = None) -> Plan:
    """Create a workflow without steps for an event of a page. If there is only one element to choose, it is chosen."""
    if event not in events or catalog.page(page) is None:
        raise Invalid("There is no such event.")
    key = new_id("wf")
    root = node(
        "workflow",
        "",
        {"page": page, "event": {"type": event, "options": _options(catalog, page, event, {"element": element})}},
    )
    root["name"] = title_of(root, catalog)
    change = {"do": "create", "doc": f"workflow/{key}", "body": body(key, {key: root})}
    return Plan(f"Add {root['name']}", [change], key, f"New workflow: {root['name']}")


def _options(catalog: Catalog, page: str, event: str, given: dict[str, Any]) -> dict[str, Any]:
    place = Place(catalog, page)
    return _chosen(events[event].options(place).base_fields, place, given)


def _chosen(fields: dict[str, forms.Field], place: Place, given: dict[str, Any]) -> dict[str, Any]:
    """The given values that are valid choices, and those that are the only choice."""
    found = {}
    for name, field in fields.items():
        if isinstance(field, PlacedChoice):
            offered = [key for key, _ in field.found(place)]
            if given.get(name) in offered:
                found[name] = given[name]
            elif len(offered) == 1:
                found[name] = offered[0]
        # The other choices may depend on the element.
        if name == "element":
            place = replace(place, element=found.get(name))
    return found


def rename(workflow: Body, name: str, catalog: Catalog) -> Plan:
    """Give it the author's own name; an empty one makes it describe its event again."""
    root = _root(workflow)
    before, name = title_of(root, catalog), " ".join(name.split())[:NAME_LENGTH]
    if name == before:
        return Plan(select=workflow["root"])
    if not name:
        plain = {**root, "props": {**root["props"], "named": False}}
        change = _update(workflow, unset=["named"], name=title_of(plain, catalog))
    else:
        change = _update(workflow, set={"named": True}, name=name)
    return Plan(f"Rename {before}", [change], workflow["root"], f"{before} is now named {change['name']}")


def duplicate(workflow: Body, catalog: Catalog) -> Plan:
    """Copy it with its steps, whose references to each other then point into the copy. A name that describes the event
    keeps doing so, since the next thing to do is to choose another event."""
    key, nodes = copy_with_new_ids(workflow, workflow["root"])
    before = title_of(_root(workflow), catalog)
    taken = {title_of(each["nodes"][each["root"]], catalog) for each in catalog.bodies("workflow")}
    nodes[key]["name"] = free_name(before, taken) if _root(workflow)["props"].get("named") else before
    change = {"do": "create", "doc": f"workflow/{key}", "body": {"v": workflow["v"], "root": key, "nodes": nodes}}
    return Plan(f"Duplicate {before}", [change], key, f"{before} is duplicated")


def delete(workflow: Body, catalog: Catalog) -> Plan:
    """Delete the whole workflow."""
    name = title_of(_root(workflow), catalog)
    return Plan(f"Delete {name}", [{"do": "delete", "doc": _doc(workflow)}], "", f"Deleted {name}")


def set_event(workflow: Body, prop: str, value: Any, catalog: Catalog) -> Plan:
    """Set a property of the event: `type`, `when`, `repeat`, or one of the event's options by its name."""
    root, key = _root(workflow), workflow["root"]
    label, event = f"Change event of {title_of(root, catalog)}", root["props"]["event"]
    if prop == "when":
        return _set_value(workflow, key, prop, ONLY_WHEN, value, Place.of_workflow(catalog, key), label)
    if prop == "repeat":
        if value not in REPEATS:
            raise NotSet(UNDER_THE_FIELD, prop)
        return _set(workflow, key, {"repeat": value}, label)
    if prop == "type":
        if value not in events:
            raise NotSet(UNDER_THE_FIELD, prop)
        given = {"element": (event.get("options") or {}).get("element")}
        made = {"type": value, "options": _options(catalog, root["props"].get("page", ""), value, given)}
    else:
        field = events[event["type"]].options(Place.of_workflow(catalog, key)).base_fields.get(prop)
        chosen = _choice(field, value, Place.of_workflow(catalog, key), prop)
        options = {**(event.get("options") or {}), prop: chosen}
        if prop == "element":
            options = _options(catalog, root["props"].get("page", ""), event["type"], options)
        made = {**event, "options": options}
    named = {**root, "props": {**root["props"], "event": made}}
    plan = _set(workflow, key, {"event": made}, label)
    for change in plan.changes:
        change["name"] = title_of(named, catalog)
    return plan


# Steps


def title(workflow: Body, step: str, catalog: Catalog) -> str:
    """A step's name on its card."""
    holder = _step(workflow, step)
    return actions[holder["type"]].title(holder, Place.of_workflow(catalog, workflow["root"], step))


def add_step(workflow: Body, action: str, index: int, catalog: Catalog, choice: str = "") -> Plan:
    """Add a step for an action at an index; if an option has only one choice, it is chosen. `choice`: the one that was
    offered with the action in the list."""
    if action not in actions:
        raise Invalid("There is no such action.")
    key, blank = new_id("sp"), node(action)
    place = Place.of_workflow(catalog, workflow["root"])
    blank["props"] = _chosen(actions[action].options(blank, place).base_fields, place, {actions[action].listed: choice})
    name = actions[action].title(blank, place)
    return _insertion(workflow, key, blank, index, f"Add step {name}", name, catalog)


def duplicate_step(workflow: Body, step: str, catalog: Catalog) -> Plan:
    """Copy a step, right after itself."""
    before, name = _step(workflow, step), title(workflow, step, catalog)
    key, nodes = copy_with_new_ids(workflow, step)
    index = _steps(workflow).index(step) + 1
    return _insertion(workflow, key, {**nodes[key], "name": before["name"]}, index, f"Duplicate {name}", name, catalog)


def _insertion(workflow: Body, key: str, made: Node, index: int, label: str, name: str, catalog: Catalog) -> Plan:
    others = _steps(workflow)
    index = max(0, min(index, len(others)))
    change: ChangeJSON = {"do": "insert", "doc": _doc(workflow), "nodes": {key: made}, "node": key}
    change |= {"parent": workflow["root"], "slot": "steps", "index": index}
    return Plan(label, [change], key, f"{name} is now {_where(workflow, others, index, catalog)}")


def move_step(workflow: Body, step: str, way: str, catalog: Catalog) -> Plan:
    """Move a step up or down by one."""
    name, here = title(workflow, step, catalog), _steps(workflow).index(step)
    if way not in ("up", "down"):
        raise Invalid("A step moves up or down.")
    to = here + (1 if way == "down" else -1)
    if not 0 <= to < len(_steps(workflow)):
        return Plan(select=step, say=f"{name} is already the {'last' if way == 'down' else 'first'} step.")
    change = {
        "do": "move",
        "doc": _doc(workflow),
        "node": step,
        "parent": workflow["root"],
        "slot": "steps",
        "index": to,
    }
    others = [each for each in _steps(workflow) if each != step]
    return Plan(f"Move {name}", [change], step, f"{name} is now {_where(workflow, others, to, catalog)}")


def delete_step(workflow: Body, step: str, catalog: Catalog) -> Plan:
    """Delete a step. Whatever reads its result reports that it is gone."""
    name, here = title(workflow, step, catalog), _steps(workflow).index(step)
    others = [each for each in _steps(workflow) if each != step]
    near = others[min(here, len(others) - 1)] if others else ""
    return Plan(f"Delete {name}", [{"do": "remove", "doc": _doc(workflow), "node": step}], near, f"Deleted {name}")


def set_step(workflow: Body, step: str, prop: str, value: Any, catalog: Catalog) -> Plan:
    """Set a property of a step: an option of its action, possibly a nested one such as `parameters.pa_ab12cd`, or
    `when`, `finishes`, `starts`. Raises `NotSet` with the field's sentence."""
    holder = _step(workflow, step)
    place = Place.of_workflow(catalog, workflow["root"], step)
    label = f"Change {title(workflow, step, catalog)}"
    if prop == "when":
        return _set_value(workflow, step, prop, ONLY_WHEN, value, place, label)
    if prop in ("finishes", "starts"):
        if value not in (FINISHES if prop == "finishes" else STARTS):
            raise NotSet(UNDER_THE_FIELD, prop)
        return _set(workflow, step, {prop: value or None}, label)
    field = actions[holder["type"]].options(holder, place).base_fields.get(prop)
    if isinstance(field, Bindable):
        return _set_value(workflow, step, prop, field, value, place, label)
    return _set(workflow, step, _with_what_follows(holder, prop, _choice(field, value, place, prop), place), label)


def _with_what_follows(holder: Node, prop: str, value: str, place: Place) -> dict[str, Any]:
    """The property, and the nested ones that the step's form still has after the change: another call has other
    parameters."""
    made = {**holder, "props": {**holder["props"], prop: value}}
    asked = actions[holder["type"]].options(made, place).base_fields
    found: dict[str, Any] = {prop: value}
    for name, kept in holder["props"].items():
        if isinstance(kept, dict) and any(each.startswith(f"{name}.") for each in _fields(holder, place)):
            found[name] = {inner: each for inner, each in kept.items() if f"{name}.{inner}" in asked} or None
    return found


def _fields(holder: Node, place: Place) -> dict[str, forms.Field]:
    return actions[holder["type"]].options(holder, place).base_fields


def _choice(field: forms.Field | None, value: Any, place: Place, prop: str) -> str:
    """A value that is a valid choice in this place."""
    if not isinstance(field, PlacedChoice):
        raise Invalid("There is no such option.")
    if value not in dict(field.found(place)):
        raise NotSet(UNDER_THE_FIELD, prop)
    return str(value)


def _set_value(workflow: Body, key: str, prop: str, field: Bindable, value: Any, place: Place, label: str) -> Plan:
    """Set a value that may be dynamic, stored with its current name."""
    try:
        cleaned = remember(field.clean(value), place) if value not in (None, "") else None
    except forms.ValidationError as error:
        raise NotSet(error.messages[0], prop) from error
    outer, dot, inner = prop.partition(".")
    props = workflow["nodes"][key]["props"]
    if cleaned == prop_of(props, prop):
        return Plan(select=key)
    if not dot:
        return _set(workflow, key, {prop: cleaned}, label)
    held = {name: each for name, each in (props.get(outer) or {}).items() if name != inner}
    return _set(workflow, key, {outer: held | ({} if cleaned is None else {inner: cleaned})}, label)


def _set(workflow: Body, key: str, values: dict[str, Any], label: str) -> Plan:
    """Set what has a value and unset what has none; no change if everything is so already."""
    props = workflow["nodes"][key]["props"]
    new = {name: value for name, value in values.items() if value is not None and props.get(name) != value}
    gone = [name for name, value in values.items() if value is None and name in props]
    changes = [_update(workflow, key, set=new, unset=gone)] if new or gone else []
    return Plan(label, changes, key)


# Inside


def _update(workflow: Body, key: str = "", **what: Any) -> ChangeJSON:
    return {"do": "update", "doc": _doc(workflow), "node": key or workflow["root"], **what}


def _where(workflow: Body, others: list[str], index: int, catalog: Catalog) -> str:
    """Step 3, after Create a Message."""
    after = f", after {title(workflow, others[index - 1], catalog)}" if index else ", the first"
    return f"step {index + 1}{after}"


def _doc(workflow: Body) -> str:
    return f"workflow/{workflow['root']}"


def _root(workflow: Body) -> Node:
    holder: Node = workflow["nodes"][workflow["root"]]
    return holder


def _steps(workflow: Body) -> list[str]:
    return children(workflow, workflow["root"], "steps")


def _step(workflow: Body, step: str) -> Node:
    if step not in _steps(workflow):
        raise NodeGone(name="The step")
    holder: Node = workflow["nodes"][step]
    return holder
