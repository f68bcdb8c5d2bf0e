"""A repeating group: one cell per item of a list."""

from typing import Any

from builder.elements import Element, elements, props
from builder.elements.group import COLUMNS, DIRECTIONS, needs_grid


@elements.register
class RepeatingGroup(Element):
    """One cell per item of a list. Its content is designed once and repeated; each cell shows its own item."""

    name = "repeating_group"
    label = "Repeating group"
    icon = "repeat"
    group = "Containers"
    slots = ("children",)
    repeats = True
    live = {"source": "cells", "empty": "text"}
    only_with = {"columns": ("direction", ("grid",))}
    look = ("direction", "columns", "gap", "chat")
    steady = ("chat",)
    modules = ("live/elements/chat_cells",)
    example = {"content_type": "text", "direction": "column", "gap": "md", "chat": True, "empty": "No messages yet."}

    class Props(props.Props):
        content_type = props.type_name("Type of content", "Of each item.")
        source = props.data("Data source", "The list: a search, a result, a state.", type="list")
        direction = props.steps("Direction", DIRECTIONS, "column")
        columns = props.steps("Columns", COLUMNS, 2)
        gap = props.steps("Gap", props.GAPS, "md")
        chat = props.switch("Chat order", "The newest is the last, and stays in view.")
        empty = props.text("When the list is empty")

    def sheet_of(self, properties: dict[str, Any]) -> str:
        return "containers" if needs_grid(properties) else ""
