"""The result of a step, for later steps and for the page."""

from collections.abc import Iterable
from typing import Any

from builder.document import Node
from builder.expressions.catalog import Place
from builder.sources import NEAR, Context, Key, Offer, Source, sources
from connector.captures.samples import sample_of
from workflows.actions import actions


@sources.register
class StepResult(Source):
    name = "step"
    label = "Result of a step"
    icon = "wave"
    comes = NEAR
    help = "What the step gave; a streaming one is live from its start."
    required = ("step",)
    example = {"step": "sp_example"}

    def type_of(self, args: dict[str, Any], place: Place) -> str | None:
        """Within a workflow, only the steps before the current one have a result (S24)."""
        if place.step and args.get("step") in _not_before(place):
            return None
        node = place.catalog.node(args.get("step"))
        action = actions.get(node["type"]) if node else None
        return action.result_type(node, place.catalog) if node and action else None

    def label_of(self, args: dict[str, Any], place: Place) -> str:
        """Within the step's own workflow "Result of step 2", elsewhere the step's name, with its number if several have
        that name."""
        if place.workflow and args["step"] in place.catalog.steps(place.workflow):
            return f"Result of step {place.catalog.steps(place.workflow).index(args['step']) + 1}"
        node = place.catalog.node(args["step"])
        return _told_apart(args["step"], node, place) if node else self.label

    def icon_of(self, args: dict[str, Any], place: Place) -> str:
        node = place.catalog.node(args.get("step"))
        action = actions.get(node["type"]) if node else None
        return action.icon if node and action and not action.streams(node, place.catalog) else self.icon

    def reads(self, args: dict[str, Any]) -> Key:
        return ("step", args["step"], None)

    def value(self, args: dict[str, Any], context: Context) -> Any:
        return context.step(args["step"])

    def sample(self, args: dict[str, Any], place: Place) -> Any:
        """A call's last capture; for a step that creates a thing, the newest one of its type."""
        kind, _, about = (self.type_of(args, place) or "").partition(":")
        if kind == "call":
            return sample_of(place.catalog, about)
        if kind != "thing":
            return None
        newest = sources["search"].sample({"data_type": about, "newest_first": True, "limit": 1}, place)
        return newest[0] if newest else None

    def offers(self, place: Place) -> Iterable[Offer]:
        """Within a workflow the steps before this one; on a page the steps of all its workflows."""
        here = [place.workflow] if place.workflow else place.catalog.workflows(place.page)
        for workflow in here:
            steps = place.catalog.steps_before(workflow, place.step) if place.step else place.catalog.steps(workflow)
            for step in steps:
                args = {"step": step}
                type_ = self.type_of(args, place)
                if type_:
                    hint = place.catalog.name(workflow)
                    yield Offer(
                        self._offer_label(step, place), hint, self.icon_of(args, place), type_, self.expression(**args)
                    )

    def _offer_label(self, step: str, place: Place) -> str:
        node = place.catalog.node(step)
        return (
            f"{self.label_of({'step': step}, place)} ({_title(node, place)})"
            if place.workflow and node
            else self.label_of({"step": step}, place)
        )


def _not_before(place: Place) -> list[str]:
    """The step itself and those after it in its workflow."""
    steps = place.catalog.steps(place.workflow)
    return steps[steps.index(place.step) :] if place.step in steps else []


def _told_apart(step: str, node: Node, place: Place) -> str:
    """Its title, and if another step of its workflow has the same: "Create a Message (step 3)"."""
    title, home = _title(node, place), place.catalog.home(step)
    steps = place.catalog.steps(home[1]) if home else []
    others = [place.catalog.node(each) for each in steps if each != step]
    alike = any(each["type"] == node["type"] and _title(each, place) == title for each in others if each)
    return f"{title} (step {steps.index(step) + 1})" if alike and step in steps else title


def _title(node: Node, place: Place) -> str:
    return actions[node["type"]].title(node, place)
