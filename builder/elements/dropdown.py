"""A dropdown: one of several options, chosen from a list that opens."""

from builder.elements import elements, props
from builder.elements.choosing import Choosing


@elements.register
class Dropdown(Choosing):
    """One of several options, chosen from a list that opens: lines written by the author, or the items of a list."""

    name = "dropdown"
    label = "Dropdown"
    icon = "dropdown"
    live = Choosing.live | {"placeholder": "text"}
    example = {"label": "Light", "choices": "Shade\nHalf shade\nSun", "initial": "Sun", "hint": "Where it stands"}

    class Props(Choosing.Props):
        placeholder = props.text("Placeholder", "Shown while nothing is chosen.", "Choose…")
        shadow = props.shadow()
