"""The form of a call's behaviour: what it does about errors, redirects, a busy service, or a feed without an end."""

from typing import Any

from django import forms

from builder.document import Node
from builder.forms import Form
from connector.kinds.api import MOST_RETRIES

_TIMES = {0: "Never", 1: "Once", 2: "Twice"}


class SettingsForm(Form):
    """Everything is off until an author turns it on."""

    KEPT = ()

    include_errors = forms.BooleanField(
        required=False,
        label="Include errors",
        help_text="An HTTP error is a result with its status and body, and the workflow goes on.",
    )
    stays_open = forms.BooleanField(
        required=False,
        label="Stays open",
        help_text="For tickers and feeds: no time limit, restarted when it breaks off, closed when nobody reads it.",
    )
    redirects = forms.BooleanField(
        required=False,
        label="Follow redirects",
        help_text="To where the service sends it. Another address gets no key, no body and none of your headers.",
    )
    retries = forms.TypedChoiceField(
        choices=[(times, _TIMES.get(times, f"{times} times")) for times in range(MOST_RETRIES + 1)],
        coerce=int,
        label="Ask again",
        help_text="When the service is busy or away, before its first byte. Each time may cost money.",
    )

    @classmethod
    def of(cls, call: Node, **typed: Any) -> "SettingsForm":
        props = call["props"]
        held = {name: props.get(name) or 0 for name in cls.base_fields}  # type: ignore[attr-defined]
        return cls(held | typed)

    def stored(self, field: str) -> Any:
        """A setting as the document holds it; None if it is off."""
        return self.cleaned_data[field] or None
