"""Checkboxes: any of a few options, all visible."""

from builder.elements import elements, props
from builder.elements.choosing import ChoosingSeveral


@elements.register
class Checkboxes(ChoosingSeveral):
    """Any of a few options, all visible. Its value is the list of those ticked."""

    name = "checkboxes"
    label = "Checkboxes"
    icon = "check"
    modules = (*ChoosingSeveral.modules, "live/elements/ticks")
    look = ("direction",)
    example = {"label": "Care", "choices": "Water\nFeed\nRepot", "initial": "Water\nFeed", "direction": "row"}

    class Props(ChoosingSeveral.Props):
        direction = props.steps("Direction", (("column", "Column"), ("row", "Row")), "column")
