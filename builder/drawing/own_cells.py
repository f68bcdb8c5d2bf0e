"""The content of the cells of an element's own list, such as the rows of a table."""

from dataclasses import replace
from typing import Any

from builder.bindings import Bound, bound
from builder.drawing.sampled import sample_html
from builder.elements import Element
from builder.expressions.catalog import Place
from builder.expressions.shape import is_dynamic
from builder.expressions.trace import type_of
from builder.expressions.values import as_text
from builder.sources.content import content_sample

# The number of cells of a list shown on the canvas.
CELLS = 3

Cell = list[dict[str, Any]]


def own_cells(element: Element, values: dict[str, Any], place: Place, editing: bool, most: int = CELLS) -> list[Cell]:
    """For a visitor the single cell that is copied for every item; on the canvas a few cells with samples, at most this
    many.

    Each value of a cell has a `prop` to find it by, its `words`, whether it is a `number`, and the `row` of the
    property that it belongs to, if any.
    """
    own = {prop: element.Props.base_fields[prop] for prop in element.each}
    shown = range(cells_shown(str(place.element), place, most)) if editing else range(1)
    places = [replace(place, cells=(*place.cells, (str(place.element), number))) for number in shown]
    return [[_value(each, values, there, editing) for each in bound(own, values)] for there in places]


def cells_shown(key: str, place: Place, most: int = CELLS) -> int:
    """The number of cells shown on the canvas: as many as the list's sample has, up to the limit; without a sample, a
    few identical ones."""
    found = content_sample(key, place)
    return min(len(found), most) if isinstance(found, list) and found else CELLS


def _value(each: Bound, values: dict[str, Any], place: Place, editing: bool) -> dict[str, Any]:
    prop, _, rest = each.prop.partition(".")
    words = "" if is_dynamic(each.value) else as_text(each.value)
    if is_dynamic(each.value) and editing:
        words = sample_html(each.value, place)
    number = each.type == "number" or type_of(each.value, place) == "number"
    row = values[prop][int(rest.partition(".")[0])] if rest else {}
    return {"prop": each.prop, "words": words, "number": number, "row": row}
