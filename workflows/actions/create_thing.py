"""Create a thing in the app's own database."""

from typing import Any

from django import forms

from builder.document import Node
from builder.expressions.catalog import Catalog, Place
from builder.placed import PlacedForm
from workflows.actions import Action, actions
from workflows.data_types import DataTypeField, own_fields, type_name


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
        return type("ThingOptions", (self.Options,), own_fields(node, place))

    def title(self, node: Node, place: Place) -> str:
        name = type_name(node, place)
        return node["name"] or (f"Create a {name}" if name else self.label)

    def result_type(self, node: Node, catalog: Catalog) -> str | None:
        return f"thing:{node['props'].get('data_type') or ''}"

    async def run(self, options: dict[str, Any], step: Any) -> Any:
        return await step.host.create(step.turn.key, options.get("data_type") or "", options.get("fields") or {})
