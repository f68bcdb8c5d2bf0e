"""A group's data: the thing or result displayed in it."""

from collections.abc import Iterable
from typing import Any

from builder.expressions.catalog import Place
from builder.sources import AT_HAND, Context, Key, Offer, Source, sources
from builder.sources.content import content_sample, content_type
from builder.types import label


@sources.register
class GroupData(Source):
    """What is displayed in a group, by its own data source or by a workflow (S32)."""

    name = "group"
    label = "A group's data"
    icon = "group"
    comes = AT_HAND
    help = "What is displayed in the group."
    required = ("element",)
    example = {"element": "el_group1"}

    def type_of(self, args: dict[str, Any], place: Place) -> str | None:
        node = place.catalog.node(args.get("element"), "group")
        return (node["props"].get("content_type") or content_type(args["element"], place)) if node else None

    def label_of(self, args: dict[str, Any], place: Place) -> str:
        type = self.type_of(args, place)
        word = "data" if type == "any" else label(type, place.catalog)
        return f"{place.catalog.name(args['element'])}'s {word}"

    def reads(self, args: dict[str, Any]) -> Key | None:
        return ("group", args["element"])

    def value(self, args: dict[str, Any], context: Context) -> Any:
        return context.group(args["element"])

    def sample(self, args: dict[str, Any], place: Place) -> Any:
        return content_sample(args.get("element"), place)

    def offers(self, place: Place) -> Iterable[Offer]:
        for element in place.catalog.elements(place.page):
            args = {"element": element}
            if type := self.type_of(args, place):
                yield Offer(self.label_of(args, place), "group", self.icon, type, self.expression(**args))
