"""A divider: a line between two parts of a page."""

from typing import Any

from builder.elements import Element, elements, props


@elements.register
class Divider(Element):
    """A line between two parts of a page, or between neighbours in a row."""

    name = "divider"
    label = "Divider"
    icon = "divider"
    group = "Basics"
    look = ("direction", "space")
    sheet = "shows"
    example = {"direction": "row", "space": "lg"}

    class Props(props.Props):
        direction = props.steps("Direction", (("row", "Across"), ("column", "Upright")), "row", "Upright in a row.")
        space = props.steps("Space around", props.GAPS, "none", "On top of the gap of what it stands in.")

    def context(self, values: dict[str, Any]) -> dict[str, Any]:
        return {"upright": values["direction"] == "column"}
