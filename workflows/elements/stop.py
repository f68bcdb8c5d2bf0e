"""A Stop button: ends what is running, and is visible only while something is (S30)."""

from collections.abc import Iterator
from typing import Any

from builder.elements import Element, Moving, elements, props
from builder.expressions.catalog import Place
from workflows.actions.stop_stream import StreamingStepField


@elements.register
class Stop(Element):
    """Ends the stream of a step, or everything that runs in an instance or on the page, and is visible only while
    something does. What has arrived stays. It needs no workflow, but one can start from it."""

    name = "stop"
    label = "Stop button"
    icon = "stop"
    group = "Feedback"
    events = ("clicked",)
    live = {"label": "text"}
    look = ("kind",)
    sheet = "shows"
    example = {"label": "Stop", "kind": "plain"}

    class Props(props.Props):
        label = props.text("Label", initial="Stop")
        step = StreamingStepField(label="Stops", initial="", empty="All that runs on the page")
        kind = props.steps("Kind", (("primary", "Primary"), ("plain", "Plain"), ("quiet", "Quiet")), "plain")
        show_icon = props.switch("Show the icon", initial=True)

    def ends(self, values: dict[str, Any], place: Place) -> Iterator[tuple[str, str]]:
        if values["step"] and values["step"] not in dict(StreamingStepField().found(place)):
            yield "step", "What it stops is gone. Choose another stream, or all that runs."

    def moving(self, stored: dict[str, Any], place: Place) -> Iterator[Moving]:
        yield from super().moving(stored, place)
        runs = {"from": "running", "args": {"step": stored.get("step") or ""}, "ops": []}
        yield Moving("running", "flag:data-running", runs)
