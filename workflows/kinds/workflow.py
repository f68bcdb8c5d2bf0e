"""Workflows: an event and its steps."""

import json
from typing import Any

from django.urls import reverse

from builder.checking.fixes import repairing
from builder.checking.leaks import key_in
from builder.document import Body, Node, Problem, Where, body, children, node
from builder.expressions.catalog import Catalog, Place
from builder.expressions.check import problems as value_problems
from builder.kinds import Kind, kinds
from builder.placed import PlacedChoice
from workflows.actions import actions
from workflows.events import events, title_of

REPEATS = {
    "ignore": "Ignore it",
    "side_by_side": "Run it side by side",
    "restart": "Stop the earlier run",
    "queue": "Wait for the earlier run",
}


@kinds.register
class Workflow(Kind):
    name = "workflow"
    label = "Workflow"
    prefix = "wf"
    icon = "flow"

    def blank(self, key: str, name: str) -> Body:
        return body(key, {key: node("workflow", name, {"page": "", "event": {"type": "page_loaded", "options": {}}})})

    def problems(self, body: Body, catalog: Catalog | None = None) -> list[Problem]:
        doc = f"workflow/{body['root']}"
        found = list(_unreadable(doc, body))
        return found if found or catalog is None else list(_loose(doc, body, catalog))

    def words(self, body: Body, node: str, catalog: Any) -> str:
        title, steps = title_of(body["nodes"][body["root"]], catalog), children(body, body["root"], "steps")
        return f"step {steps.index(node) + 1} of “{title}”" if node in steps else f"workflow “{title}”"

    def url(self, app: str, body: Body, node: str) -> str:
        step = f"&step={node}" if node != body["root"] else ""
        return f"{reverse('workflows', args=[app])}?workflow={body['root']}{step}"

    def part(self, body: Body, node: str, prop: str) -> str:
        """Problems of an event concern its element."""
        return f"field-{node}-{'element' if prop == 'event' else prop}" if prop else ""


def _unreadable(doc: str, body: Body) -> Any:
    """What neither editor nor runner could make sense of."""
    for key, each in body["nodes"].items():

        def error(sentence: str, key: str = key) -> Problem:
            return Problem(Where(doc, key), sentence, "error")

        if key == body["root"]:
            if each["type"] != "workflow" or set(each["slots"]) - {"steps"}:
                yield error("A workflow holds steps and nothing else.")
            event = each["props"].get("event")
            if not isinstance(event, dict) or not isinstance(event.get("type"), str) or event["type"] not in events:
                yield error("There is no such event.")
            elif not isinstance(event.get("options", {}), dict):
                yield error("The options of an event have names.")
            if each["props"].get("repeat", "ignore") not in list(REPEATS):
                yield error("There is no such answer to a repeated event.")
        elif each["type"] not in actions:
            yield error(f"There is no action named {each['type']}.")
        elif each["slots"]:
            yield error("A step holds no other steps.")


def _loose(doc: str, body: Body, catalog: Catalog) -> Any:
    """What would fail when it runs (S43)."""
    root = body["nodes"][body["root"]]
    page = root["props"].get("page")
    if catalog.page(page) is None:
        yield Problem(Where(doc, body["root"]), "The page of this workflow is gone. Delete the workflow or move it.")
        return
    event = root["props"]["event"]
    place = Place.of_workflow(catalog, body["root"])
    element = (event.get("options") or {}).get("element")
    if "element" in events[event["type"]].Options.base_fields and element not in catalog.elements(page):
        said = (
            "The element of this event is gone. Choose another one." if element else "Choose the element of this event."
        )
        yield Problem(Where(doc, body["root"], "event"), said)
    else:
        yield from _loose_options(doc, body["root"], event, place)
    for sentence in value_problems(root["props"].get("when"), "yes_no", place):
        yield Problem(Where(doc, body["root"], "when"), sentence)
    for key in children(body, body["root"], "steps"):
        yield from _loose_step(doc, key, body["nodes"][key], Place.of_workflow(catalog, body["root"], key))


def _loose_options(doc: str, key: str, event: dict[str, Any], place: Place) -> Any:
    """Unfinished options of an event, apart from its element."""
    for name, field in events[event["type"]].options(place).base_fields.items():
        value = (event.get("options") or {}).get(name)
        if name != "element" and isinstance(field, PlacedChoice) and value not in dict(field.found(place)):
            label = str(field.label).lower()
            said = f"The {label} is gone. Choose another one." if value else f"Choose the {label}."
            yield Problem(Where(doc, key, name), said)


def _loose_step(doc: str, key: str, step: Node, place: Place) -> Any:
    if begins := key_in(json.dumps(step["props"])):
        sentence = f"A key stands in it as it is ({begins}): who opens the editor can read it. "
        yield Problem(Where(doc, key), sentence + "Put it into the authentication of the API.", "hint")
    for sentence in value_problems(step["props"].get("when"), "yes_no", place):
        yield Problem(Where(doc, key, "when"), sentence)
    for prop, sentence in actions[step["type"]].problems(step, place):
        fix = repairing(doc, key, actions[step["type"]].repair(step, prop, place))
        yield Problem(Where(doc, key, prop), sentence, fix=fix)
