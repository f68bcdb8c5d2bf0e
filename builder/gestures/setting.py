"""The name and the properties of elements: rename, set, reset; for one element or for several at once."""

from collections.abc import Mapping
from typing import Any

from django import forms

from builder.changes import ChangeJSON
from builder.document import Body
from builder.elements import Element, elements
from builder.errors import Invalid
from builder.expressions.catalog import Catalog, Place
from builder.expressions.chips import remember
from builder.gestures import Said, gesture
from builder.gestures.fixed import with_places
from builder.gestures.pages import first_page, not_first
from builder.gestures.parameters import checked_name, set_parameter
from builder.gestures.plan import NAME_LENGTH, NotSet, Plan, doc_of
from builder.gestures.spots import name_of, node_there
from builder.gestures.states import set_state
from builder.kinds.page import TYPED, form_of
from builder.styling.breakpoints import BASE, BREAKPOINTS


def rename(body: Body, key: str, name: str) -> Plan:
    """Rename an element, a state, a parameter or the page."""
    before = node_there(body, key)["name"]
    name = " ".join(name.split())[:NAME_LENGTH]
    if not name:
        raise NotSet(f"A name cannot be empty. Type one; until then it stays {before}.", "name")
    if name == before:
        return Plan()
    if body["nodes"][key]["type"] == "parameter":
        name = checked_name(body, key, name)
    change: ChangeJSON = {"do": "update", "doc": doc_of(body), "node": key, "name": name}
    # A page's title follows its name until somebody changes it.
    if key == body["root"] and body["nodes"][key]["props"].get("title") == before.capitalize():
        change["set"] = {"title": name.capitalize()}
    return Plan(f"Rename {before}", [change], say=f"{before} is now named {name}")


def set_props(body: Body, keys: list[str], prop: str, value: Any, catalog: Catalog, at: str = BASE) -> Plan:
    """Set one property of several elements, at a breakpoint, in one step; null removes what is set there, so that the
    value from the layer below applies. Elements without that property are left alone. Raises `NotSet` with the field's
    sentence."""
    having = [key for key in dict.fromkeys(keys) if element_there(body, key) and _has(body, key, prop, catalog, at)]
    if not having:
        raise Invalid("There is no such property.")
    field = _fields(body, having[0], catalog)[prop]
    said = f"{str(field.label).lower()} of {several(body, having)}"
    label = f"Change {said}" if at == BASE else f"Change {said} at {BREAKPOINTS[at].label}"
    changes = [change for key in having for change in _setting(body, key, prop, value, catalog, at)]
    return Plan(label, changes) if changes or value is None else Plan()


def reset(body: Body, keys: list[str], props: list[str], at: str = BASE) -> Plan:
    """Remove what is set at a breakpoint, for several properties and elements in one step."""
    changes: list[ChangeJSON] = []
    for key in dict.fromkeys(keys):
        element_there(body, key)
        holder = body["nodes"][key]["props"]
        there = holder if at == BASE else (holder.get("at") or {}).get(at, {})
        gone = [_path(prop, at) for prop in props if prop in there and (at != BASE or prop not in ("at", "conditions"))]
        if gone:
            changes.append({"do": "update", "doc": doc_of(body), "node": key, "unset": gone})
    if not changes:
        return Plan(say="Nothing is set here.")
    return Plan(f"Reset {several(body, keys)}", changes)


def element_there(body: Body, key: str) -> Element | None:
    """The type of an element that must still exist; None for a node that is not an element."""
    return elements.get(node_there(body, key)["type"])


def several(body: Body, keys: list[str]) -> str:
    """Elements in words: the name of one, the number of several."""
    return name_of(body, keys[0]) if len(keys) == 1 else f"{len(keys)} elements"


def _has(body: Body, key: str, prop: str, catalog: Catalog, at: str) -> bool:
    if at not in BREAKPOINTS:
        raise Invalid("There is no such breakpoint.")
    return prop in (_fields(body, key, catalog) if at == BASE else elements[body["nodes"][key]["type"]].varies)


def _fields(body: Body, key: str, catalog: Catalog) -> Mapping[str, forms.Field]:
    holder = body["nodes"][key]
    return elements[holder["type"]].fields(holder["props"], catalog)


def _path(prop: str, at: str) -> str:
    return prop if at == BASE else f"at.{at}.{prop}"


def _setting(body: Body, key: str, prop: str, value: Any, catalog: Catalog, at: str) -> list[ChangeJSON]:
    holder, path = body["nodes"][key]["props"], _path(prop, at)
    there = holder if at == BASE else (holder.get("at") or {}).get(at, {})
    change: ChangeJSON = {"do": "update", "doc": doc_of(body), "node": key}
    if value is None:
        return [change | {"unset": [path]}] if prop in there else []
    form = form_of(elements[body["nodes"][key]["type"]], {**holder, prop: value}, catalog)
    if prop in form.errors:
        raise NotSet(str(form.errors[prop][0]), prop)
    value = remember(form.cleaned_data[prop], Place(catalog, page=body["root"], element=key))
    if prop in there and there[prop] == value and isinstance(there[prop], bool) == isinstance(value, bool):
        return []
    return [change | {"set": {path: value}}]


# What the browser sends


def keys_of(said: Said) -> list[str]:
    """The elements that a gesture concerns: `nodes`, or the single `node`; none if neither is given."""
    match said:
        case {"nodes": [*keys]} if keys and all(isinstance(key, str) for key in keys):
            return keys
        case {"node": str(key)}:
            return [key]
    return []


@gesture("rename")
def _read_rename(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    match said:
        case {"node": str(node), "name": str(name)}:
            return rename(body, node, name)
    return None


@gesture("set")
def _read_set(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    keys = keys_of(said)
    match said:
        case {"prop": str(prop), "value": value, **rest} if keys:
            if node_there(body, keys[0])["type"] in TYPED:
                return set_state(body, keys[0], prop, value, catalog)
            if node_there(body, keys[0])["type"] == "parameter":
                return set_parameter(body, keys[0], prop, value)
            if prop == "first" and keys == [body["root"]]:
                return first_page(body, catalog) if value is True else not_first(body, catalog)
            plan = set_props(body, keys, prop, value, catalog, str(rest.get("at", BASE)))
            return with_places(plan, said, body, catalog) if plan.changes else plan
    return None


@gesture("reset")
def _read_reset(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    keys = keys_of(said)
    match said:
        case {"props": [*props], **rest} if keys and rest.get("at", BASE) in BREAKPOINTS:
            return reset(body, keys, [str(prop) for prop in props], str(rest.get("at", BASE)))
    return None
