"""Enter is pressed in an input that submits."""

from typing import Any

from builder.expressions.catalog import Catalog
from builder.placed import ElementField, PlacedForm
from workflows.events import Event, element_name, events


@events.register
class Submitted(Event):
    name = "submitted"
    label = "Enter is pressed"
    icon = "keyboard"
    example = {"element": "el_example"}

    class Options(PlacedForm):
        element = ElementField(label="Input", event="submitted")

    def signal(self, options: dict[str, Any]) -> tuple[str | None, str]:
        return options.get("element"), "submitted"

    def title(self, options: dict[str, Any], catalog: Catalog) -> str:
        return f"Enter is pressed in {element_name(catalog, options.get('element'))}"
