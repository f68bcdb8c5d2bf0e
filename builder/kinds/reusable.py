"""A reusable element: a tree of elements, designed once, with properties for which each of its instances gives
values."""

from collections.abc import Iterator
from typing import Any

from builder.document import Body, Problem, Where, body, node
from builder.expressions.catalog import Catalog
from builder.expressions.reads import reads
from builder.kinds import kinds
from builder.kinds.page import Page

OUTSIDE = "It reads {name}, which is outside this reusable element. Give it a property of its own for that."


@kinds.register
class Reusable(Page):
    """A reusable element of an app. Its root is the element type `reusable`; besides `children` and `states` it has the
    slot `properties` with nodes of the type `property`, whose props are those of a state."""

    name = "reusable"
    label = "Reusable element"
    prefix = "rs"
    icon = "layers"

    def blank(self, key: str, name: str) -> Body:
        return body(key, {key: node("reusable", name)})

    def problems(self, body: Body, catalog: Catalog | None = None) -> list[Problem]:
        """In addition to the problems of any page: values that read something outside, which does not exist where it is
        placed."""
        found = super().problems(body, catalog)
        doc = f"reusable/{body['root']}"
        outside = _outside(body, catalog) if catalog else ()
        return found + [Problem(Where(doc, key, prop), OUTSIDE.format(name=name)) for key, prop, name in outside]

    def words(self, body: Body, node: str, catalog: Any) -> str:
        reusable, name = f"reusable element {body['nodes'][body['root']]['name']}", body["nodes"][node]["name"]
        return f"{name} in {reusable}" if node != body["root"] else reusable


def _outside(body: Body, catalog: Catalog) -> Iterator[tuple[str, str, str]]:
    """The node, its property, and the name of what it reads from a page or from another reusable element."""
    own = body["root"]
    for key, holder in body["nodes"].items():
        for prop, value in holder["props"].items():
            for read in sorted(filter(None, (each[1] for each in reads(value) if len(each) > 1))):
                kind, home = catalog.home(read) or ("", own)
                if kind == "workflow":
                    home = (catalog.node(home) or {"props": {}})["props"].get("page", "")
                if kind in ("page", "reusable", "workflow") and home != own:
                    yield key, prop, catalog.name(read) or "something"
