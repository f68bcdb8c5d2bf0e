"""The states of a page and the properties of a reusable element: add one, set its type and default."""

from typing import Any

from builder.changes import ChangeJSON
from builder.changes.duplicate import free_name
from builder.chosen_types import can_be_list, has_default
from builder.document import Body, Node, children, new_id, node
from builder.elements import elements
from builder.errors import Invalid
from builder.expressions.catalog import Catalog
from builder.gestures import Said, gesture
from builder.gestures.plan import NotSet, Plan, doc_of, names_of
from builder.gestures.spots import node_there
from builder.kinds.page import TYPED
from builder.types import choosable


def add_state(body: Body) -> Plan:
    """Add a text state without a default; its type and name can be changed."""
    return _add(body, "state", "st", "states")


def add_property(body: Body) -> Plan:
    """Add a property to a reusable element, for which each of its instances gives a value."""
    if body["nodes"][body["root"]]["type"] != "reusable":
        raise Invalid("Only a reusable element has properties of its own.")
    return _add(body, "property", "pr", "properties")


def _add(body: Body, type: str, prefix: str, slot: str) -> Plan:
    key, name, root = new_id(prefix), free_name(type.capitalize(), names_of(body)), body["root"]
    change: ChangeJSON = {"do": "insert", "doc": doc_of(body), "nodes": {key: node(type, name, {"type": "text"})}}
    change |= {"node": key, "parent": root, "slot": slot, "index": len(children(body, root, slot))}
    of = elements[body["nodes"][root]["type"]].label.lower()
    return Plan(f"Add {name}", [change], root, f"{name} is now a {type} of the {of}")


def set_state(body: Body, key: str, prop: str, value: Any, catalog: Catalog) -> Plan:
    """Set the type, default or list of a state or a property. Setting the type or list removes the default; a type that
    cannot be a list also removes that."""
    holder = node_there(body, key)
    if holder["type"] not in TYPED or prop not in ("type", "default", "list"):
        raise Invalid("There is no such property.")
    if prop == "default" and not has_default(holder):
        raise NotSet("There is no default of this type.", prop)
    if not _is_choice(holder, prop, value, catalog):
        raise NotSet("This is not among the choices. Choose one of the list.", prop)
    change: ChangeJSON = {"do": "update", "doc": doc_of(body), "node": key}
    label = f"Change {prop} of {holder['name']}"
    if prop == "default":
        value = default_of(holder["props"], value)
    if value is None or value is False:
        return Plan(label, [change | {"unset": [prop]}] if prop in holder["props"] else [])
    gone = ["default"] if prop != "default" and "default" in holder["props"] else []
    if prop == "type" and "list" in holder["props"] and not can_be_list(value):
        gone.append("list")
    return Plan(label, [change | {"set": {prop: value}, "unset": gone}])


def _is_choice(holder: Node, prop: str, value: Any, catalog: Catalog) -> bool:
    if prop == "type":
        return value in dict(choosable(catalog))
    if prop == "list":
        return isinstance(value, bool) and (not value or can_be_list(holder["props"].get("type", "text")))
    return True


def default_of(props: dict[str, Any], value: Any) -> Any:
    """A typed default converted to its type; None if it is empty."""
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


@gesture("add_property")
def _read_add_property(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    return add_property(body)


@gesture("add_state")
def _read_add(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    return add_state(body)
