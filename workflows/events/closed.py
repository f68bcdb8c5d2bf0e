"""A popup, or a group next to an element, is closed by the visitor."""

from typing import Any

from builder.expressions.catalog import Catalog
from builder.placed import ElementField, PlacedForm
from workflows.events import Event, element_name, events


@events.register
class Closed(Event):
    name = "closed"
    label = "A popup is closed"
    icon = "popup"
    example = {"element": "el_example"}

    class Options(PlacedForm):
        element = ElementField(
            label="Popup", event="closed", help_text="With its cross, with Esc or with a press beside it."
        )

    def signal(self, options: dict[str, Any]) -> tuple[str | None, str]:
        return options.get("element"), "closed"

    def title(self, options: dict[str, Any], catalog: Catalog) -> str:
        return f"{element_name(catalog, options.get('element'), first=True)} is closed"
