"""An element's value: what a visitor typed or chose."""

from collections.abc import Iterable
from typing import Any

from builder.element_words import with_words
from builder.elements import elements
from builder.expressions.catalog import Place
from builder.sources import NEAR, Context, Key, Offer, Source, sources


@sources.register
class ElementValue(Source):
    """The current value of an input on the page, as the visitor left it (S40a)."""

    name = "element"
    label = "An element's value"
    icon = "input"
    comes = NEAR
    help = "What a visitor typed or chose there."
    required = ("element",)
    example = {"element": "el_input1"}

    def type_of(self, args: dict[str, Any], place: Place) -> str | None:
        node = place.catalog.node(args.get("element"))
        kind = elements.get(node["type"]) if node else None
        return kind.type_here(args["element"], place) if kind and node else None

    def label_of(self, args: dict[str, Any], place: Place) -> str:
        return f"{place.catalog.name(args['element'])}'s value"

    def icon_of(self, args: dict[str, Any], place: Place) -> str:
        return elements[place.catalog.node(args["element"])["type"]].icon

    def reads(self, args: dict[str, Any]) -> Key | None:
        return ("element", args["element"])

    def value(self, args: dict[str, Any], context: Context) -> Any:
        return context.element_value(args["element"])

    def offers(self, place: Place) -> Iterable[Offer]:
        here = set(place.catalog.around(place.element, "repeating_group"))
        for element in place.catalog.elements(place.page):
            args = {"element": element}
            # An input in a list has one value per cell: only something in the same cell can refer to one of them.
            if self.type_of(args, place) and here.issuperset(place.catalog.around(element, "repeating_group")):
                holder = place.catalog.node(element)
                words, kind = with_words(holder).removeprefix(holder["name"]), elements[holder["type"]].label
                yield Offer(
                    self.label_of(args, place),
                    f"{kind}{words}",
                    self.icon_of(args, place),
                    self.type_of(args, place),
                    self.expression(**args),
                )
