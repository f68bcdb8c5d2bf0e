"""An input: a single line typed by a visitor."""

from datetime import date
from typing import Any

from builder.elements import Element, elements, props
from builder.elements.date_time import as_day
from builder.expressions.catalog import Place
from builder.expressions.values import as_number

# What can be typed, and the type of its value.
TYPES = {"text": "text", "number": "number", "email": "text", "password": "text", "date": "date"}


@elements.register
class Input(Element):
    """A single line typed by a visitor."""

    name = "input"
    label = "Input"
    icon = "input"
    group = "Inputs"
    sheet = "inputs"
    events = ("changed", "submitted")
    gives = "text"
    modules = ("live/elements/field",)
    live = {
        "label": "text",
        "placeholder": "attr:placeholder",
        "initial": "value",
        "least": "attr:min",
        "most": "attr:max",
        "step": "attr:step",
        "hint": "text",
        "error": "attr:data-words",
        "disabled": "flag:disabled",
    }
    only_with = {
        "least": ("content", ("number", "date")),
        "most": ("content", ("number", "date")),
        "step": ("content", ("number",)),
    }
    example = {"label": "Your question", "placeholder": "Ask about a plant", "content": "text", "required": True}

    class Props(props.Props):
        label = props.text("Label", "Says what to type. Always read aloud.", "Input")
        show_label = props.switch("Show the label", initial=True)
        placeholder = props.text("Placeholder", "Shown while it is empty.")
        content = props.steps(
            "Content",
            (
                ("text", "Text"),
                ("number", "Number"),
                ("email", "E-mail address"),
                ("password", "Password"),
                ("date", "Date"),
            ),
            "text",
        )
        shadow = props.shadow()
        initial = props.text("Initial value", "What stands in it before anyone types.")
        least = props.text("Min", "Of a number or a date.")
        most = props.text("Max", "Of a number or a date.")
        step = props.text("Step", "Of a number: 1, 0.01. Empty: any.")
        required = props.switch("Required", "Nothing is sent while it is empty.")
        hint = props.text("Hint", "A line below it.")
        error = props.text("When it is wrong", "Shown below it. Empty: the browser's words.")
        disabled = props.yes_no("Disabled", "Nothing can be typed while this is yes.")
        clear_on_reset = props.switch("Clear on Reset", "Off: Reset brings the initial value back.", initial=True)

    def context(self, values: dict[str, Any]) -> dict[str, Any]:
        return {"bounded": values["content"] in ("number", "date"), "step": values["step"] or "any"}

    def is_hidden(self, properties: dict[str, Any]) -> bool:
        return self._content(properties) == "password"

    def type_here(self, key: str, place: Place) -> str | None:
        node = place.catalog.node(key)
        return TYPES[self._content(node["props"])] if node else None

    def read(self, said: Any, properties: dict[str, Any]) -> Any:
        content = self._content(properties)
        if content == "number":
            return as_number(said)
        return as_day(said) if content == "date" else super().read(said, properties)

    def told(self, value: Any, properties: dict[str, Any]) -> Any:
        if isinstance(value, date) and self._content(properties) == "date":
            return value.isoformat()[:10]
        return super().told(value, properties)

    def _content(self, properties: dict[str, Any]) -> str:
        return str(self.values(properties)["content"])
