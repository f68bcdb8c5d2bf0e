"""A state of the page: what a workflow put there."""

from builder.sources import Offer, Source, sources
from builder.types import list_of


@sources.register
class PageState(Source):
    """What a state of the page holds. One of type stream stays live, one of type text is a snapshot (S32)."""

    name = "state"
    label = "A state of the page"
    icon = "sliders"
    help = "What a workflow put there, for this page."
    required = ("state",)
    example = {"state": "st_count1"}

    def type_of(self, args, place):
        node = place.catalog.node(args.get("state"), "state")
        if node is None:
            return None
        type = node["props"].get("type", "text")
        return list_of(type) if node["props"].get("list") else type

    def label_of(self, args, place):
        home = place.catalog.home(args["state"])
        return f"{place.catalog.name(home[1])}'s {place.catalog.name(args['state'])}"

    def reads(self, args):
        return ("state", args["state"])

    def value(self, args, context):
        return context.state(args["state"])

    def offers(self, place):
        for state in place.catalog.states(place.page):
            args = {"state": state}
            yield Offer(
                self.label_of(args, place), "state", self.icon, self.type_of(args, place), self.expression(**args)
            )
