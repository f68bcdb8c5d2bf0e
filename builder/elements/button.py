"""A button: what a visitor clicks to start a workflow."""

from typing import Any

from builder.elements import Element, elements, props
from builder.elements.symbols import ICONS, NONE


@elements.register
class Button(Element):
    """What a visitor clicks to start a workflow."""

    name = "button"
    label = "Button"
    icon = "button"
    group = "Basics"
    events = ("clicked",)
    live = {"label": "text", "disabled": "flag:disabled"}
    look = ("kind", "width", "ground", "ink")
    example = {"label": "Send", "kind": "primary", "icon": "send", "icon_side": "end"}

    class Props(props.Props):
        label = props.text("Label", "A verb, and what it acts on.", "Button")
        kind = props.steps("Kind", (("primary", "Primary"), ("plain", "Plain"), ("quiet", "Quiet")), "plain")
        width = props.steps("Width", (("fit", "Fit to content"), ("fill", "Fill")), "fit")
        shadow = props.shadow()
        ground = props.colour("Background colour", "background", "Instead of that of its kind.")
        ink = props.colour("Text colour", "color", "Instead of that of its kind.")
        icon = props.steps("Icon", (NONE, *ICONS), "none")
        icon_side = props.steps("Icon stands", (("start", "Before the label"), ("end", "After the label")), "start")
        disabled = props.yes_no("Disabled", "It cannot be clicked while this is yes.")

    def context(self, values: dict[str, Any]) -> dict[str, Any]:
        return {
            "before": values["icon_side"] == "start" and values["icon"],
            "after": values["icon_side"] == "end" and values["icon"],
        }
