"""An element is clicked."""

from typing import Any

from builder.expressions.catalog import Catalog
from builder.placed import ElementField, PlacedForm
from workflows.events import Event, element_name, events


@events.register
class Clicked(Event):
    name = "clicked"
    label = "An element is clicked"
    icon = "cursor"
    example = {"element": "el_example"}

    class Options(PlacedForm):
        element = ElementField(label="Element", event="clicked")

    def signal(self, options: dict[str, Any]) -> tuple[str | None, str]:
        return options.get("element"), "clicked"

    def title(self, options: dict[str, Any], catalog: Catalog) -> str:
        return f"{element_name(catalog, options.get('element'), first=True)} is clicked"
