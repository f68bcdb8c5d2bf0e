"""What an element is called and what its properties are: rename, set."""

from typing import Any

from builder.changes import ChangeJSON
from builder.document import Body
from builder.elements import elements
from builder.errors import Invalid
from builder.expressions.catalog import Catalog, Place
from builder.expressions.chips import remember
from builder.gestures import Said, gesture
from builder.gestures.plan import NAME_LENGTH, NotSet, Plan, doc_of
from builder.gestures.spots import name_of, node_there
from builder.gestures.states import set_state
from builder.kinds.page import form_of


def rename(body: Body, key: str, name: str) -> Plan:
    """Another name for an element, a state or the page."""
    before = node_there(body, key)["name"]
    name = " ".join(name.split())[:NAME_LENGTH]
    if not name:
        raise NotSet(f"A name cannot be empty. Type one; until then it stays {before}.", "name")
    if name == before:
        return Plan()
    change: ChangeJSON = {"do": "update", "doc": doc_of(body), "node": key, "name": name}
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
    change: ChangeJSON = {"do": "update", "doc": doc_of(body), "node": key}
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


# What the browser says


@gesture("rename")
def _read_rename(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    match said:
        case {"node": str(node), "name": str(name)}:
            return rename(body, node, name)
    return None


@gesture("set")
def _read_set(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    match said:
        case {"node": str(node), "prop": str(prop), "value": value}:
            state = node_there(body, node)["type"] == "state"
            return set_state(body, node, prop, value) if state else set_prop(body, node, prop, value, catalog)
    return None
