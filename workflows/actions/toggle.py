"""Toggle an element: show it if it is hidden, hide it if it is shown."""

from typing import Any

from builder.document import Node
from builder.expressions.catalog import Place
from builder.placed import ElementField, PlacedForm
from workflows.actions import Action, actions
from workflows.events import element_name


@actions.register
class Toggle(Action):
    name = "toggle"
    label = "Toggle an element"
    icon = "yesno"
    group = "Page"
    example = {"element": "el_example"}

    class Options(PlacedForm):
        element = ElementField(label="Element", help_text="Shown where it is hidden, hidden where it is shown.")

    def title(self, node: Node, place: Place) -> str:
        return node["name"] or f"Toggle {element_name(place.catalog, node['props'].get('element'))}"

    async def run(self, options: dict[str, Any], step: Any) -> None:
        step.host.toggle(options.get("element") or "")
