"""Radio buttons: one of a few options, all visible."""

from builder.elements import elements, props
from builder.elements.choosing import Choosing


@elements.register
class RadioButtons(Choosing):
    """One of a few options, all visible. Arrow keys move from one to the next."""

    name = "radio_buttons"
    label = "Radio buttons"
    icon = "radio"
    modules = (*Choosing.modules, "live/elements/radios")
    look = ("direction",)
    example = {"label": "Size", "choices": "Small\nMedium\nLarge", "initial": "Medium", "direction": "row"}

    class Props(Choosing.Props):
        direction = props.steps("Direction", (("column", "Column"), ("row", "Row")), "column")
