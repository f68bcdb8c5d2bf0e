"""The form of a call's limits (S12)."""

from typing import Any

from django import forms

from builder.document import Node
from builder.forms import Form
from connector.limits import MEGABYTE, Limits

_SECONDS = {"connect": "Connect", "first_byte": "First byte", "silence": "Silence", "total": "Whole answer"}
_SIZES = {"size": "Answer", "frame": "One frame"}


class LimitsForm(Form):
    """The limits of a call (S12). One left empty has its default, which its placeholder shows."""

    KEPT = ()

    connect = forms.FloatField(required=False, min_value=0.1, max_value=60, label="Connect")
    first_byte = forms.FloatField(required=False, min_value=0.1, max_value=600, label="First byte")
    silence = forms.FloatField(required=False, min_value=0.1, max_value=600, label="Silence")
    total = forms.FloatField(required=False, min_value=1, max_value=3600, label="Whole answer")
    size = forms.FloatField(required=False, min_value=0.001, max_value=500, label="Answer")
    frame = forms.FloatField(required=False, min_value=0.001, max_value=50, label="One frame")
    text = forms.IntegerField(required=False, min_value=1, max_value=100_000_000, label="One text")
    UNITS = dict.fromkeys(_SECONDS, "s") | dict.fromkeys(_SIZES, "MB") | {"text": "characters"}

    def __init__(self, data: dict[str, Any]):
        super().__init__(data)
        for name, field in self.fields.items():
            default = getattr(Limits(), name) / (MEGABYTE if name in _SIZES else 1)
            field.widget = forms.TextInput({"inputmode": "decimal", "placeholder": f"{default:,.10g}"})

    @classmethod
    def of(cls, call: Node, **typed: Any) -> "LimitsForm":
        held = call["props"].get("limits") or {}
        shown = {name: value / MEGABYTE if name in _SIZES else value for name, value in held.items() if value}
        return cls({name: f"{value:.10g}" for name, value in shown.items()} | typed)

    def stored(self) -> dict[str, Any] | None:
        """The limits as the document holds them; None when all are the defaults."""
        given = {name: value for name, value in self.cleaned_data.items() if value is not None}
        sizes = {name: round(given[name] * MEGABYTE) for name in _SIZES.keys() & given.keys()}
        return (given | sizes) or None
