"""The current cell's thing: the item that a cell of a repeating group shows."""

from collections.abc import Iterable
from typing import Any

from builder.elements import elements
from builder.expressions.catalog import Place
from builder.sources import AT_HAND, Context, Key, Offer, Source, sources
from builder.sources.content import content_sample, content_type
from builder.types import item_type, label


@sources.register
class CurrentCell(Source):
    """The item shown by the cell around an element."""

    name = "cell"
    label = "Current cell's thing"
    icon = "repeat"
    comes = AT_HAND
    help = "The item of the list that this cell shows."
    required = ("element",)
    example = {"element": "el_cells1"}

    def type_of(self, args: dict[str, Any], place: Place) -> str | None:
        node = place.catalog.node(args.get("element"))
        # There is no current cell outside the list.
        if node is None or args["element"] not in _lists_around(place):
            return None
        return node["props"].get("content_type") or item_type(content_type(args["element"], place) or "any")

    def label_of(self, args: dict[str, Any], place: Place) -> str:
        type = self.type_of(args, place)
        word = "item" if type == "any" else label(type, place.catalog)
        return f"Current cell's {word}"

    def reads(self, args: dict[str, Any]) -> Key | None:
        return ("cell", args["element"])

    def value(self, args: dict[str, Any], context: Context) -> Any:
        return context.cell(args["element"])

    def sample(self, args: dict[str, Any], place: Place) -> Any:
        found = content_sample(args.get("element"), place)
        number = dict(place.cells).get(args.get("element"), 0)
        return found[number] if isinstance(found, list) and number < len(found) else None

    def offers(self, place: Place) -> Iterable[Offer]:
        for element in _lists_around(place):
            args = {"element": element}
            yield Offer(
                self.label_of(args, place),
                place.catalog.name(element),
                self.icon,
                self.type_of(args, place),
                self.expression(**args),
            )


def _lists_around(place: Place) -> list[str]:
    """The lists in whose cells a value is, the nearest first. Some of an element's own values are in the cells of its
    own list, but the list itself is not."""
    nodes = [place.element, *place.catalog.ancestors(place.element)]
    types = {key: elements.get(node["type"]) for key in nodes if (node := place.catalog.node(key))}
    return [
        key
        for key, kind in types.items()
        if kind and (kind.each and key not in place.passed if key == place.element else "cells" in kind.live.values())
    ]
