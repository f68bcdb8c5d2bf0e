"""One element by itself: as HTML, and what of it moves."""

from typing import Any

from builder.document import Body, body, node
from builder.drawing.render import Mode, element_html
from builder.elements import Moving, elements
from builder.expressions.catalog import Catalog, Place

KEY = "el_test01"
# Something that moves.
MOVES = {"from": "state", "args": {"state": "st_moves1"}, "ops": []}


def page_of(type: str, **props: Any) -> Body:
    """A page with this element, and a state that it may read."""
    root = node("page", "index", {}, children=[KEY], states=["st_moves1"])
    state = node("state", "Moves", {"type": "text"})
    return body("pg_test01", {"pg_test01": root, KEY: node(type, type, props), "st_moves1": state})


def drawn(type: str, mode: Mode = "live", **props: Any) -> str:
    """The element as HTML."""
    page = page_of(type, **props)
    return element_html(page, Catalog([("page", "pg_test01", page)]), KEY, mode)


def moving(type: str, **props: Any) -> dict[str, Moving]:
    """What of the element moves, by its property."""
    catalog = Catalog([("page", "pg_test01", page_of(type, **props))])
    found = elements[type].moving(props, Place(catalog, page="pg_test01", element=KEY))
    return {each.prop: each for each in found}
