"""A parameter of the page: what its URL contained when it was opened."""

from collections.abc import Iterable
from typing import Any

from builder.expressions.catalog import Place
from builder.parameters import declared
from builder.sources import Context, Key, Offer, Source, sources


@sources.register
class PageParameter(Source):
    """The parameter in the page's URL when the visit began, as the type it declares, else its default."""

    name = "parameter"
    label = "Page's parameter"
    icon = "link"
    help = "What was in the page's address when it was opened."
    required = ("parameter",)
    example = {"parameter": "pp_topic1"}

    def type_of(self, args: dict[str, Any], place: Place) -> str | None:
        node = place.catalog.node(args.get("parameter"), "parameter")
        home = place.catalog.home(args.get("parameter"))
        is_here = home and home[0] == "page" and place.page in (None, home[1])
        return node["props"]["type"] if node and is_here else None

    def label_of(self, args: dict[str, Any], place: Place) -> str:
        return f"Parameter {place.catalog.name(args['parameter'])}"

    def reads(self, args: dict[str, Any]) -> Key | None:
        return None

    def value(self, args: dict[str, Any], context: Context) -> Any:
        return context.parameter(args["parameter"])

    def sample(self, args: dict[str, Any], place: Place) -> Any:
        node = place.catalog.node(args.get("parameter"), "parameter")
        return node["props"].get("default") if node else None

    def offers(self, place: Place) -> Iterable[Offer]:
        page = place.catalog.body("page", place.page)
        for key, holder in declared(page).items() if page else ():
            args = {"parameter": key}
            icon, type = self.icon, holder["props"]["type"]
            yield Offer(self.label_of(args, place), "parameter", icon, type, self.expression(**args))
