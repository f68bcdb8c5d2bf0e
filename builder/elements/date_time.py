"""Date and time: a moment chosen by a visitor."""

from datetime import date, datetime
from typing import Any

from django import forms

from builder.bindings import Bindable
from builder.elements import Element, elements, props
from builder.expressions.values import as_date


def _is_moment(text: str) -> None:
    if as_date(text) is None:
        raise forms.ValidationError("Write it like 2026-11-21 09:30.")


def as_day(value: Any) -> date | None:
    """A date without its time."""
    moment = as_date(value)
    return moment.date() if isinstance(moment, datetime) else moment


def _moment(label: str, hint: str) -> forms.Field:
    """A moment as an ISO 8601 text, or from dynamic data."""
    field = forms.CharField(label=label, help_text=hint, initial="", required=False, validators=[_is_moment])
    return Bindable(field, type="date")


@elements.register
class DateTime(Element):
    """A moment chosen by a visitor, in their local time."""

    name = "date_time"
    label = "Date and time"
    icon = "date"
    group = "Inputs"
    sheet = "inputs"
    events = ("changed", "submitted")
    gives = "date"
    modules = ("live/elements/field", "live/elements/moment")
    live = {
        "label": "text",
        "initial": "value",
        "least": "attr:data-least",
        "most": "attr:data-most",
        "hint": "text",
        "error": "attr:data-words",
        "disabled": "flag:disabled",
    }
    example = {"label": "Next watering", "initial": "2026-11-21T09:30:00+00:00", "required": True}

    class Props(props.Props):
        label = props.text("Label", "Says what to choose. Always read aloud.", "Date and time")
        show_label = props.switch("Show the label", initial=True)
        content = props.steps("Content", (("datetime-local", "Date and time"), ("date", "Date")), "datetime-local")
        shadow = props.shadow()
        initial = _moment("Initial value", "What stands in it at first: 2026-11-21 09:30.")
        least = _moment("Earliest", "Earlier dates cannot be chosen.")
        most = _moment("Latest", "Later dates cannot be chosen.")
        required = props.switch("Required", "Nothing is sent until one is chosen.")
        hint = props.text("Hint", "A line below it.")
        error = props.text("When it is wrong", "Shown below it. Empty: the browser's words.")
        disabled = props.yes_no("Disabled", "Nothing can be chosen while this is yes.")

    def context(self, values: dict[str, Any]) -> dict[str, Any]:
        """The content of the field on the canvas, where no script fills it in."""
        moment = as_date(values["initial"])
        written = f"{moment:%Y-%m-%dT%H:%M}" if moment else ""
        return {"written": written[:10] if values["content"] == "date" else written}

    def read(self, said: Any, properties: dict[str, Any]) -> Any:
        return as_day(said) if self.values(properties)["content"] == "date" else as_date(said)

    def told(self, value: Any, properties: dict[str, Any]) -> Any:
        return value.isoformat() if isinstance(value, date | datetime) else super().told(value, properties)

    def given(self, prop: str, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date | datetime) else value
