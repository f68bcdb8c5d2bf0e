"""What the Workflows tab shows: the list, the drawing of one workflow, and the runs below it."""

from collections import Counter
from dataclasses import replace
from typing import Any

from builder.document import Body, children
from builder.expressions.catalog import Catalog, Place
from builder.expressions.check import problems as value_problems
from builder.expressions.chips import in_words, parts
from builder.gestures.plan import NotSet
from builder.kinds import kinds
from builder.kinds.page import ROOTS
from workflows.actions import Action, actions, prop_of
from workflows.drawing import Row, rows, time_of
from workflows.events import events, title_of
from workflows.plan import plan
from workflows.views.here import Here, address
from workflows.views.panel import event_panel, step_panel
from workflows.views.strip import PREVIEW, of_author, strip


def screen(
    here: Here, page: str, of: str = PREVIEW, prop: str = "", wrong: NotSet | None = None, typed: Any = None
) -> dict[str, Any]:
    """The context of all parts. `page` is the page that new workflows are for; `of` says whose runs are shown; `prop`,
    `wrong` and `typed` belong to a field that refused its input."""
    context: dict[str, Any] = {
        "here": here,
        "groups": _groups(here, page),
        "page_key": page,
        "where": _where(here.catalog, page),
        "events": list(events.values()),
    }
    if here.workflow is None:
        return context
    return (
        context
        | stage(here)
        | runs(here, of)
        | {"picks": _picks(Place.of_workflow(here.catalog, here.workflow["root"]))}
        | _panel(here, prop, wrong, typed)
    )


# Left


def _groups(here: Here, page: str) -> list[dict[str, Any]]:
    """The workflows by page. A page without any is listed only while it is the current one."""
    found = []
    for body in [each for kind in ROOTS for each in here.catalog.bodies(kind)]:
        key = body["root"]
        listed = [_listed(here, workflow) for workflow in here.catalog.workflows(key)]
        if listed or key == page:
            found.append({"key": key, "where": _where(here.catalog, key), "workflows": listed})
    known = {group["key"] for group in found}
    lost = [key for key in here.catalog.workflows() if _page_of(here.catalog, key) not in known]
    if lost:
        found.append({"key": "", "where": "on a page that is gone", "workflows": [_listed(here, key) for key in lost]})
    return found


def _where(catalog: Catalog, page: str) -> str:
    """On page index; in reusable element Card."""
    kind, _ = catalog.home(page) or ("page", page)
    return f"{'on page' if kind == 'page' else 'in reusable element'} {catalog.name(page)}"


def _page_of(catalog: Catalog, workflow: str) -> str:
    return str((catalog.node(workflow) or {"props": {}})["props"].get("page", ""))


def _listed(here: Here, key: str) -> dict[str, Any]:
    body = here.catalog.body("workflow", key) or {}
    root = body["nodes"][key]
    steps = [body["nodes"][step] for step in children(body, key, "steps")]
    return {
        "key": key,
        "url": address(here.app, key),
        "title": title_of(root, here.catalog),
        "icon": events[root["props"]["event"]["type"]].icon,
        "streams": any(actions[step["type"]].streams(step, here.catalog) for step in steps),
        "steps": len(steps),
        "problems": len(kinds["workflow"].problems(body, here.catalog)),
        "current": here.workflow is not None and here.workflow["root"] == key,
    }


# Stage


def stage(here: Here) -> dict[str, Any]:
    """The drawing of the workflow, with the times of its last run."""
    body, catalog = here.workflow or {}, here.catalog
    last = of_author(here.app, body["root"]).exclude(state="running").first()
    waterfall = {step["step"]: step for step in last.steps} if last else {}
    turns = plan(body, catalog)
    wrong = Counter(problem.where.node for problem in kinds["workflow"].problems(body, catalog))
    several = sum(turn.streams for turn in turns) > 1
    drawn = [_drawn(here, row, waterfall, wrong, several) for row in rows(turns)]
    root = body["nodes"][body["root"]]
    return {
        "title": title_of(root, catalog),
        "rows": drawn,
        "last": last,
        "lanes": range(max((each.lane for row in drawn for each in row["row"].ribbons), default=0) + 1),
        "preview_page": page if catalog.body("page", page := root["props"].get("page")) else "",
    }


def _drawn(here: Here, row: Row, waterfall: dict[str, Any], wrong: Counter[str], several: bool) -> dict[str, Any]:
    """One row with its texts."""
    body = here.workflow or {}
    said = {"row": row, "time": _time(row, waterfall), "said": waterfall.get(row.turn.key, {}) if row.turn else {}}
    if row.kind == "event":
        return said | _event_card(here, wrong[body["root"]])
    if row.kind == "full":
        of = " and ".join(f"step {turn.number}" for turn in row.of)
        return said | {"words": f"Waits for the full text{f' of {of}' if several else ''}"}
    if row.kind == "add":
        return said | {"alone": not children(body, body["root"], "steps")}
    if row.kind == "step" and row.turn:
        return said | _step_card(here, row, wrong[row.turn.key])
    return said


def _time(row: Row, waterfall: dict[str, Any]) -> str:
    """When a row was reached in the last run, or why it was not."""
    state = waterfall.get(row.turn.key, {}).get("state") if row.turn else ""
    if row.kind == "step" and state == "skipped":
        return "skipped"
    time = time_of(row, waterfall) if waterfall or row.kind != "event" else None
    return "" if time is None else f"{time:.2f} s"


def _event_card(here: Here, wrong: int) -> dict[str, Any]:
    body = here.workflow or {}
    root = body["nodes"][body["root"]]
    event = events[root["props"]["event"]["type"]]
    title = event.title(root["props"]["event"].get("options") or {}, here.catalog)
    place = Place.of_workflow(here.catalog, body["root"])
    when = root["props"].get("when")
    return {
        "key": body["root"],
        "icon": event.icon,
        "title": f"When {title[0].lower() + title[1:] if title.startswith(('An ', 'A ', 'Page ')) else title}",
        "when": parts(when, place),
        "url": address(here.app, body["root"]),
        "current": not here.step,
        "wrong": wrong,
    }


def _step_card(here: Here, row: Row, wrong: int) -> dict[str, Any]:
    body, turn = here.workflow or {}, row.turn
    action = actions[turn.node["type"]]
    place = Place.of_workflow(here.catalog, body["root"], turn.key)
    title, when = action.title(turn.node, place), turn.node["props"].get("when")
    return {
        "key": turn.key,
        "number": turn.number,
        "icon": "stream" if turn.streams else action.icon,
        "title": title,
        "streams": turn.streams,
        "when": in_words(when, place),
        "when_broken": bool(value_problems(when, "yes_no", place)),
        "summary": _summary(action, turn.node, place),
        "label": action.label if action.label != title else "",
        "url": address(here.app, body["root"], turn.key),
        "current": here.step == turn.key,
        "first": turn.number == 1,
        "wrong": wrong,
    }


def _summary(action: Action, node: Any, place: Place) -> list[dict[str, Any]]:
    """The options that have a value, as label and chips. What was chosen from a list is already in the title."""
    found = []
    for name, field in action.options(node, place).base_fields.items():
        if hasattr(field, "inner") and (said := parts(prop_of(node["props"], name), place)):
            found.append({"label": field.label, "parts": said})
    return found


def _picks(place: Place) -> dict[str, list[dict[str, str]]]:
    """The actions for a new step by group; below "Call an API" each call it can be used for (S1)."""
    found: dict[str, list[dict[str, str]]] = {}
    # Calling an API is listed before stopping it.
    fitting = [each for each in actions.values() if each.is_offered(place)]
    for action in sorted(fitting, key=lambda each: not each.listed):
        for choice, words in [("", action.label), *action.choices(place)]:
            pick = {"action": action.name, "choice": choice, "label": words, "icon": action.icon}
            found.setdefault(action.group, []).append(pick)
    return found


# Right


def _panel(here: Here, prop: str, wrong: NotSet | None, typed: Any) -> dict[str, Any]:
    body: Body = here.workflow or {}
    shown = step_panel(here) if here.step else event_panel(here)
    for each in (*shown["controls"], *shown["when"], *shown.get("repeat", ())):
        if wrong and each["control"].prop == prop:
            each["error"] = str(wrong)
            if isinstance(typed, str) and each["control"].kind == "expr":
                each["control"] = replace(each["control"], value=typed, parts=[typed])
    return {"panel": shown, "doc": f"workflow/{body['root']}"}


# Foot


def runs(here: Here, of: str) -> dict[str, Any]:
    """The latest runs of the workflow, drawn below one another."""
    body: Body = here.workflow or {}
    numbers = {key: number for number, key in enumerate(children(body, body["root"], "steps"), 1)}
    return {"strip": strip(here.app, body["root"], numbers, of)}
