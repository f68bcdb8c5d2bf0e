"""A checkbox: yes or no."""

from builder.elements import elements, props
from builder.elements.ticking import Ticking


@elements.register
class Checkbox(Ticking):
    """Yes or no. Its value is yes while it is ticked."""

    name = "checkbox"
    label = "Checkbox"
    icon = "checkbox"
    example = {"label": "I have watered it", "initial": True, "hint": "Today or yesterday"}

    class Props(Ticking.Props):
        label = props.text("Label", "What is true when it is on.", "Checkbox")
        initial = props.yes_no("Ticked at first", "Before anyone has touched it.")
        required = props.switch("Required", "Nothing is sent until it is ticked.")
