"""The parameters of a page: add one, rename it, set its type and default."""

from typing import Any

from builder import parameters
from builder.changes import ChangeJSON
from builder.document import Body, children, new_id, node
from builder.errors import Invalid
from builder.expressions.catalog import Catalog
from builder.gestures import Said, gesture
from builder.gestures.plan import NotSet, Plan, doc_of
from builder.gestures.spots import node_there
from builder.gestures.states import default_of


def add_parameter(body: Body) -> Plan:
    """Add a text parameter without a default; its type and name can be changed."""
    root = body["root"]
    taken = {holder["name"] for holder in parameters.declared(body).values()}
    if len(taken) >= parameters.MOST:
        raise Invalid(f"A page has at most {parameters.MOST} parameters. Remove one first.")
    key = new_id("pp")
    name = next(name for number in range(1, len(taken) + 2) if (name := f"parameter-{number}") not in taken)
    change: ChangeJSON = {"do": "insert", "doc": doc_of(body), "node": key, "parent": root, "slot": "parameters"}
    change |= {"nodes": {key: node("parameter", name, {"type": "text"})}}
    change |= {"index": len(children(body, root, "parameters"))}
    return Plan(f"Add {name}", [change], root, f"{name} is now a parameter of the page")


def checked_name(body: Body, key: str, name: str) -> str:
    """A valid name for a parameter. Raises `NotSet`."""
    if wrong := parameters.wrong_name(name):
        raise NotSet(wrong, "name")
    if any(other != key and holder["name"] == name for other, holder in parameters.declared(body).items()):
        raise NotSet(f"Another parameter of this page is named {name}. Choose another name.", "name")
    return name


def set_parameter(body: Body, key: str, prop: str, value: Any) -> Plan:
    """Set the type or default of a parameter. A new type removes the default."""
    holder = node_there(body, key)
    if prop not in ("type", "default"):
        raise Invalid("There is no such property.")
    if prop == "type" and value not in parameters.TYPES:
        raise NotSet("This is not among the choices. Choose one of the list.", prop)
    if prop == "default":
        value = default_of(holder["props"], value)
        if isinstance(value, str) and len(value) > parameters.LONGEST:
            raise NotSet(f"This has more than {parameters.LONGEST} characters. Shorten it.", prop)
    change: ChangeJSON = {"do": "update", "doc": doc_of(body), "node": key}
    label = f"Change {prop} of {holder['name']}"
    if value is None:
        return Plan(label, [change | {"unset": [prop]}] if prop in holder["props"] else [])
    gone = ["default"] if prop == "type" and "default" in holder["props"] else []
    return Plan(label, [change | {"set": {prop: value}, "unset": gone}])


@gesture("add_parameter")
def _read_add(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    return add_parameter(body)
