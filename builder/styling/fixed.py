"""Groups of the direction “fixed”: every element in one stands at its own X and Y, in pixels from the group's inner top
left corner, and what comes later in the document is in front. Pure."""

from typing import Any, NamedTuple

from builder.document import Body, Node, children
from builder.document_cache import for_all_nodes, per_node
from builder.elements import elements
from builder.elements.props import GAPS, LONGEST, PLACED
from builder.expressions.catalog import Catalog
from builder.styling.breakpoints import BASE, BREAKPOINTS
from builder.styling.looks import Styles, origin, resolved, styles_of

FIXED = "fixed"
# The types of elements that can be such groups.
GROUPS = ("group", "reusable")
_STEPS = {name: int(words) if words.isdigit() else 0 for name, words in GAPS}


class Point(NamedTuple):
    """Where an element stands in its group, in pixels."""

    x: int = 0
    y: int = 0

    def further(self, x: int, y: int) -> "Point":
        """The point that is so many pixels further; never outside of the group, nor beyond what can be set."""
        return Point(*(max(0, min(each, LONGEST)) for each in (self.x + x, self.y + y)))


@per_node
def may_be_fixed(holder: Node) -> bool:
    """Whether an element may be such a group: by itself at some width, by a condition, or by its named style."""
    props = holder["props"]
    if holder["type"] not in GROUPS:
        return False
    conditions = (condition["set"] for condition in props.get("conditions") or ())
    layers: tuple[dict[str, Any], ...] = (props, *(props.get("at") or {}).values(), *conditions)
    return "uses" in props or any(each.get("direction") == FIXED for each in layers)


def may_have_fixed(body: Body) -> bool:
    """Whether there may be such a group in a document."""
    return any(for_all_nodes(may_be_fixed, body).values())


def is_fixed(holder: Node, styles: Styles, at: str = "") -> bool:
    """Whether an element is such a group at a breakpoint, by default at any; also if only a condition makes it one."""
    if not may_be_fixed(holder):
        return False
    element, props = elements[holder["type"]], holder["props"]
    if any(condition["set"].get("direction") == FIXED for condition in props.get("conditions") or ()):
        return True
    widths = (at,) if at else BREAKPOINTS
    return any(origin(element, props, "direction", styles, each).value == FIXED for each in widths)


def stands_fixed(key: str, catalog: Catalog, at: str = "") -> bool:
    """Whether an element is in such a group at a breakpoint, by default at any, so that it stands at its X and Y."""
    around = catalog.node(catalog.parent(key))
    return around is not None and is_fixed(around, styles_of(catalog), at)


def can_be_placed(holder: Node) -> bool:
    """Whether an element can stand at a place of its own: not what stands over the page, such as a popup."""
    element = elements.get(holder["type"])
    return element is not None and set(PLACED) <= element.defaults.keys()


def point_of(holder: Node, at: str = BASE) -> Point:
    """Where an element stands in such a group at a breakpoint, ignoring conditions."""
    element = elements[holder["type"]]
    return Point(*(origin(element, holder["props"], prop, {}, at).value or 0 for prop in PLACED))


def inset(holder: Node, styles: Styles, at: str = BASE) -> Point:
    """How far the inner corner of a group is from its outer one, in pixels."""
    values = resolved(elements[holder["type"]], holder["props"], styles, at)
    edge = int(values.get("border") == "line")
    all_round = values.get("own_padding")
    if all_round is None:
        all_round = _STEPS.get(values.get("padding"), 0)
    sides = (values.get(prop) for prop in ("padding_left", "padding_top"))
    return Point(*(edge + (all_round if side is None else side) for side in sides))


def as_read(body: Body, key: str, styles: Styles, is_row: bool = False) -> list[str]:
    """The elements of such a group in the order in which they are read: from top to bottom, in a row from left to
    right. What stands over the page comes last."""
    holders = body["nodes"]
    at = next(each for each in BREAKPOINTS if is_fixed(holders[key], styles, each))
    points = {child: point_of(holders[child], at) for child in children(body, key) if can_be_placed(holders[child])}
    read = sorted(points, key=lambda child: points[child] if is_row else points[child][::-1])
    return [*read, *(child for child in children(body, key) if child not in points)]
