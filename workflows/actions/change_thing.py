"""Change a thing: set some of its fields to other values, and leave the others as they are."""

from collections.abc import Iterator
from typing import Any

from django import forms

from builder.bindings import Bindable
from builder.document import Node
from builder.expressions.catalog import Catalog, Place
from builder.placed import PlacedForm
from workflows.actions import Action, actions
from workflows.data_types import DataTypeField, own_fields, type_name

AS_IT_IS = "As it is"


@actions.register
class ChangeThing(Action):
    name = "change_thing"
    label = "Change a thing"
    icon = "database"
    group = "Data"
    server_side = True
    saves = True
    example = {"data_type": "", "fields": {}}

    class Options(PlacedForm):
        data_type = DataTypeField(label="Data type")

    def options(self, node: Node, place: Place) -> type[forms.Form]:
        """The data type, which of its things, and one field for each of its fields."""
        name = type_name(node, place)
        if not name:
            return self.Options
        hint = "Fields that are left blank stay as they are."
        which = forms.JSONField(label=f"{name} to change", required=False, help_text=hint)
        found = {"thing": Bindable(which, type=f"thing:{node['props']['data_type']}")}
        return type("ChangeOptions", (self.Options,), found | own_fields(node, place, AS_IT_IS))

    def title(self, node: Node, place: Place) -> str:
        name = type_name(node, place)
        return node["name"] or (f"Change a {name}" if name else self.label)

    def problems(self, node: Node, place: Place) -> Iterator[tuple[str, str]]:
        yield from super().problems(node, place)
        name = type_name(node, place)
        if name and node["props"].get("thing") is None:
            yield "thing", f"Choose the {name} to change."

    def result_type(self, node: Node, catalog: Catalog) -> str | None:
        return f"thing:{node['props'].get('data_type') or ''}"

    async def run(self, options: dict[str, Any], step: Any) -> Any:
        """A field that the author left blank is not touched; dynamic data that is empty clears it."""
        given = options.get("fields") or {}
        return await step.host.change(step.turn.key, options.get("data_type") or "", options.get("thing"), given)
