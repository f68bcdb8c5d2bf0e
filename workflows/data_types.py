"""The data type of a step that creates or changes things: its choice, its name, and a field for each of its fields."""

from typing import Any

from django import forms

from builder.bindings import Bindable
from builder.document import Node, children
from builder.expressions.catalog import Place
from builder.placed import PlacedChoice

# Reads a value typed into a field of each type; text for all others.
TYPED: dict[str, type[forms.Field]] = {
    "number": forms.FloatField,
    "yes_no": forms.BooleanField,
    "date": forms.DateField,
}


class DataTypeField(PlacedChoice):
    """A data type of the app."""

    def found(self, place: Place) -> Any:
        return [(body["root"], body["nodes"][body["root"]]["name"]) for body in place.catalog.bodies("data_type")]


def type_name(node: Node, place: Place) -> str:
    """What the author calls the data type of a step; empty while there is none."""
    key = node["props"].get("data_type") or ""
    return place.catalog.name(key) if place.catalog.body("data_type", key) else ""


def own_fields(node: Node, place: Place, unset: str = "") -> dict[str, forms.Field]:
    """A field in the step's form for each field of its data type. `unset`: the label for a yes/no that is not
    chosen."""
    body = place.catalog.body("data_type", node["props"].get("data_type") or "")
    found: dict[str, forms.Field] = {}
    for key in children(body, body["root"], "fields") if body else ():
        field = body["nodes"][key] if body else {}
        type_ = field["props"].get("type", "text")
        inner = TYPED.get(type_, forms.CharField)
        made = inner(label=field["name"], required=False)
        made.widget.attrs["unset"] = unset
        found[f"fields.{key}"] = Bindable(made, type=type_)
    return found
