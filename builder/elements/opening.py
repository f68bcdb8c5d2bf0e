"""What a popup and a group focus have in common: they open over the page, and close again."""

from builder.elements import Element, props


class Opening(Element):
    """Holds elements that are shown over the page while it is open. Show, Hide and Toggle apply to it, and visitors can
    close it."""

    group = "Containers"
    slots = ("children",)
    sheet = "containers"
    events = ("closed",)
    closes = True

    class Props(props.Props):
        keep_space = x = y = None  # It stands over the page.
        visible = props.yes_no("Shown at first", "Usually an action shows it.")
