"""Call an API: a streaming call's result is live from the moment its request is sent (S25)."""

from typing import Any

from django import forms

from builder.bindings import Bindable
from builder.document import Node
from builder.expressions.catalog import Catalog, Place
from builder.placed import PlacedChoice, PlacedForm
from connector.offered import find_call, offered_calls, settable
from workflows.actions import Action, actions


class CallField(PlacedChoice):
    """A call used as an action, by `ai_…/ca_…`; only initialized ones are offered (S14)."""

    def found(self, place: Place) -> Any:
        return [(ref, f"{api} - {call}") for ref, api, call in offered_calls(place.catalog, "action")]


@actions.register
class CallApi(Action):
    name = "call_api"
    label = "Call an API"
    icon = "plug"
    group = "APIs"
    server_side = True
    listed = "call"
    example = {"call": "", "parameters": {}}

    class Options(PlacedForm):
        call = CallField(label="Call")

    def options(self, node: Node, place: Place) -> type[forms.Form]:
        """The call, and one field for each of its parameters that a workflow may set (S7)."""
        reference = node["props"].get("call") or ""
        fields = {
            f"parameters.{key}": Bindable(
                forms.CharField(label=name, required=False, help_text="Left out when blank." if optional else ""),
                type="any",
            )
            for key, name, optional in settable(place.catalog, reference)
        }
        return type("CallOptions", (self.Options,), fields)

    def title(self, node: Node, place: Place) -> str:
        found = find_call(place.catalog, node["props"].get("call") or "")
        return node["name"] or (found["name"] if found else self.label)

    def streams(self, node: Node, catalog: Catalog) -> bool:
        found = find_call(catalog, node["props"].get("call") or "")
        return bool(found) and found["props"].get("response_type") == "stream"

    def result_type(self, node: Node, catalog: Catalog) -> str | None:
        return f"call:{node['props']['call']}" if find_call(catalog, node["props"].get("call") or "") else None

    async def run(self, options: dict[str, Any], step: Any) -> Any:
        api, _, call = (options.get("call") or "").partition("/")
        return await step.host.call(step.turn.key, api, call, options.get("parameters") or {})
