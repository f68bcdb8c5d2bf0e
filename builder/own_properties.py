"""The properties that a reusable element defines: nodes of its document, each with a type and a default."""

from typing import Any

from builder import chosen_types
from builder.bindings import Bindable
from builder.chosen_types import type_of
from builder.document import Node, children
from builder.expressions.catalog import Catalog

# The id prefix of such properties, under which they appear among those of an instance.
PREFIX = "pr_"
# The value if nothing was given and there is no default.
EMPTY: dict[str, Any] = {"text": "", "image": "", "yes_no": False}


def properties_of(catalog: Catalog | None, reusable: str | None) -> dict[str, Node]:
    """The properties of a reusable element by id, in order; none if it is gone."""
    body = catalog.body("reusable", reusable) if catalog else None
    return {key: body["nodes"][key] for key in children(body, body["root"], "properties")} if body else {}


def field_of(holder: Node) -> Bindable:
    """The field for its value."""
    return chosen_types.field_of(holder["name"], type_of(holder), default_of(holder))


def default_of(holder: Node) -> Any:
    """Its value in an instance that does not give one."""
    return holder["props"].get("default", EMPTY.get(type_of(holder)))


def given_in(props: dict[str, Any]) -> set[str]:
    """The properties that an instance gives values for, by id."""
    return {prop for prop in props if prop.startswith(PREFIX)}
