"""The element tree of a page as rows, with marks for what is behind each element."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from builder.bindings import bound
from builder.document import Body, Node
from builder.document_cache import for_all_nodes, per_node
from builder.drawing.pieces import hole
from builder.element_words import all_words
from builder.elements import Element, elements
from builder.expressions.catalog import Catalog, Place
from builder.expressions.chips import chip
from builder.expressions.shape import expressions, is_dynamic
from builder.gestures.begins import workflows_of

# The properties changed by the handles on the canvas, if an element has them: px at most.
RESIZED = ("max_width", "min_height")
# The number of characters of an element's text by which its row can be found.
FOUND_BY = 80


@dataclass(frozen=True)
class Row:
    """One element in the tree. `level`, `place` and `siblings` count from 1, as assistive technology does.

    `condition`: dynamic data decides whether it is visible. `hidden`: it never is. `workflow`: one starts from it.
    `stream`: the source of a text in it that changes live, "" if there is none. `issue`: something in it is left
    undone. `words`: its text, also in `said` next to a name that nobody has chosen; `sizes`: the properties changed by
    handles.
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
    said: str
    sizes: str

    @property
    def depth(self) -> int:
        return self.level - 1

    @cached_property
    def html(self) -> str:
        # Template lookups are faster in a dict than on an object.
        return render_to_string("design/row.html", {"row": vars(self) | {"depth": self.depth}}).strip()


def tree_pieces(rows: list[Row]) -> dict[str, str]:
    """The tree in pieces by the ids of elements; the first, "", contains all rows (`builder.drawing.pieces`)."""
    holes = mark_safe("".join(hole("data-node", row.key) for row in rows))
    tree = render_to_string("design/tree.html", {"page": rows[0].name, "rows": holes})
    return {"": tree.strip(), **{row.key: row.html for row in rows}}


def rows(body: Body, catalog: Catalog, issues: Collection[str] = ()) -> list[Row]:
    """The page and all its elements in reading order. `issues`: the elements in which something is left undone."""
    listened = {element for _, element in workflows_of(catalog, body["root"]) if element}
    nodes, moves, found = body["nodes"], for_all_nodes(_may_move, body), []
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


@per_node
def _may_move(holder: Node) -> bool:
    """Whether any value of an element may be dynamic data."""
    return any(isinstance(each, dict) for each in holder["props"].values())


@per_node
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
    name, words = holder["name"] or element.label, all_words(props)[:FOUND_BY]
    return Row(
        key,
        parent,
        name,
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
        words=words,
        said=words if re.fullmatch(rf"{re.escape(element.label)}( \d+)?", name) else "",
        sizes=" ".join(prop for prop in RESIZED if prop in element.Props.base_fields and parent),
    )


def stream_of(element: Element, props: dict, place: Place) -> str:
    """The source of the first value shown in an element that changes live."""
    for value in bound(element.Props.base_fields, props):
        if element.live.get(value.prop, "").partition(":")[0] not in ("text", "value", "attr"):
            continue
        for expression in expressions(value.value):
            found = chip(expression, place)
            if found.live:
                return found.source
    return ""
