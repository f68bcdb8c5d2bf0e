"""Pasting the look of one element on others: its style properties for every width, its named style, and its looks under
the pointer, with the focus and when disabled."""

from typing import Any

from django import forms

from builder.changes import ChangeJSON
from builder.document import Body, new_id
from builder.elements import Element, elements
from builder.elements.props import PLACED
from builder.errors import Invalid
from builder.expressions.catalog import Catalog
from builder.gestures import Said, gesture
from builder.gestures.plan import Plan, doc_of
from builder.gestures.setting import element_there, keys_of, several
from builder.styling.modifiers import cleaned_value

Props = dict[str, Any]


def take_look(body: Body, keys: list[str], type: str, props: Props) -> Plan:
    """Give elements the look of an element of this type with these properties, as far as they have it in common; their
    content and behaviour are not changed."""
    source = elements.get(type)
    if source is None:
        raise Invalid("What you copied is not a style. Copy the style of an element first.")
    changes: list[ChangeJSON] = []
    for key in dict.fromkeys(keys):
        element, own = element_there(body, key), body["nodes"][key]["props"]
        if element is None:
            continue
        looks = _looks(source, element, props, own)
        change: ChangeJSON = {"do": "update", "doc": doc_of(body), "node": key}
        change["set"] = {prop: value for prop, value in looks.items() if value is not None and own.get(prop) != value}
        change["unset"] = [prop for prop, value in looks.items() if value is None and prop in own]
        if change["set"] or change["unset"]:
            changes.append(change)
    if not changes:
        return Plan(say="It looks like that already.")
    return Plan(f"Paste the style on {several(body, keys)}", changes, say=f"{several(body, keys)} has the style now")


def _looks(source: Element, element: Element, props: Props, own: Props) -> Props:
    """The properties for an element, by name; None for those to be removed because the source does not have them."""
    shared = [prop for prop in element.styled if prop in source.styled]
    looks: Props = {prop: None for prop in shared} | _taken(element, shared, props)
    widths = props.get("at") if isinstance(props.get("at"), dict) else {}
    at = {name: _taken(element, shared, there) for name, there in widths.items() if isinstance(there, dict)}
    for name, there in (own.get("at") or {}).items():
        at[name] = at.get(name, {}) | {prop: there[prop] for prop in PLACED if prop in there}
    looks["at"] = {name: there for name, there in at.items() if there} or None
    if source is element:
        looks["uses"] = props.get("uses")
        looks["conditions"] = _conditions(element, shared, props, own) or None
    return looks


def _taken(element: Element, shared: list[str], props: Props) -> Props:
    """The shared look properties whose values the element can have."""
    taken = {}
    for prop in (each for each in shared if each in props):
        try:
            taken[prop] = cleaned_value(element.Props.base_fields[prop], prop, props[prop])
        except forms.ValidationError:
            continue
    return taken


def _conditions(element: Element, shared: list[str], props: Props, own: Props) -> list[Props]:
    """The element's own yes/no conditions, and the source's others in place of its own."""
    ready = [each for each in props.get("conditions") or [] if isinstance(each, dict) and each.get("on") != "when"]
    sets = [(each["on"], _taken(element, shared, each.get("set") or {})) for each in ready if "on" in each]
    made = [{"id": new_id("cn"), "on": on, "when": None, "set": taken} for on, taken in sets if taken]
    return [each for each in own.get("conditions") or [] if each["on"] == "when"] + made


@gesture("take_look")
def _read_take_look(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    keys = keys_of(said)
    match said:
        case {"type": str(type), "props": dict(props)} if keys:
            return take_look(body, keys, type, props)
    return None
