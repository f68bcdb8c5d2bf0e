"""Tabs: groups of which one is visible, chosen by its name."""

from typing import Any

from builder.document import Body, children
from builder.elements import Element, elements, props


@elements.register
class Tabs(Element):
    """Groups of which one is visible. Each has a tab with the group's name, or a label of its own; arrow keys move from
    tab to tab. Its value is the name of the visible one."""

    name = "tabs"
    label = "Tabs"
    icon = "tabs"
    group = "Containers"
    slots = ("children",)
    apart = True
    sheet = "containers"
    events = ("changed",)
    gives = "text"
    modules = ("live/elements/tabs",)
    live = {"label": "attr:aria-label", "initial": "value"}
    look = ("gap", "padding")
    born_with = (("group", "Tab 1"), ("group", "Tab 2"))
    example = {"label": "About the plant", "gap": "md"}

    class Props(props.Sides, props.Props):
        label = props.text("Name", "Says what the tabs are for. Read aloud.", "Tabs")
        initial = props.text("Open at first", "The name of a group. Empty: the first.")
        gap = props.steps("Gap", props.GAPS, "md", "Between the tabs and what is in view.")
        padding = props.steps("Padding", props.GAPS, "none", "Around what is in view.")

    def begins_with(self, body: Body, key: str) -> Any:
        names = [body["nodes"][child]["name"] for child in children(body, key)]
        return super().begins_with(body, key) or next(iter(names), None)
