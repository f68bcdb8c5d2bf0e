"""A state of the page: what a workflow stored there."""

from collections.abc import Iterable
from typing import Any

from builder.chosen_types import type_of
from builder.expressions.catalog import Place
from builder.sources import Context, Key, Offer, Source, sources


@sources.register
class PageState(Source):
    """What a state of the page holds. A state of type stream stays live, one of type text is a snapshot (S32)."""

    name = "state"
    label = "A state of the page"
    icon = "sliders"
    help = "What a workflow put there, for this page."
    required = ("state",)
    example = {"state": "st_count1"}

    def type_of(self, args: dict[str, Any], place: Place) -> str | None:
        node = place.catalog.node(args.get("state"), "state")
        return type_of(node) if node else None

    def label_of(self, args: dict[str, Any], place: Place) -> str:
        home = place.catalog.home(args["state"])
        return f"{place.catalog.name(home[1])}'s {place.catalog.name(args['state'])}"

    def reads(self, args: dict[str, Any]) -> Key | None:
        return ("state", args["state"])

    def value(self, args: dict[str, Any], context: Context) -> Any:
        return context.state(args["state"])

    def offers(self, place: Place) -> Iterable[Offer]:
        for state in place.catalog.states(place.page):
            args = {"state": state}
            yield Offer(
                self.label_of(args, place), "state", self.icon, self.type_of(args, place), self.expression(**args)
            )
