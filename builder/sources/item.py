"""This item: the item that an operator which goes through a list is at."""

from builder.sources import Offer, Source, sources
from builder.types import label


@sources.register
class ThisItem(Source):
    """The item at hand, inside "each item as object" and "only where"."""

    name = "item"
    label = "This item"
    icon = "list"
    help = "The item of the list that the operator is at."

    def type_of(self, args, place):
        return place.item

    def reads(self, args):
        return None

    def value(self, args, context):
        return context.item()

    def offers(self, place):
        if place.item:
            yield Offer(self.label, label(place.item, place.catalog), self.icon, place.item, self.expression())
