"""A group: a box that lays out its content, and may show one thing's data."""

from typing import Any

from builder.elements import Element, elements, props

DIRECTIONS: tuple[props.Choice, ...] = (("column", "Column"), ("row", "Row"), ("grid", "Grid"))
FLOWING = tuple(str(direction) for direction, _ in DIRECTIONS)
COLUMNS: tuple[props.Choice, ...] = tuple((number, str(number)) for number in (1, 2, 3, 4, 5, 6, 8, 12))
BORDERS: tuple[props.Choice, ...] = (("none", "None"), ("line", "Line around"), ("below", "Line below"))
CORNERS: tuple[props.Choice, ...] = (("none", "Square"), ("sm", "6"), ("md", "10"), ("lg", "16"))


def needs_grid(properties: dict[str, Any]) -> bool:
    """Whether these properties may turn it into a grid, or its elements into fixed ones, including at a breakpoint, by
    a condition or by a named style."""
    return properties.get("direction") in ("grid", "fixed") or not properties.keys().isdisjoint(
        ("at", "uses", "conditions")
    )


@elements.register
class Group(Element):
    """A row, a column or a grid of elements, or each one at its own place. With a type of content, its elements can
    show the data displayed there."""

    name = "group"
    label = "Group"
    icon = "group"
    group = "Containers"
    slots = ("children",)
    live = {"tab": "attr:data-tab"}
    only_in = {"tab": "tabs"}
    only_with = {
        "columns": ("direction", ("grid",)),
        **{prop: ("direction", FLOWING) for prop in ("gap", "align", "justify", "wrap", "own_gap")},
    }
    look = (
        *("direction", "columns", "gap", "align", "justify", "wrap", "padding", "width", "grow"),
        *("background", "border", "rounded", "stick", "own_gap", "own_padding", "ground", "ink"),
    )
    example = {"direction": "row", "gap": "md", "align": "end", "padding": "sm", "border": "line", "rounded": "lg"}

    class Props(props.Sides, props.Props):
        tab = props.text("Words on its tab", "Empty: its name.")
        direction = props.steps("Direction", (*DIRECTIONS, ("fixed", "Fixed")), "column")
        columns = props.steps("Columns", COLUMNS, 2)
        gap = props.steps("Gap", props.GAPS, "md")
        align = props.steps("Align", (*props.ALIGNS, ("stretch", "Stretch")), "stretch", "Across its direction.")
        justify = props.steps("Spread", (*props.ALIGNS, ("between", "Space between")), "start", "Along its direction.")
        wrap = props.switch("Wrap", "What does not fit goes to the next line.")
        padding = props.steps("Padding", props.GAPS, "none")
        width = props.steps("Width", props.WIDTHS, "fill")
        grow = props.switch("Fill the space left over", "Takes what its neighbours leave.")
        background = props.background()
        border = props.steps("Border", BORDERS, "none")
        rounded = props.steps("Corners", CORNERS, "none")
        shadow = props.shadow()
        stick = props.steps(
            "Stays in view",
            (("no", "No"), ("top", "At the top"), ("bottom", "At the bottom")),
            "no",
            "While the page scrolls.",
        )
        own_gap = props.pixels("Gap in px", "--gap", "Instead of the gap above.")
        own_padding = props.pixels("Padding in px", "--padding", "Instead of the padding above.")
        ground = props.colour("Background colour", "background", "Instead of the background above.")
        ink = props.colour("Text colour", "color")
        content_type = props.type_name("Type of content", "Of the data displayed in it.")
        source = props.data("Data", "The thing or result displayed in it.", type="any")

    def sheet_of(self, properties: dict[str, Any]) -> str:
        return "containers" if needs_grid(properties) else ""
