"""A reusable element: designed once, with properties of its own, and placed on pages as its instances."""

from collections.abc import Iterator
from typing import Any

from builder.elements import elements, props
from builder.elements.group import Group
from builder.expressions.catalog import Place
from builder.outwards import ToldEvent, ToldValue
from builder.types import known


@elements.register
class Reusable(Group):
    """What all instances of a reusable element share: its layout, its states and its properties."""

    name = "reusable"
    label = "Reusable element"
    icon = "layers"
    group = ""
    slots = ("children", "properties", "states")
    wears = "sw-group"
    live = {}
    look = (
        *("direction", "columns", "gap", "align", "justify", "wrap", "padding", "background", "border", "rounded"),
        *("own_gap", "own_padding", "ground", "ink"),
    )
    example = {"direction": "row", "gap": "md", "padding": "sm", "border": "line", "rounded": "lg"}

    class Props(Group.Props):
        # Each instance decides for itself whether it is visible, where it stands and how wide it is.
        visible = keep_space = x = y = min_width = max_width = min_height = hide = None
        width = grow = stick = content_type = source = None
        tells = props.rows("Tells values", ToldValue, "What the page can read of each instance.", most=30)
        happens = props.rows("Tells events", ToldEvent, "What a step “Tell the page” can tell.", most=30)

    def ends(self, values: dict[str, Any], place: Place) -> Iterator[tuple[str, str]]:
        for row in values["happens"]:
            if "type" in row and not known(row["type"], place.catalog):
                yield "happens", f"What is told with “{row['name']}” is of a type that was removed. Choose another one."
