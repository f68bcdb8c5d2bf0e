"""The source “Do a search for”: the things of a type, updated whenever they change (S35)."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from builder.database import db
from builder.edition import Edition
from builder.expressions.catalog import Place
from builder.people.visitor import Visitor
from builder.sources import Context, Key, Offer, Setting, Source, sources
from data import samples
from data.things import MOST, Thing, search, watch


@sources.register
class Search(Source):
    name = "search"
    label = "Do a search for"
    icon = "search"
    help = "What the app has saved. It follows when something is added."
    required = ("data_type",)
    example = {"data_type": "dt_example", "newest_first": True, "limit": 50}

    def type_of(self, args: dict[str, Any], place: Place) -> str | None:
        data_type = args.get("data_type")
        return f"list:thing:{data_type}" if place.catalog.body("data_type", data_type or "") else None

    def label_of(self, args: dict[str, Any], place: Place) -> str:
        body = place.catalog.body("data_type", args["data_type"])
        order = ", newest first" if args.get("newest_first") else ""
        return f"Search for {body['nodes'][body['root']]['name'] if body else ''}{order}"

    def reads(self, args: dict[str, Any]) -> Key:
        return ("resource", self.name, str(args.get("data_type")))

    def value(self, args: dict[str, Any], context: Context) -> Any:
        found = context.resource(self.name, args)
        return found.value if found else None

    def offers(self, place: Place) -> Iterable[Offer]:
        for body in place.catalog.bodies("data_type"):
            name = body["nodes"][body["root"]]["name"]
            for newest, hint in ((False, "oldest first"), (True, "newest first")):
                expression = self.expression(data_type=body["root"], newest_first=newest)
                kind = f"list:thing:{body['root']}"
                yield Offer(f"Search for {name}", hint, self.icon, kind, expression)

    def settings(self, args: dict[str, Any], place: Place) -> Iterable[Setting]:
        bodies = place.catalog.bodies("data_type")
        found = tuple((body["root"], body["nodes"][body["root"]]["name"]) for body in bodies)
        yield Setting(("data_type",), "Data type", "text", found, fixed=True)
        orders = ((False, "Oldest first"), (True, "Newest first"))
        yield Setting(("newest_first",), "Order", "yes_no", orders, fixed=True)
        yield Setting(("limit",), "At most", "number", hint=f"Things. Empty: {MOST}.", fixed=True)

    def sample(self, args: dict[str, Any], place: Place) -> list[Thing] | None:
        """The newest things there are, in the search's own order; None if there are none."""
        data_type, newest_first, limit = _wanted(args)
        found = samples.newest(place.catalog, data_type, limit)
        return (found if newest_first else found[::-1]) or None

    async def fetch(self, edition: Edition, args: dict[str, Any], visitor: Visitor) -> "Fetched":
        """The things as they are now."""
        return Fetched(await db(search, edition.app, *_wanted(args), edition.environment))

    def open(self, edition: Edition, args: dict[str, Any], moved: Callable[[], None], visitor: Visitor) -> "OpenSearch":
        """Open one page's search, which loads by itself from now on."""
        return OpenSearch(edition, args, moved)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A search that was done once."""

    value: list[Thing]


def _wanted(args: dict[str, Any]) -> tuple[str, bool, int]:
    """The data type, whether the newest come first, and the maximum number."""
    limit = args.get("limit")
    most = limit if isinstance(limit, int) and 0 < limit <= MOST else MOST
    return str(args.get("data_type") or ""), bool(args.get("newest_first")), most


class OpenSearch:
    """A search shown on a page: `value` is the latest result, None until the first one."""

    def __init__(self, edition: Edition, args: dict[str, Any], moved: Callable[[], None]):
        self.edition = edition
        self.args = args
        self.moved = moved
        self.value: list[Thing] | None = None
        self._again = False
        self._loading: asyncio.Task[None] | None = None
        self._unwatch = watch(edition.app.pk, edition.environment, str(args.get("data_type")), self.look)
        self.look()

    def look(self) -> None:
        """Search again; if a search is already in progress, once more after it."""
        self._again = True
        if self._loading is None or self._loading.done():
            self._loading = asyncio.ensure_future(self._load())

    def close(self) -> None:
        self._unwatch()
        if self._loading:
            self._loading.cancel()

    async def _load(self) -> None:
        while self._again:
            self._again = False
            found = await db(search, self.edition.app, *_wanted(self.args), self.edition.environment)
            if found != self.value:
                self.value = found
                self.moved()
