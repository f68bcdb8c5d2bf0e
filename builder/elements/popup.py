"""A popup: shown over the page until it is closed."""

from builder.elements import elements, props
from builder.elements.group import CORNERS
from builder.elements.opening import Opening


@elements.register
class Popup(Opening):
    """Shown over the page, keeping pointer and keyboard inside until it is closed. Show, Hide and Toggle apply to it;
    afterwards the focus returns to where it was."""

    name = "popup"
    label = "Popup"
    icon = "popup"
    modules = ("live/elements/popup",)
    live = {"title": "text"}
    look = ("width", "gap", "padding", "rounded")
    example = {"title": "New plant", "width": "narrow", "gap": "md", "visible": False}

    class Props(props.Sides, Opening.Props):
        # Its width is set below.
        min_width = max_width = min_height = None
        title = props.text("Title", "Read aloud when it opens.", "Popup")
        show_title = props.switch("Show the title", initial=True)
        closable = props.switch(
            "Can be closed by hand", "With a cross, with Esc and with a click beside it.", initial=True
        )
        width = props.steps("Width", props.WIDTHS, "narrow")
        gap = props.steps("Gap", props.GAPS, "md")
        padding = props.steps("Padding", props.GAPS, "lg")
        rounded = props.steps("Corners", CORNERS, "lg")
        shadow = props.shadow("lg")
