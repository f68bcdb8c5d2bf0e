"""An input's value changes: when the visitor leaves it or presses Enter, not with every key."""

from typing import Any

from builder.expressions.catalog import Catalog
from builder.placed import ElementField, PlacedForm
from workflows.events import Event, element_name, events


@events.register
class ValueChanged(Event):
    name = "value_changed"
    label = "A value changes"
    icon = "input"
    example = {"element": "el_example"}

    class Options(PlacedForm):
        element = ElementField(label="Input", event="changed")

    def signal(self, options: dict[str, Any]) -> tuple[str | None, str]:
        return options.get("element"), "changed"

    def title(self, options: dict[str, Any], catalog: Catalog) -> str:
        return f"{element_name(catalog, options.get('element'), first=True)}'s value changes"
