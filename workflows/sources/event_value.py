"""The event's value: what an instance told with the event that started a workflow."""

from collections.abc import Iterable
from typing import Any

from builder.expressions.catalog import Place
from builder.outwards import events_of, shown_by, type_told
from builder.sources import AT_HAND, Context, Key, Offer, Source, sources
from builder.types import samples


@sources.register
class EventValue(Source):
    """What the step “Tell the page” sent with the event that started this run."""

    name = "event_value"
    label = "The event's value"
    icon = "layers"
    comes = AT_HAND
    help = "What the instance told when it happened."

    def type_of(self, args: dict[str, Any], place: Place) -> str | None:
        _, of, told = _event(place)
        return type_told(place.catalog, of, told) or None

    def label_of(self, args: dict[str, Any], place: Place) -> str:
        instance, of, told = _event(place)
        return f"{place.catalog.name(instance)}'s {events_of(place.catalog, of)[told]}'s value"

    def reads(self, args: dict[str, Any]) -> Key | None:
        return None

    def value(self, args: dict[str, Any], context: Context) -> Any:
        return context.event_value()

    def sample(self, args: dict[str, Any], place: Place) -> Any:
        type = self.type_of(args, place)
        return next(iter(samples(type, place.catalog)), None) if type else None

    def offers(self, place: Place) -> Iterable[Offer]:
        if type := self.type_of({}, place):
            yield Offer(self.label_of({}, place), "told with the event", self.icon, type, self.expression())


def _event(place: Place) -> tuple[str, str | None, str]:
    """The instance that a workflow listens to, its reusable element, and the event."""
    root = place.catalog.node(place.workflow, "workflow") or {"props": {}}
    event = root["props"].get("event") or {}
    options = event.get("options") or {} if event.get("type") == "told" else {}
    instance = options.get("element") or ""
    return instance, shown_by(place.catalog, instance), options.get("told") or ""
