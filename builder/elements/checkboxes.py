"""Checkboxes: some of a few, all of them in view."""

from builder.elements import elements, props
from builder.elements.choosing import ChoosingSeveral


@elements.register
class Checkboxes(ChoosingSeveral):
    """Some of a few, all of them in view. Its value is the list of what is ticked."""

    name = "checkboxes"
    label = "Checkboxes"
    icon = "check"
    modules = (*ChoosingSeveral.modules, "live/elements/ticks")
    look = ("direction",)
    example = {"label": "Care", "choices": "Water\nFeed\nRepot", "initial": "Water\nFeed", "direction": "row"}

    class Props(ChoosingSeveral.Props):
        direction = props.steps("Direction", (("column", "Column"), ("row", "Row")), "column")
