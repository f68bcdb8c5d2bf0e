"""A slider: a number between two others."""

from typing import Any

from builder.elements import Element, elements, props
from builder.expressions.values import number_text


@elements.register
class Slider(Element):
    """A number between two others, set with the pointer or the arrow keys, and shown next to it."""

    name = "slider"
    label = "Slider"
    icon = "sliders"
    group = "Inputs"
    sheet = "inputs"
    events = ("changed",)
    gives = "number"
    modules = ("live/elements/field", "live/elements/slider")
    live = {
        "label": "text",
        "initial": "value",
        "least": "attr:min",
        "most": "attr:max",
        "step": "attr:step",
        "unit": "attr:data-unit",
        "hint": "text",
        "disabled": "flag:disabled",
    }
    example = {"label": "Water", "initial": 200, "most": 500, "step": 50, "unit": "ml", "hint": "Each time"}

    class Props(props.Props):
        label = props.text("Label", "Says what to set. Always read aloud.", "Slider")
        show_label = props.switch("Show the label", initial=True)
        initial = props.number("Initial value", "Where it stands at first.", 50)
        least = props.number("Min", "At its beginning.", 0)
        most = props.number("Max", "At its end.", 100)
        step = props.number("Step", "From one value to the next.", 1)
        unit = props.text("Unit", "Behind the number, such as ml.")
        hint = props.text("Hint", "A line below it.")
        disabled = props.yes_no("Disabled", "It cannot be moved while this is yes.")

    def context(self, values: dict[str, Any]) -> dict[str, Any]:
        numbers = ("initial", "least", "most", "step")
        return {name: number_text(value) if isinstance(value := values[name], int | float) else "" for name in numbers}
