"""The element tree of a page as rows, with the marks that say what is behind each element."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from builder.bindings import bound
from builder.document import Body, Node
from builder.drawing.pieces import hole
from builder.elements import Element, elements
from builder.expressions.catalog import Catalog, Place
from builder.expressions.chips import chip
from builder.expressions.shape import expressions, is_dynamic
from builder.gestures.begins import workflows_of
from builder.standing import of_all, of_node

# What a handle on the canvas changes, where an element has it: px at most.
RESIZED = ("max_width", "min_height")
# Of what stands in an element, as much as its row is found by.
FOUND_BY = 80


@dataclass(frozen=True)
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

    @cached_property
    def html(self) -> str:
        return render_to_string("design/row.html", {"row": self}).strip()


def tree_pieces(rows: list[Row]) -> dict[str, str]:
    """The tree in pieces by the ids of elements; the first, "", has all rows in it (`builder.drawing.pieces`)."""
    holes = mark_safe("".join(hole("data-node", row.key) for row in rows))
    tree = render_to_string("design/tree.html", {"page": rows[0].name, "rows": holes})
    return {"": tree.strip(), **{row.key: row.html for row in rows}}


def rows(body: Body, catalog: Catalog, issues: Collection[str] = ()) -> list[Row]:
    """The page and all its elements in reading order. `issues`: those in which something is left undone."""
    listened = {element for _, element in workflows_of(catalog, body["root"]) if element}
    nodes, moves, found = body["nodes"], of_all(_may_move, body), []
    waiting = [(body["root"], "", 1, (1, 1))]
    while waiting:
        key, parent, level, spot = waiting.pop()
        holder, stream = nodes[key], ""
        if moves[key]:
            place = Place(catalog, page=body["root"], element=key)
            stream = stream_of(elements[holder["type"]], holder["props"], place)
        found.append(_row(holder, key, parent, level, spot, key in listened, stream, key in issues))
        inside = holder["slots"].get("children", ())
        below = [(child, key, level + 1, (number, len(inside))) for number, child in enumerate(inside, 1)]
        waiting += reversed(below)
    return found


@of_node
def _may_move(holder: Node) -> bool:
    """Whether any value of an element is dynamic data."""
    return any(isinstance(each, dict) for each in holder["props"].values())


@of_node
def _row(
    holder: Node,
    key: str,
    parent: str,
    level: int,
    spot: tuple[int, int],
    workflow: bool,
    stream: str,
    issue: bool,
) -> Row:
    element, props = elements[holder["type"]], holder["props"]
    visible = props.get("visible", True)
    return Row(
        key,
        parent,
        holder["name"] or element.label,
        element.name,
        element.icon,
        level,
        *spot,
        holds="children" in element.slots,
        inside=len(holder["slots"].get("children", ())),
        condition=is_dynamic(visible),
        hidden=visible is False,
        workflow=workflow,
        stream=stream,
        issue=issue,
        words=_words(props),
        sizes=" ".join(prop for prop in RESIZED if prop in element.Props.base_fields and parent),
    )


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
