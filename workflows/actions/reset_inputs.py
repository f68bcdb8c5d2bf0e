"""Reset inputs: restore the initial value of an input, or of all inputs in a group."""

from typing import Any

from builder.document import Node
from builder.expressions.catalog import Place
from builder.placed import ElementField, PlacedForm
from workflows.actions import Action, actions
from workflows.events import element_name


@actions.register
class ResetInputs(Action):
    name = "reset_inputs"
    label = "Reset inputs"
    icon = "eraser"
    group = "Page"
    example = {"element": "el_example"}

    class Options(PlacedForm):
        element = ElementField(label="Input or group", inputs=True, help_text="In a group, every input in it is reset.")

    def title(self, node: Node, place: Place) -> str:
        return node["name"] or f"Reset {element_name(place.catalog, node['props'].get('element'))}"

    async def run(self, options: dict[str, Any], step: Any) -> None:
        step.host.reset(options.get("element") or "")
