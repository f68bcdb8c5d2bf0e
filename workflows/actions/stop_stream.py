"""Stop a stream: the connection to the service is closed, the text so far stays (S30)."""

from collections.abc import Iterator
from typing import Any

from builder.document import Node
from builder.expressions.catalog import Place
from builder.outwards import shown_by
from builder.placed import PlacedChoice, PlacedForm
from builder.reusing import leads_to
from workflows.actions import Action, actions


class StreamingStepField(PlacedChoice):
    """A streaming step of any workflow of the page, or an instance in which something streams, meaning everything it
    runs. What happens inside an instance is private to it, so its steps cannot be named from outside."""

    def found(self, place: Place) -> Iterator[tuple[str, str]]:
        catalog = place.catalog
        for workflow in catalog.workflows(place.page):
            for key, title in _streaming(workflow, place):
                yield key, f"{title} in {catalog.name(workflow)}"
        holding = [each["root"] for each in catalog.bodies("reusable") if _streams_in(each["root"], place)]
        for key in catalog.elements(place.page) if holding else ():
            if shown_by(catalog, key) in holding:
                yield key, f"All that {catalog.name(key)} runs"


def _streaming(workflow: str, place: Place) -> Iterator[tuple[str, str]]:
    """The steps of a workflow whose results are live streams, with their titles."""
    for key in place.catalog.steps(workflow):
        node = place.catalog.node(key)
        action = actions.get(node["type"]) if node else None
        if node and action and action.streams(node, place.catalog):
            yield key, action.title(node, place)


def _streams_in(reusable: str, place: Place) -> bool:
    """Whether something streams in a reusable element, or in one inside it."""
    inside = (each for key in leads_to(place.catalog, reusable) for each in place.catalog.workflows(key))
    return any(True for each in inside for _ in _streaming(each, place))


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
        catalog, step = place.catalog, node["props"].get("step") or ""
        if shown_by(catalog, step):
            return node["name"] or f"Stop all that {catalog.name(step)} runs"
        found = dict(StreamingStepField().found(place)).get(step)
        return node["name"] or (f"Stop {found.partition(' in ')[0]}" if found else self.label)

    async def run(self, options: dict[str, Any], step: Any) -> None:
        step.host.stop_step(options.get("step") or "")
