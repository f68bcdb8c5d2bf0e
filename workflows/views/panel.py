"""The right panel: what can be set for the selected step or the event, what is wrong with it, and what it results
in."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django import forms
from django.urls import reverse

from builder.bindings import Bindable
from builder.document import Node, Problem
from builder.expressions.catalog import Place
from builder.kinds import kinds
from builder.panel.controls import Control, control
from builder.placed import PlacedChoice
from builder.types import Field, family, fields, label
from connector.offered import find_call
from workflows.actions import actions, prop_of
from workflows.editing import ONLY_WHEN
from workflows.events import events
from workflows.kinds.workflow import REPEATS
from workflows.plan import Turn, plan
from workflows.views.here import Here

MARKS = {"text": "Aa", "number": "#", "list": "[ ]", "object": "{ }", "any": "?"}
ICONS = {"yes_no": "yesno", "date": "date", "image": "image", "stream": "wave", "call": "wave"}


def event_panel(here: Here) -> dict[str, Any]:
    """The event: its type, its options, its Only when, and what a second event does."""
    body = here.workflow or {}
    key, root = body["root"], body["nodes"][body["root"]]
    event, place = root["props"]["event"], Place.of_workflow(here.catalog, body["root"])
    kind = events[event["type"]]
    kinds_of_event = [(each.name, each.label) for each in events.values()]
    types = Control("type", "Event", "select", event["type"], choices=kinds_of_event)
    options = [
        _control(name, made, (event.get("options") or {}).get(name), place)
        for name, made in kind.options(place).base_fields.items()
    ]
    repeat = Control(
        "repeat",
        "If it happens again while running",
        "select",
        root["props"].get("repeat", "ignore"),
        choices=list(REPEATS.items()),
    )
    wrong = [problem for problem in kinds["workflow"].problems(body, here.catalog) if problem.where.node == key]
    return {
        "title": "Event",
        "icon": kind.icon,
        "controls": _with_problems(here, [types, *options], wrong, also={"event": "element"}),
        "when": _with_problems(here, [_control("when", ONLY_WHEN, root["props"].get("when"), place)], wrong),
        "repeat": _with_problems(here, [repeat], wrong),
        "notes": _notes(wrong, {"event", "when", *(each.prop for each in options)} if options else {"when"}),
    }


def step_panel(here: Here) -> dict[str, Any]:
    """The selected step."""
    body = here.workflow or {}
    turns = plan(body, here.catalog)
    turn = next(each for each in turns if each.key == here.step)
    node, place = turn.node, Place.of_workflow(here.catalog, body["root"], turn.key)
    action = actions[node["type"]]
    options = [
        _control(name, made, prop_of(node["props"], name), place)
        for name, made in action.options(node, place).base_fields.items()
    ]
    wrong = [problem for problem in kinds["workflow"].problems(body, here.catalog) if problem.where.node == turn.key]
    shown = {each.prop for each in options} | {"when"}
    return {
        "title": f"Step {turn.number}, {action.title(node, place)}",
        "step": turn,
        "action": action,
        "icon": "stream" if turn.streams else action.icon,
        "first": turn.number == 1,
        "last": turn.number == len(turns),
        "controls": _with_problems(here, options, wrong),
        "when": _with_problems(here, [_control("when", ONLY_WHEN, node["props"].get("when"), place)], wrong),
        "private": _private(node, place),
        "call_at": _call_at(here, node),
        "finishes": node["props"].get("finishes", "") if turn.streams else None,
        "starts": _starts(turn, turns, action.server_side),
        "gives": list(_gives(node, place)),
        "notes": _notes(wrong, shown),
    }


def _control(name: str, made: forms.Field, value: Any, place: Place) -> Control:
    """The control for one option."""
    if isinstance(made, PlacedChoice):
        offered = list(made.found(place))
        empty = [] if value in dict(offered) else [("", made.empty)]
        return Control(name, str(made.label), "select", value or "", str(made.help_text), [*empty, *offered])
    drawn = control(name, made, value, place)
    if made is ONLY_WHEN:
        # A plain yes or no makes no condition: there is one from dynamic data, or none.
        return replace(drawn, literal="none")
    # A call's parameter may be anything, including a typed text.
    typed = isinstance(made, Bindable) and made.type == "any" and isinstance(made.inner, forms.CharField)
    return replace(drawn, literal="text") if typed else drawn


def _with_problems(
    here: Here, controls: list[Control], wrong: list[Problem], also: dict[str, str] | None = None
) -> list[dict[str, Any]]:
    """Each control with its problems and the type its value must have. `also`: problems reported for another
    property."""
    body, names = here.workflow or {}, also or {}
    found = []
    for each in controls:
        said = [problem.sentence for problem in wrong if names.get(problem.where.prop, problem.where.prop) == each.prop]
        url = "set-workflow" if not here.step else "set-step"
        where = [here.app.slug, body["root"], *([here.step] if here.step else []), each.prop]
        error = said[0] if said else ""
        found.append({"control": each, "error": error, "to": reverse(url, args=where)})
    return found


def _notes(wrong: list[Problem], shown: set[str]) -> list[str]:
    """Problems that belong to no field of the panel."""
    return [problem.sentence for problem in wrong if problem.where.prop not in shown]


def _private(node: Node, place: Place) -> str:
    """Which parameters of a call cannot be set by a workflow: "model and instructions are private, so they are not set
    here." (S7)."""
    call = find_call(place.catalog, node["props"].get("call") or "")
    rows = [place.catalog.node(key) for key in call["slots"].get("parameters", ())] if call else []
    names = [row["name"] for row in rows if row and row["props"].get("private", True)]
    if not names:
        return ""
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{listed} {'is private, so it is' if len(names) == 1 else 'are private, so they are'} not set here."


def _call_at(here: Here, node: Node) -> str:
    """Where the call of a step is edited; "" if it has none."""
    call = node["props"].get("call") or ""
    return reverse("connector", args=[here.app.slug, *call.split("/")]) if find_call(here.catalog, call) else ""


def _starts(turn: Turn, turns: list[Turn], server_side: bool) -> str | None:
    """Whether a server-side step starts immediately; None if there is no stream before it that it could overtake."""
    before = [each for each in turns[: turn.number - 1] if each.streams and each.finishes == "first"]
    could = [each for each in before if turn.uses.get(each.key) != "full"]
    return turn.node["props"].get("starts", "") if server_side and could else None


def _gives(node: Node, place: Place) -> Iterator[dict[str, Any]]:
    """What later steps can use of the result, and when it is available (S21, S25)."""
    action = actions[node["type"]]
    type = action.result_type(node, place.catalog)
    if type is None:
        return
    if family(type) != "call":
        yield _given(type, f"The {label(type, place.catalog)}", "when it is saved")
        return
    streams = action.streams(node, place.catalog)
    whole: dict[str, list[Field]] = {}
    for each in fields(type, place.catalog):
        if each.type == "stream":
            yield _given("stream", f"{each.label} › text so far", "while it streams")
            yield _given("text", f"{each.label} › full text", "at the end")
            yield _given("yes_no", f"{each.label} › is waiting, streaming, done", "always")
        elif each.live:
            yield _given("stream", each.label, "while it streams")
        else:
            whole.setdefault(each.type, []).append(each)
    for type_, found in whole.items():
        names = ", ".join(each.label for each in found)
        yield _given(type_, names, "at the end" if streams else "when it has answered")


def _given(type: str, words: str, when: str) -> dict[str, Any]:
    mark = MARKS.get(family(type), "")
    icon = ICONS.get(family(type), "" if mark else "database")
    return {"mark": mark, "icon": icon, "stream": type == "stream", "words": words, "when": when}
