"""Groups of the direction “fixed”: every element in one stands at its own X and Y, in pixels from the group's inner top
left corner, and what comes later in the document is in front. Pure."""

from typing import Any, NamedTuple

from builder.document import Body, Node
from builder.elements import elements
from builder.elements.props import PLACED
from builder.standing import of_all, of_node
from builder.styling.breakpoints import BASE, BREAKPOINTS
from builder.styling.looks import Styles, origin

FIXED = "fixed"


class Point(NamedTuple):
    """Where an element stands in its group, in pixels."""

    x: int = 0
    y: int = 0


@of_node
def may_be_fixed(holder: Node) -> bool:
    """Whether an element may be such a group: by itself at some width, by a condition, or by its named style."""
    props = holder["props"]
    conditions = (condition["set"] for condition in props.get("conditions") or ())
    layers: tuple[dict[str, Any], ...] = (props, *(props.get("at") or {}).values(), *conditions)
    return "uses" in props or any(each.get("direction") == FIXED for each in layers)


def may_have_fixed(body: Body) -> bool:
    """Whether there may be such a group in a document."""
    return any(of_all(may_be_fixed, body).values())


def is_fixed(holder: Node, styles: Styles, at: str = "") -> bool:
    """Whether an element is such a group at a breakpoint, by default at any; also if only a condition makes it one."""
    element, props = elements.get(holder["type"]), holder["props"]
    if element is None or "direction" not in element.defaults or not may_be_fixed(holder):
        return False
    if any(condition["set"].get("direction") == FIXED for condition in props.get("conditions") or ()):
        return True
    widths = (at,) if at else BREAKPOINTS
    return any(origin(element, props, "direction", styles, each).value == FIXED for each in widths)


def can_be_placed(holder: Node) -> bool:
    """Whether an element can stand at a place of its own: not what stands over the page, such as a popup."""
    element = elements.get(holder["type"])
    return element is not None and set(PLACED) <= element.defaults.keys()


def point_of(holder: Node, at: str = BASE) -> Point:
    """Where an element stands in such a group at a breakpoint, ignoring conditions."""
    element = elements[holder["type"]]
    return Point(*(origin(element, holder["props"], prop, {}, at).value or 0 for prop in PLACED))
