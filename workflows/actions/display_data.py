"""Display data in a group: elements inside show it live (S32)."""

from typing import Any

from django import forms

from builder.bindings import Bindable
from builder.document import Node
from builder.expressions.catalog import Place
from builder.placed import ElementField, PlacedForm
from workflows.actions import Action, actions
from workflows.events import element_name


@actions.register
class DisplayData(Action):
    name = "display_data"
    label = "Display data in a group"
    icon = "live"
    group = "Page"
    example = {"element": "el_example", "data": None}

    class Options(PlacedForm):
        element = ElementField(label="Group", types=("group",))
        data = Bindable(forms.JSONField(label="Data", required=False), type="any")

    def title(self, node: Node, place: Place) -> str:
        return node["name"] or f"Show data in {element_name(place.catalog, node['props'].get('element'))}"

    async def run(self, options: dict[str, Any], step: Any) -> None:
        step.host.display(options.get("element") or "", options.get("data"))
