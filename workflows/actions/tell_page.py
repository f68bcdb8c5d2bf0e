"""Tell the page: a reusable element tells the page around it that something has happened inside."""

from collections.abc import Iterator
from typing import Any

from django import forms

from builder.chosen_types import field_of
from builder.document import Node
from builder.expressions.catalog import Place
from builder.expressions.values import as_text, is_stream
from builder.outwards import events_of, type_told
from builder.placed import PlacedChoice, PlacedForm
from workflows.actions import Action, actions


class EventField(PlacedChoice):
    """An event of the reusable element."""

    def found(self, place: Place) -> Iterator[tuple[str, str]]:
        yield from events_of(place.catalog, place.page).items()


@actions.register
class TellPage(Action):
    name = "tell_page"
    label = "Tell the page"
    icon = "layers"
    group = "Page"
    example = {"event": "ev_example"}

    class Options(PlacedForm):
        event = EventField(label="Event", help_text="What “Tells events” of the reusable element names.")

    def options(self, node: Node, place: Place) -> type[forms.Form]:
        """Includes a value if the event has one."""
        told = type_told(place.catalog, place.page, node["props"].get("event"))
        return type("ToldOptions", (self.Options,), {"value": field_of("Value", told)}) if told else self.Options

    def is_offered(self, place: Place) -> bool:
        return place.catalog.body("reusable", place.page) is not None

    def title(self, node: Node, place: Place) -> str:
        told = events_of(place.catalog, place.page).get(node["props"].get("event") or "")
        return node["name"] or (f"Tell the page: {told}" if told else self.label)

    async def run(self, options: dict[str, Any], step: Any) -> None:
        value = options.get("value")
        # A stream is told as its text at this moment.
        step.host.tell_page(options.get("event") or "", as_text(value) if is_stream(value) else value)
