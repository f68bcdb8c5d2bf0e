"""A reusable element itself: drawn once, with properties of its own, and placed on pages as its instances."""

from builder.elements import elements, props
from builder.elements.group import Group
from builder.outwards import ToldEvent, ToldValue


@elements.register
class Reusable(Group):
    """What all instances of a reusable element are: how its elements stand, and what it keeps and is given."""

    name = "reusable"
    label = "Reusable element"
    icon = "layers"
    group = ""
    slots = ("children", "properties", "states")
    wears = "sw-group"
    live = {}
    look = (
        *("direction", "columns", "gap", "align", "justify", "wrap", "padding", "background", "border", "rounded"),
        *("own_gap", "own_padding", "ground", "ink"),
    )
    example = {"direction": "row", "gap": "md", "padding": "sm", "border": "line", "rounded": "lg"}

    class Props(Group.Props):
        # Each instance says for itself whether it is seen and how wide it is; it shows what it is given.
        visible = keep_space = min_width = max_width = min_height = hide = None
        width = grow = stick = content_type = source = None
        tells = props.rows("Tells values", ToldValue, "What the page can read of each instance.", most=30)
        happens = props.rows("Tells events", ToldEvent, "What a step “Tell the page” can tell.", most=30)
