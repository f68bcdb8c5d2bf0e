"""A progress bar: how much of something is done."""

from typing import Any

from builder.elements import Element, elements, props
from builder.expressions.values import as_number, number_text


@elements.register
class Progress(Element):
    """How much of something is done. While nobody knows, it moves without indicating how far it is."""

    name = "progress"
    label = "Progress bar"
    icon = "progress"
    group = "Feedback"
    live = {"label": "text", "value": "attr:value", "most": "attr:max"}
    sheet = "shows"
    example = {"label": "Reading the manual", "value": 40, "most": 100}

    class Props(props.Props):
        label = props.text("Label", "Says what is going on. Always read aloud.", "Progress")
        show_label = props.switch("Show the label", initial=True)
        value = props.number("Done", "Empty: nobody knows yet, and the bar moves by itself.")
        most = props.number("Of", "Its value when all is done.", 100)

    def context(self, values: dict[str, Any]) -> dict[str, Any]:
        return {prop: self.given(prop, values[prop]) for prop in ("value", "most")}

    def given(self, prop: str, value: Any) -> Any:
        """A number as browsers read it; nothing for anything else."""
        if prop not in ("value", "most"):
            return value
        number = as_number(value)
        return None if number is None or (prop == "most" and number <= 0) else number_text(number)
