"""The element tree of a page as rows, with the marks that say what is behind each element."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from builder.bindings import bound
from builder.document import Body, children
from builder.elements import Element, elements
from builder.expressions.catalog import Catalog, Place
from builder.expressions.chips import chip
from builder.expressions.shape import expressions, is_dynamic
from builder.gestures.begins import workflows_of
from builder.gestures.spots import name_of
from builder.remembered import remembered

# What a handle on the canvas changes, where an element has it: px at most.
RESIZED = ("max_width", "min_height")
# Of what stands in an element, as much as its row is found by.
FOUND_BY = 80


@dataclass(frozen=True, slots=True)
class Row:
    """One element in the tree. `level`, `place` and `siblings` count from 1, as assistive technology does.

    `condition`: dynamic data decides whether it is visible. `hidden`: it never is. `workflow`: one begins with it.
    `stream`: the source of a text in it that moves, "" without one. `issue`: something in it is left undone. `words`:
    what is written in it; `sizes`: the properties that handles change.
    """

    key: str
    parent: str
    name: str
    type: str
    icon: str
    level: int
    place: int
    siblings: int
    holds: bool
    inside: int
    condition: bool
    hidden: bool
    workflow: bool
    stream: str
    issue: bool
    words: str
    sizes: str

    @property
    def depth(self) -> int:
        return self.level - 1

    @property
    def html(self) -> SafeString:
        return mark_safe(_drawn(self))


@remembered(lambda row: len(row.name))
def _drawn(row: Row) -> str:
    """A row; of hundreds a gesture changes few."""
    return render_to_string("design/row.html", {"row": row}).strip()


def rows(body: Body, catalog: Catalog, issues: Collection[str] = ()) -> list[Row]:
    """The page and all its elements in reading order. `issues`: those in which something is left undone."""
    listened = {element for _, element in workflows_of(catalog, body["root"]) if element}
    return list(_rows(body, catalog, listened, issues, body["root"], "", 1, (1, 1)))


def _rows(
    body: Body,
    catalog: Catalog,
    listened: set[str],
    issues: Collection[str],
    key: str,
    parent: str,
    level: int,
    spot: tuple[int, int],
) -> Iterator[Row]:
    holder, inside = body["nodes"][key], children(body, key)
    element = elements[holder["type"]]
    visible, moves = (
        holder["props"].get("visible", True),
        any(isinstance(each, dict) for each in holder["props"].values()),
    )
    yield Row(
        key,
        parent,
        name_of(body, key),
        element.name,
        element.icon,
        level,
        *spot,
        "children" in element.slots,
        len(inside),
        is_dynamic(visible),
        visible is False,
        key in listened,
        stream_of(element, holder["props"], Place(catalog, page=body["root"], element=key)) if moves else "",
        key in issues,
        _words(holder["props"]),
        " ".join(prop for prop in RESIZED if prop in element.Props.base_fields and parent),
    )
    for number, child in enumerate(inside, 1):
        yield from _rows(body, catalog, listened, issues, child, key, level + 1, (number, len(inside)))


def _words(props: dict) -> str:
    written = (props.get(prop) for prop in ("text", "label", "placeholder", "alt"))
    return " ".join(each for each in written if isinstance(each, str))[:FOUND_BY]


def stream_of(element: Element, props: dict, place: Place) -> str:
    """The source of the first value shown in an element that moves by itself."""
    for value in bound(element.Props.base_fields, props):
        if element.live.get(value.prop, "").partition(":")[0] not in ("text", "value", "attr"):
            continue
        for expression in expressions(value.value):
            found = chip(expression, place)
            if found.live:
                return found.source
    return ""
