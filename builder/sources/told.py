"""What an instance of a reusable element tells the page around it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from builder.expressions.catalog import Place
from builder.expressions.evaluate import evaluate_samples
from builder.expressions.trace import type_of
from builder.outwards import shown_by, values_of
from builder.sources import NEAR, Context, Key, Offer, Source, sources


@sources.register
class Told(Source):
    """A value that a reusable element tells, for one of its instances.

    On an open page it is replaced by its expression in that instance; if operators follow a plain value, that becomes
    the argument `value` (`builder.reusing`).
    """

    name = "told"
    label = "What an instance tells"
    icon = "layers"
    comes = NEAR
    help = "A value that its reusable element tells."
    required = ("element", "value_of")
    example = {"element": "el_card001", "value_of": "tl_total1"}
    passes_on = ("value",)

    def type_of(self, args: dict[str, Any], place: Place) -> str | None:
        of, key = shown_by(place.catalog, args.get("element")), args.get("value_of")
        row = values_of(place.catalog, of).get(str(key))
        # A value that would tell itself ends here.
        if row is None or str(key) in place.passed:
            return None
        return type_of(row["value"], Place(place.catalog, page=of, passed=place.passed | {str(key)}))

    def label_of(self, args: dict[str, Any], place: Place) -> str:
        row = values_of(place.catalog, shown_by(place.catalog, args["element"]))[args["value_of"]]
        return f"{place.catalog.name(args['element'])}'s {row['name']}"

    def reads(self, args: dict[str, Any]) -> Key | None:
        return ("element", args["element"])

    def value(self, args: dict[str, Any], context: Context) -> Any:
        return args.get("value")

    def sample(self, args: dict[str, Any], place: Place) -> Any:
        of = shown_by(place.catalog, args.get("element"))
        row = values_of(place.catalog, of).get(str(args.get("value_of")))
        if row is None or row["key"] in place.passed:
            return None
        return evaluate_samples(
            row["value"], replace(Place(place.catalog, page=of), passed=place.passed | {row["key"]})
        )

    def offers(self, place: Place) -> Iterable[Offer]:
        here = set(place.catalog.around(place.element, "repeating_group"))
        for element in place.catalog.elements(place.page):
            of = shown_by(place.catalog, element)
            # As with inputs, only something in the same cell can refer to one instance in a list.
            if of and here.issuperset(place.catalog.around(element, "repeating_group")):
                for key in values_of(place.catalog, of):
                    args = {"element": element, "value_of": key}
                    if type := self.type_of(args, place):
                        label = self.label_of(args, place)
                        yield Offer(label, "told by an instance", self.icon, type, self.expression(**args))
