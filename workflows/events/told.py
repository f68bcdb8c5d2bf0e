"""A reusable element tells the page that something has happened inside."""

from collections.abc import Iterator
from typing import Any

from builder.expressions.catalog import Catalog, Place
from builder.outwards import events_of, shown_by
from builder.placed import ElementField, PlacedChoice, PlacedForm
from workflows.events import Event, element_name, events


class ToldField(PlacedChoice):
    """An event of the chosen instance."""

    def found(self, place: Place) -> Iterator[tuple[str, str]]:
        yield from events_of(place.catalog, shown_by(place.catalog, place.element)).items()


@events.register
class Told(Event):
    name = "told"
    label = "An instance tells of an event"
    icon = "layers"
    by_step = True
    example = {"element": "el_example", "told": "ev_example"}

    class Options(PlacedForm):
        element = ElementField(label="Instance", types=("instance",))
        told = ToldField(label="Event", help_text="Its reusable element says which there are.")

    def signal(self, options: dict[str, Any]) -> tuple[str | None, str]:
        return options.get("element"), options.get("told") or ""

    def title(self, options: dict[str, Any], catalog: Catalog) -> str:
        element = options.get("element")
        told = events_of(catalog, shown_by(catalog, element)).get(options.get("told") or "")
        name = element_name(catalog, element, first=True)
        return f"{name}: {told}" if told else f"{name} tells of an event"
