"""The form of a call's limits (S12)."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from builder.document import Node
from builder.forms import Form
from connector.asking.ready import is_feed
from connector.spending.limits import LEAST, MEGABYTE, MOST, Limits

_SIZES = ("size", "frame")
_UNITS = {"size": "MB", "frame": "MB", "text": "characters"}


class LimitsForm(Form):
    """A call's limits. An empty one has its default, shown as its placeholder; a call that stays open has no total."""

    KEPT = ()

    connect = forms.FloatField(required=False, label="Connect", help_text="Until the connection stands.")
    first_byte = forms.FloatField(required=False, label="First byte", help_text="Until the answer begins.")
    silence = forms.FloatField(required=False, label="Silence", help_text="Within the answer. Any byte ends it.")
    total = forms.FloatField(required=False, label="Whole answer", help_text="From the request to the end.")
    size = forms.FloatField(required=False, label="Answer", help_text="All of it, unpacked.")
    frame = forms.FloatField(required=False, label="One frame", help_text="Or one line.")
    text = forms.IntegerField(required=False, label="One text", help_text="Of a text stream.")

    def __init__(self, data: dict[str, Any], endless: bool = False, without: dict[str, None] | None = None):
        super().__init__(data)
        self._without = without or {}
        for name, field in self.fields.items():
            default, least, most = (_shown(limits, name) for limits in (Limits(), LEAST, MOST))
            none = name in self._without or (endless and name == "total")
            shown = "none" if none else f"{default:,.10g}"
            field.widget = forms.TextInput({"placeholder": shown, "unit": _UNITS.get(name, "s")})
            field.disabled = endless and name == "total"
            said = f"From {least:,g} to {most:,.10g} {_UNITS.get(name, 'seconds')}."
            field.validators += (MinValueValidator(least, said), MaxValueValidator(most, said))
            field.error_messages["invalid"] = said

    @classmethod
    def of(cls, call: Node, **typed: Any) -> "LimitsForm":
        held = call["props"].get("limits") or {}
        shown = {name: value / MEGABYTE if name in _SIZES else value for name, value in held.items() if value}
        without = {name: value for name, value in held.items() if value is None}
        return cls({name: f"{value:.10g}" for name, value in shown.items()} | typed, is_feed(call["props"]), without)

    def stored(self) -> dict[str, Any] | None:
        """The limits as the document holds them, including one that was removed; None if all are the defaults."""
        given = {name: value for name, value in self.cleaned_data.items() if value is not None}
        sizes = {name: round(given[name] * MEGABYTE) for name in _SIZES if name in given}
        return (self._without | given | sizes) or None


def _shown(limits: Limits, name: str) -> float:
    """A limit in the unit of the form."""
    return round(getattr(limits, name) / MEGABYTE, 3) if name in _SIZES else getattr(limits, name)
