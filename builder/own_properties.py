"""The properties that a reusable element has of its own: nodes of its document, each with a type and a default."""

from typing import Any

from django import forms

from builder.bindings import Bindable
from builder.document import Node, children
from builder.expressions.catalog import Catalog
from builder.types import list_of

# What one can be. `stream` stays live in every instance, `image` is an address.
PROPERTY_TYPES = ("text", "number", "yes_no", "date", "image", "stream")
# How the ids of such properties begin, by which they stand among those of an instance.
PREFIX = "pr_"
# What stands where nothing was given and there is no default.
EMPTY: dict[str, Any] = {"text": "", "image": "", "yes_no": False}


class Anything(forms.Field):
    """A value whose type is not known, as it is."""

    reads_json = True


INNER: dict[str, type[forms.Field]] = {
    "text": forms.CharField,
    "image": forms.CharField,
    "number": forms.FloatField,
    "yes_no": forms.BooleanField,
    "date": forms.DateField,
}
HINTS = {"image": "An address, or dynamic data.", "stream": "A text that moves while one looks at it."}


def properties_of(catalog: Catalog | None, reusable: str | None) -> dict[str, Node]:
    """The properties of a reusable element by id, in their order; none for one that is gone."""
    body = catalog.body("reusable", reusable) if catalog else None
    return {key: body["nodes"][key] for key in children(body, body["root"], "properties")} if body else {}


def type_of(holder: Node) -> str:
    """The type of a property's value."""
    type = holder["props"].get("type", "text")
    return list_of(type) if holder["props"].get("list") else type


def field_of(holder: Node) -> Bindable:
    """How a value for it is given."""
    type, made = type_of(holder), INNER.get(type_of(holder), Anything)
    options: dict[str, Any] = {"strip": False} if made is forms.CharField else {}
    field = made(label=holder["name"], required=False, initial=default_of(holder), **options)
    return Bindable(field, type=type, help_text=HINTS.get(type, ""))


def default_of(holder: Node) -> Any:
    """Its value in an instance that gives none."""
    return holder["props"].get("default", EMPTY.get(type_of(holder)))


def given_in(props: dict[str, Any]) -> set[str]:
    """The properties that an instance gives values for, by id."""
    return {prop for prop in props if prop.startswith(PREFIX)}
