"""Show an element."""

from typing import Any

from builder.document import Node
from builder.expressions.catalog import Place
from builder.placed import ElementField, PlacedForm
from workflows.actions import Action, actions
from workflows.events import element_name


@actions.register
class Show(Action):
    name = "show"
    label = "Show an element"
    icon = "eye"
    group = "Page"
    example = {"element": "el_example"}

    class Options(PlacedForm):
        element = ElementField(label="Element")

    def title(self, node: Node, place: Place) -> str:
        return node["name"] or f"Show {element_name(place.catalog, node['props'].get('element'))}"

    async def run(self, options: dict[str, Any], step: Any) -> None:
        step.host.show(options.get("element") or "", True)
