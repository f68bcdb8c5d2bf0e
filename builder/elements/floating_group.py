"""A floating group: stays at an edge or in a corner of the screen while the page scrolls."""

from builder.elements import Element, elements, props
from builder.elements.group import BORDERS, CORNERS

PLACES: tuple[props.Choice, ...] = (
    ("top", "Top"),
    ("top-start", "Top left"),
    ("top-end", "Top right"),
    ("bottom", "Bottom"),
    ("bottom-start", "Bottom left"),
    ("bottom-end", "Bottom right"),
    ("start", "Left edge"),
    ("end", "Right edge"),
)


@elements.register
class FloatingGroup(Element):
    """Stays at an edge or in a corner of the screen while the page scrolls, clear of a phone's rounded corners."""

    name = "floating_group"
    label = "Floating group"
    icon = "float"
    group = "Containers"
    slots = ("children",)
    sheet = "containers"
    look = ("place", "direction", "gap", "align", "padding", "width", "background", "border", "rounded")
    example = {"place": "bottom-end", "direction": "row", "padding": "sm", "border": "line"}

    class Props(props.Sides, props.Props):
        keep_space = x = y = None  # It stands over the page.
        place = props.steps("Stands", PLACES, "bottom-end")
        direction = props.steps("Direction", (("column", "Column"), ("row", "Row")), "column")
        gap = props.steps("Gap", props.GAPS, "sm")
        align = props.steps("Align", (*props.ALIGNS, ("stretch", "Stretch")), "stretch", "Across its direction.")
        padding = props.steps("Padding", props.GAPS, "sm")
        width = props.steps("Width", props.WIDTHS, "fit")
        background = props.background("raised")
        border = props.steps("Border", BORDERS, "line")
        rounded = props.steps("Corners", CORNERS, "md")
        shadow = props.shadow("lg")
