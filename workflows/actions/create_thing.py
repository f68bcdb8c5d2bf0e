"""Create a thing: save what is known into the app's own database."""

from typing import Any

from django import forms

from builder.bindings import Bindable
from builder.document import Node, children
from builder.expressions.catalog import Catalog, Place
from builder.placed import PlacedChoice, PlacedForm
from workflows.actions import Action, actions

# What reads a value that is typed into a field of a type; text for all others.
TYPED: dict[str, type[forms.Field]] = {
    "number": forms.FloatField,
    "yes_no": forms.BooleanField,
    "date": forms.DateField,
}


class DataTypeField(PlacedChoice):
    """A data type of the app."""

    def found(self, place: Place) -> Any:
        return [(body["root"], body["nodes"][body["root"]]["name"]) for body in place.catalog.bodies("data_type")]


@actions.register
class CreateThing(Action):
    name = "create_thing"
    label = "Create a thing"
    icon = "database"
    group = "Data"
    server_side = True
    saves = True
    example = {"data_type": "", "fields": {}}

    class Options(PlacedForm):
        data_type = DataTypeField(label="Data type")

    def options(self, node: Node, place: Place) -> type[forms.Form]:
        """The data type, and one field for each of its fields."""
        body = place.catalog.body("data_type", node["props"].get("data_type") or "")
        fields = {}
        for key in children(body, body["root"], "fields") if body else ():
            field = body["nodes"][key] if body else {}
            type_ = field["props"].get("type", "text")
            inner = TYPED.get(type_, forms.CharField)
            fields[f"fields.{key}"] = Bindable(inner(label=field["name"], required=False), type=type_)
        return type("ThingOptions", (self.Options,), fields)

    def title(self, node: Node, place: Place) -> str:
        body = place.catalog.body("data_type", node["props"].get("data_type") or "")
        return node["name"] or (f"Create a {body['nodes'][body['root']]['name']}" if body else self.label)

    def result_type(self, node: Node, catalog: Catalog) -> str | None:
        return f"thing:{node['props'].get('data_type') or ''}"

    async def run(self, options: dict[str, Any], step: Any) -> Any:
        return await step.host.create(step.turn.key, options.get("data_type") or "", options.get("fields") or {})
