"""What the property panel is drawn from: the selected node with its tabs, its workflows, and the page's states."""

import json
from dataclasses import dataclass
from typing import Any

from builder.document import Body, walk
from builder.elements import elements
from builder.expressions.catalog import Catalog
from builder.gestures.begins import EVENTS, workflows_of
from builder.gestures.spots import name_of
from builder.kinds import kinds
from builder.models import App
from builder.panel import state_types, states_of, tabs_of
from builder.tabs import tabs


@dataclass(frozen=True, slots=True)
class Listed:
    """A workflow that begins with the selected element."""

    name: str
    url: str


def panel_context(app: App, body: Body, key: str, catalog: Catalog) -> dict[str, Any]:
    """The panel of one node of a page; the page itself has its states there."""
    holder, is_page = body["nodes"][key], key == body["root"]
    element = elements[holder["type"]]
    return {
        "name": name_of(body, key),
        "element": element,
        "is_page": is_page,
        "tabs": tabs_of(body, key, catalog),
        "states": states_of(body) if is_page else [],
        "state_types": state_types(),
        # What Ctrl C puts on the clipboard, so that it can be pasted on another page and in another app.
        "copied": ""
        if is_page
        else json.dumps({"root": key, "nodes": {each: body["nodes"][each] for each in walk(body, key)}}),
        "workflows": _workflows(app, body, key, catalog),
        "events": [(event, EVENTS[event].words) for event in element.events if event in EVENTS and "workflow" in kinds],
    }


def _copied(body: Body, key: str) -> str:
    return json.dumps({"root": key, "nodes": {each: body["nodes"][each] for each in walk(body, key)}})


def _workflows(app: App, body: Body, key: str, catalog: Catalog) -> list[Listed]:
    if "workflows" not in tabs:
        return []
    url = tabs["workflows"].url(app, body["root"])
    found = [workflow for workflow, element in workflows_of(catalog, body["root"]) if element == key]
    return [Listed(catalog.name(workflow) or "Workflow", f"{url}?workflow={workflow}") for workflow in found]
