"""Set a state of the page."""

from typing import Any

from django import forms

from builder.bindings import Bindable
from builder.placed import PlacedForm, StateField
from workflows.actions import Action, actions


@actions.register
class SetState(Action):
    name = "set_state"
    label = "Set state"
    icon = "state"
    group = "Page"
    example = {"state": "st_example", "value": "on"}

    class Options(PlacedForm):
        state = StateField(label="State")
        value = Bindable(forms.CharField(label="Value", required=False), type="any")

    async def run(self, options: dict[str, Any], step: Any) -> None:
        step.host.set_state(options.get("state") or "", options.get("value"))
