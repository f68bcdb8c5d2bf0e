"""Set a state of the page."""

from typing import Any

from django import forms

from builder.bindings import Bindable
from builder.chosen_types import field_of, type_of
from builder.document import Node
from builder.expressions.catalog import Place
from builder.placed import PlacedForm, StateField
from workflows.actions import Action, actions


@actions.register
class SetState(Action):
    name = "set_state"
    label = "Set state"
    icon = "sliders"
    group = "Page"
    example = {"state": "st_example", "value": "on"}

    class Options(PlacedForm):
        state = StateField(label="State")
        value = Bindable(forms.CharField(label="Value", required=False), type="any")

    def options(self, node: Node, place: Place) -> type[forms.BaseForm]:
        """The value has the state's type."""
        state = place.catalog.node(node["props"].get("state"), "state")
        if state is None:
            return self.Options
        return type("StateOptions", (self.Options,), {"value": field_of("Value", type_of(state))})

    def title(self, node: Node, place: Place) -> str:
        state = place.catalog.name(node["props"].get("state"))
        return node["name"] or (f"Set {state}" if state else self.label)

    async def run(self, options: dict[str, Any], step: Any) -> None:
        step.host.set_state(options.get("state") or "", options.get("value"))
