"""The context of the property panel: the selected node with its tabs, its workflows, and the page's states."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from builder.clipboard import clip
from builder.document import Body, Node
from builder.elements import elements
from builder.expressions.catalog import Catalog
from builder.gestures.begins import beginnings, workflows_of
from builder.gestures.several import tops
from builder.gestures.spots import name_of
from builder.models import App
from builder.panel.condition_rows import condition_rows, has_conditions, kinds_of_condition
from builder.panel.controls import kept_in, parameters_of
from builder.panel.properties import TABS, PanelTab, tabs_of
from builder.styling.breakpoints import BASE, BREAKPOINTS
from builder.styling.looks import styles_of
from builder.tabs import tabs


@dataclass(frozen=True, slots=True)
class Listed:
    """A workflow that starts from the selected element, or the reusable element that it shows."""

    name: str
    url: str


def panel_context(
    app: App, body: Body, key: str, catalog: Catalog, nodes: Sequence[str] = (), at: str = BASE
) -> dict[str, Any]:
    """The panel of one node of a page, or of what several have in common, at a breakpoint; for the page itself also its
    states."""
    holder, is_page, one = body["nodes"][key], key == body["root"], len(nodes) < 2
    element = elements[holder["type"]]
    return {
        "name": name_of(body, key) if one else f"{len(nodes)} elements",
        "element": element,
        "is_page": is_page,
        "one": one,
        "breakpoint": BREAKPOINTS[at] if at != BASE else None,
        "tabs": _tabs(body, key, catalog, nodes, at),
        "conditions": condition_rows(body, key, catalog) if one else [],
        "kinds_of_condition": kinds_of_condition(element) if one and has_conditions(element) else [],
        "style": _style(body, key, catalog, nodes or (key,)),
        "kept": kept_in(body, catalog) if is_page else [],
        "shows": _shows(app, holder, catalog) if one else None,
        "parameters": parameters_of(body) if is_page else [],
        # What Ctrl C copies to the clipboard, so that it can be pasted on another page and in another app.
        "copied": json.dumps(clip(body, tops(body, list(nodes) or [key]), catalog)) if not is_page else "",
        "workflows": _workflows(app, body, key, catalog) if one else [],
        "events": [(event, each.words) for event, each in beginnings(body, key, catalog).items()] if one else [],
    }


def _tabs(body: Body, key: str, catalog: Catalog, nodes: Sequence[str], at: str) -> list[PanelTab]:
    """The tabs with properties, and Style also if only a named style can be chosen."""
    found = tabs_of(body, key, catalog, nodes, at)
    # The properties and states of a page or reusable element come first.
    if key == body["root"] and found[0].name != "properties":
        found = [PanelTab("properties", TABS["properties"], []), *found]
    has_style = _style(body, key, catalog, nodes or (key,)) and all(tab.name != "style" for tab in found)
    return [*found, PanelTab("style", TABS["style"], [])] if has_style else found


@dataclass(frozen=True, slots=True)
class StyleChoice:
    """The named styles that elements of a type can use, as id and name, and the one in use. `mixed`: they use different
    ones; `sets`: there are looks of their own that could be saved as a style."""

    choices: list[tuple[str, str]]
    uses: str
    mixed: bool
    sets: bool


def _style(body: Body, key: str, catalog: Catalog, nodes: Sequence[str]) -> StyleChoice | None:
    """The choice of a named style; None if a style could set nothing, or if the elements are of several types."""
    element = elements[body["nodes"][key]["type"]]
    if not element.styled or key == body["root"] or any(body["nodes"][each]["type"] != element.name for each in nodes):
        return None
    used = {body["nodes"][each]["props"].get("uses", "") for each in nodes}
    choices = [
        (style, holder["name"])
        for style, holder in styles_of(catalog).items()
        if holder["props"].get("element") == element.name
    ]
    uses = body["nodes"][key]["props"].get("uses", "")
    if uses and uses not in dict(choices):
        choices.append((uses, "A removed style"))
    sets = any(prop in body["nodes"][key]["props"] for prop in element.styled)
    return StyleChoice(choices, uses, len(used) > 1, sets)


def _shows(app: App, holder: Node, catalog: Catalog) -> Listed | None:
    """The reusable element that an instance shows, and the URL to edit it."""
    of = holder["props"].get("of") if holder["type"] == "instance" else None
    return Listed(catalog.name(of), tabs["design"].url(app, of)) if of and catalog.body("reusable", of) else None


def _workflows(app: App, body: Body, key: str, catalog: Catalog) -> list[Listed]:
    if "workflows" not in tabs:
        return []
    url = tabs["workflows"].url(app, body["root"])
    found = [workflow for workflow, element in workflows_of(catalog, body["root"]) if element == key]
    return [Listed(catalog.name(workflow) or "Workflow", f"{url}?workflow={workflow}") for workflow in found]
