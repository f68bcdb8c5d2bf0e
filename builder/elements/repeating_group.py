"""A repeating group: one cell for each item of a list."""

from builder.elements import Element, elements, props


@elements.register
class RepeatingGroup(Element):
    """One cell for each item of a list. What is in it is drawn once and repeated; each cell shows its own item."""

    name = "repeating_group"
    label = "Repeating group"
    icon = "repeat"
    group = "Containers"
    slots = ("children",)
    repeats = True
    live = {"source": "cells", "empty": "text"}
    look = ("direction", "gap", "chat")
    steady = ("chat",)
    modules = ("live/elements/chat_cells",)
    example = {"content_type": "text", "direction": "column", "gap": "md", "chat": True, "empty": "No messages yet."}

    class Props(props.Props):
        content_type = props.type_name("Type of content", "Of each item.")
        source = props.data("Data source", "The list: a search, a result, a state.", type="list")
        direction = props.steps("Direction", (("column", "Column"), ("row", "Row")), "column")
        gap = props.steps("Gap", props.GAPS, "md")
        chat = props.switch("Chat order", "The newest is the last, and stays in view.")
        empty = props.text("When the list is empty")
