"""An input: one line that a visitor types."""

from typing import Any

from builder.elements import Element, elements, props


@elements.register
class Input(Element):
    """One line that a visitor types."""

    name = "input"
    label = "Input"
    icon = "input"
    group = "Inputs"
    events = ("changed", "submitted")
    gives = "text"
    live = {
        "label": "text",
        "placeholder": "attr:placeholder",
        "initial": "value",
        "disabled": "flag:disabled",
    }
    example = {"label": "Your question", "placeholder": "Ask about a plant", "content": "text"}

    def is_hidden(self, properties: dict[str, Any]) -> bool:
        return self.values(properties).get("content") == "password"

    class Props(props.Props):
        label = props.text("Label", "Says what to type. Always read aloud.", "Input")
        show_label = props.switch("Show the label", initial=True)
        placeholder = props.text("Placeholder", "Shown while it is empty.")
        content = props.steps(
            "Content",
            (("text", "Text"), ("number", "Number"), ("email", "E-mail address"), ("password", "Password")),
            "text",
        )
        initial = props.text("Initial value", "What stands in it before anyone types.")
        disabled = props.yes_no("Disabled", "Nothing can be typed while this is yes.")
        clear_on_reset = props.switch("Clear on Reset", "Off: Reset brings the initial value back.", initial=True)
