"""A property of a reusable element: what the current instance was given."""

from collections.abc import Iterable
from typing import Any

from builder.chosen_types import type_of
from builder.expressions.catalog import Place
from builder.expressions.evaluate import evaluate_samples
from builder.sources import AT_HAND, Context, Key, Offer, Source, sources
from builder.types import family, samples


@sources.register
class OwnProperty(Source):
    """What an instance gives for a property of its reusable element.

    In an instance it is mostly replaced by the given value itself; if operators follow a plain value, that becomes the
    argument `value`. If conditions of the instance set it, they are `cases`, each with when: the last one that holds
    wins (S34; `builder.reusing`).
    """

    name = "property"
    label = "A property of this element"
    icon = "layers"
    comes = AT_HAND
    help = "What each instance gives for it."
    required = ("property",)
    example = {"property": "pr_title1"}
    passes_on = ("value", "cases")

    def type_of(self, args: dict[str, Any], place: Place) -> str | None:
        node = place.catalog.node(args.get("property"), "property")
        home = place.catalog.home(args.get("property"))
        # It only has a meaning within its own reusable element.
        return type_of(node) if node and home and ("value" in args or place.page == home[1]) else None

    def label_of(self, args: dict[str, Any], place: Place) -> str:
        home = place.catalog.home(args["property"])
        return f"{place.catalog.name(home[1])}'s {place.catalog.name(args['property'])}"

    def reads(self, args: dict[str, Any]) -> Key | None:
        return None

    def value(self, args: dict[str, Any], context: Context) -> Any:
        found = args.get("value")
        for when, value in args.get("cases") or ():
            if when is True:
                found = value
        return found

    def sample(self, args: dict[str, Any], place: Place) -> Any:
        if "value" in args:
            return evaluate_samples(args["value"], place)
        node = place.catalog.node(args.get("property"), "property")
        if node is None or (default := node["props"].get("default")) is not None:
            return default if node else None
        found, type = samples(type_of(node), place.catalog), type_of(node)
        return (found if family(type) == "list" else found[0]) if found else None

    def offers(self, place: Place) -> Iterable[Offer]:
        for key in place.catalog.properties(place.page):
            args = {"property": key}
            yield Offer(
                self.label_of(args, place), "property", self.icon, self.type_of(args, place), self.expression(**args)
            )
