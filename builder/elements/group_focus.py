"""Group focus: opens next to an element, such as a menu, and closes with a press anywhere else."""

from builder.elements import elements, props
from builder.elements.group import CORNERS
from builder.elements.opening import Opening
from builder.placed import ElementField


@elements.register
class GroupFocus(Opening):
    """Opens next to an element, such as a menu or a hint. A press elsewhere, Esc or leaving it with Tab closes it."""

    name = "group_focus"
    label = "Group focus"
    icon = "anchored"
    modules = ("live/elements/group_focus",)
    live = {"label": "attr:aria-label"}
    look = ("gap", "padding", "width", "rounded")
    example = {"label": "More about the plant", "visible": False, "padding": "sm"}

    class Props(props.Sides, Opening.Props):
        label = props.text("Name", "Read aloud when it opens.", "Menu")
        anchor = ElementField(label="Beside", initial="", empty="The element before it")
        width = props.steps("Width", props.WIDTHS, "fit")
        gap = props.steps("Gap", props.GAPS, "sm")
        padding = props.steps("Padding", props.GAPS, "sm")
        rounded = props.steps("Corners", CORNERS, "md")
        shadow = props.shadow("lg")
