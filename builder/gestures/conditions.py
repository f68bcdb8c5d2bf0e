"""Conditions of an element (S34): add one, set when it applies and what it sets, move, remove."""

from typing import Any

from django import forms

from builder.changes import ChangeJSON, NodeGone
from builder.document import Body, new_id
from builder.elements import Element, elements
from builder.errors import Invalid
from builder.expressions.catalog import Catalog, Place
from builder.expressions.chips import remember
from builder.gestures import Said, gesture
from builder.gestures.plan import NotSet, Plan, doc_of
from builder.gestures.spots import name_of, node_there
from builder.styling.looks import ON
from builder.styling.modifiers import MOST, cleaned_value

Condition = dict[str, Any]


def add_condition(body: Body, key: str, on: str = "when") -> Plan:
    """Add a condition after the others that sets nothing yet."""
    element, conditions = _of(body, key)
    if on not in ON or (on == "disabled" and "disabled" not in element.Props.base_fields):
        raise Invalid(f"{element.label} has no such condition.")
    if len(conditions) >= MOST:
        raise Invalid(f"{name_of(body, key)} has {MOST} conditions. Remove one first.")
    made = {"id": new_id("cn"), "on": on, "when": None, "set": {}}
    return _plan(body, key, "Add a condition to", [*conditions, made], f"Condition {len(conditions) + 1} is last")


def say_when(body: Body, key: str, condition: str, when: Any, catalog: Catalog) -> Plan:
    """Set when a condition applies: dynamic data that is a yes/no, a yes or no, or nothing yet."""
    _, conditions = _of(body, key)
    number = _number(conditions, condition)
    if conditions[number]["on"] != "when" or not isinstance(when, dict | bool | None):
        raise NotSet("This holds by itself, or needs dynamic data that gives a yes/no.", "when")
    when = remember(when, Place(catalog, page=body["root"], element=key))
    return _with(body, key, conditions, number, {"when": when})


def set_in_condition(body: Body, key: str, condition: str, prop: str, value: Any, catalog: Catalog) -> Plan:
    """Set what a condition sets a property to; null removes it. Raises `NotSet` with the field's sentence."""
    element, conditions = _of(body, key)
    number, props = _number(conditions, condition), body["nodes"][key]["props"]
    sets = {each: held for each, held in conditions[number]["set"].items() if each != prop}
    if value is not None:
        allowed = element.settable(props, catalog) if conditions[number]["on"] == "when" else element.varies
        if prop not in allowed:
            raise Invalid(f"A condition cannot set that of {element.label}.")
        try:
            value = cleaned_value(element.fields(props, catalog)[prop], prop, value)
        except forms.ValidationError as error:
            raise NotSet(str(error.messages[0]), prop) from error
        # A property that is set again keeps its position.
        sets = conditions[number]["set"] | {prop: remember(value, Place(catalog, page=body["root"], element=key))}
    return _with(body, key, conditions, number, {"set": sets})


def move_condition(body: Body, key: str, condition: str, index: int) -> Plan:
    """Move a condition among those of its element: the last true one wins."""
    _, conditions = _of(body, key)
    number = _number(conditions, condition)
    others = [*conditions[:number], *conditions[number + 1 :]]
    index = max(0, min(index, len(others)))
    if index == number:
        return Plan(say=f"It is already the {'first' if index == 0 else 'last'}.")
    moved = [*others[:index], conditions[number], *others[index:]]
    return _plan(body, key, "Move a condition of", moved, f"Condition {number + 1} is now condition {index + 1}")


def remove_condition(body: Body, key: str, condition: str) -> Plan:
    """Remove a condition, and with it its effects."""
    _, conditions = _of(body, key)
    number = _number(conditions, condition)
    left = [*conditions[:number], *conditions[number + 1 :]]
    return _plan(body, key, "Remove a condition of", left, f"Condition {number + 1} was removed")


def _of(body: Body, key: str) -> tuple[Element, list[Condition]]:
    holder = node_there(body, key)
    if holder["type"] not in elements:
        raise Invalid("Only elements have conditions.")
    return elements[holder["type"]], holder["props"].get("conditions", [])


def _number(conditions: list[Condition], condition: str) -> int:
    for number, each in enumerate(conditions):
        if each["id"] == condition:
            return number
    raise NodeGone(name="The condition")


def _with(body: Body, key: str, conditions: list[Condition], number: int, new: Condition) -> Plan:
    changed = [*conditions[:number], conditions[number] | new, *conditions[number + 1 :]]
    return _plan(body, key, "Change a condition of", changed, "") if changed != conditions else Plan()


def _plan(body: Body, key: str, what: str, conditions: list[Condition], say: str) -> Plan:
    change: ChangeJSON = {"do": "update", "doc": doc_of(body), "node": key}
    change |= {"set": {"conditions": conditions}} if conditions else {"unset": ["conditions"]}
    return Plan(f"{what} {name_of(body, key)}", [change], say=say)


# What the browser sends


@gesture("add_condition")
def _read_add(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    match said:
        case {"node": str(node), **rest}:
            return add_condition(body, node, str(rest.get("on", "when")))
    return None


@gesture("set_condition")
def _read_set(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    match said:
        case {"node": str(node), "condition": str(condition), "when": when}:
            return say_when(body, node, condition, when, catalog)
        case {"node": str(node), "condition": str(condition), "prop": str(prop), "value": value}:
            return set_in_condition(body, node, condition, prop, value, catalog)
    return None


@gesture("move_condition")
def _read_move(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    match said:
        case {"node": str(node), "condition": str(condition), "index": int(index)}:
            return move_condition(body, node, condition, index)
    return None


@gesture("remove_condition")
def _read_remove(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    match said:
        case {"node": str(node), "condition": str(condition)}:
            return remove_condition(body, node, condition)
    return None
