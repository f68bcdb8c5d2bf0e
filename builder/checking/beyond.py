"""Elements of fixed groups that stand beyond the edge of a phone's screen: visitors come to them only by scrolling
sideways. This is only a hint, since nobody has to come by phone (S43)."""

from collections.abc import Iterator

from builder.document import Body, Problem, Where, address, children
from builder.elements import elements
from builder.expressions.catalog import Catalog
from builder.styling.breakpoints import BREAKPOINTS
from builder.styling.fixed import can_be_placed, is_fixed, may_have_fixed, point_of
from builder.styling.looks import Styles, origin, styles_of

PHONE = BREAKPOINTS["phone"]
# The width between the usual distances from the edges of a phone, in pixels.
MOST = PHONE.canvas - 2 * 16


def problems(body: Body, catalog: Catalog) -> Iterator[Problem]:
    """One for each group of a page in which elements stand there, at the first of these."""
    if may_have_fixed(body):
        yield from _beyond(body, body["root"], styles_of(catalog), 0)


def _beyond(body: Body, key: str, styles: Styles, left: int) -> Iterator[Problem]:
    """Those in an element; `left` is how far that is from the left edge, as far as that is known."""
    around, beyond = body["nodes"][key], list[str]()
    places = is_fixed(around, styles, PHONE.name)
    for child in children(body, key):
        holder = body["nodes"][child]
        if holder["type"] not in elements or _is_hidden(body, child, styles):
            continue
        x = left + (point_of(holder, PHONE.name).x if places and can_be_placed(holder) else 0)
        if x < MOST:
            yield from _beyond(body, child, styles, x)
        else:
            beyond.append(child)
    if beyond:
        found = f"It {_and_others(len(beyond) - 1)} outside of a phone's screen, too far to the right."
        sentence = f"{found} Choose a smaller X at {PHONE.label}, or another direction of {around['name']} there."
        yield Problem(Where(address(body), beyond[0], f"at.{PHONE.name}.x"), sentence, "hint")


def _and_others(many: int) -> str:
    return "stands" if not many else f"and {'one more' if many == 1 else f'{many} more'} in its group stand"


def _is_hidden(body: Body, key: str, styles: Styles) -> bool:
    """Whether an element is left out on phones."""
    holder = body["nodes"][key]
    element = elements[holder["type"]]
    return "hide" in element.defaults and bool(origin(element, holder["props"], "hide", styles, PHONE.name).value)
