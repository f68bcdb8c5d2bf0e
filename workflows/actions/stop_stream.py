"""Stop a stream: the connection to the service is closed, the text so far stays (S30)."""

from typing import Any

from builder.document import Node
from builder.expressions.catalog import Place
from builder.placed import PlacedChoice, PlacedForm
from workflows.actions import Action, actions


class StreamingStepField(PlacedChoice):
    """A streaming step of any workflow of the page."""

    def found(self, place: Place) -> Any:
        for workflow in place.catalog.workflows(place.page):
            for key in place.catalog.steps(workflow):
                node = place.catalog.node(key)
                action = actions.get(node["type"]) if node else None
                if node and action and action.streams(node, place.catalog):
                    yield key, f"{action.title(node, place)} in {place.catalog.name(workflow)}"


@actions.register
class StopStream(Action):
    name = "stop_stream"
    label = "Stop a stream"
    icon = "stop"
    group = "APIs"
    example = {"step": "sp_example"}

    class Options(PlacedForm):
        step = StreamingStepField(label="Stream")

    def title(self, node: Node, place: Place) -> str:
        found = dict(StreamingStepField().found(place)).get(node["props"].get("step") or "")
        return node["name"] or (f"Stop {found.partition(' in ')[0]}" if found else self.label)

    async def run(self, options: dict[str, Any], step: Any) -> None:
        step.host.stop_step(options.get("step") or "")
