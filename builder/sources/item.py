"""This item: the current item of an operator that goes through a list."""

from collections.abc import Iterable
from typing import Any

from builder.expressions.catalog import Place
from builder.sources import AT_HAND, Context, Key, Offer, Source, sources
from builder.types import label


@sources.register
class ThisItem(Source):
    """The current item inside "each item as object" and "only where"."""

    name = "item"
    label = "This item"
    icon = "list"
    comes = AT_HAND
    help = "The item of the list that the operator is at."

    def type_of(self, args: dict[str, Any], place: Place) -> str | None:
        return place.item

    def reads(self, args: dict[str, Any]) -> Key | None:
        return None

    def value(self, args: dict[str, Any], context: Context) -> Any:
        return context.item()

    def offers(self, place: Place) -> Iterable[Offer]:
        if place.item:
            yield Offer(self.label, label(place.item, place.catalog), self.icon, place.item, self.expression())
