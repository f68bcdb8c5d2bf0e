"""The Workflows tab and all its gestures: workflows and their steps created, moved, copied, removed and set."""

from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from builder.access import app_here, person
from builder.errors import NotFound
from builder.gestures.plan import NotSet, Plan
from builder.models import App
from builder.people.rights import may
from builder.views.gestures import do
from builder.views.reading import json_value
from workflows import editing
from workflows.errors import RunElsewhere
from workflows.live import runs as live_runs
from workflows.models import Run
from workflows.views.answers import last_page, parts, runs_shown, whole
from workflows.views.here import Here, workflow_here
from workflows.views.screen import runs as runs_of
from workflows.views.screen import stage
from workflows.views.strip import mark

# Seconds that a stopped run has to end before the strip is drawn.
PATIENCE = 2.0


@require_GET
def tab(request: HttpRequest, slug: str) -> HttpResponse:
    """The tab at the workflow and step in its URL, else at the current page's first workflow."""
    app = app_here(request, slug)
    here = Here.of(app, request.GET.get("workflow", ""), request.GET.get("step", ""))
    page = request.GET.get("page") or last_page(request, app)
    if here.workflow is None:
        _at_first(here, page)
    if not request.htmx:  # type: ignore[attr-defined]
        return whole(request, here, page)
    return parts(request, here, focus=request.GET.get("focus", ""), push="quiet" not in request.GET)


def _at_first(here: Here, page: str) -> None:
    """Go to the first workflow of a page, else of the app."""
    found = here.catalog.workflows(page) or here.catalog.workflows()
    here.workflow = here.catalog.body("workflow", found[0]) if found else None


@require_GET
def runs(request: HttpRequest, slug: str, workflow: str) -> HttpResponse:
    """The strip of runs and the times on the stage: requested when a run has begun or ended since the page was drawn,
    while one is in progress, and when somebody chooses whose runs to see."""
    app = app_here(request, slug)
    workflow_here(app, workflow)
    of = runs_shown(request, app)
    shown = mark(app, workflow, of)
    if shown == request.GET.get("shown") and ":running" not in shown:
        return HttpResponse(status=204)
    return _newest(request, app, workflow, of)


@require_POST
def stop_run(request: HttpRequest, slug: str, workflow: str, run: str) -> HttpResponse:
    """Stop a run in progress (S30), in preview or on a visitor's page; returns the strip with its end."""
    app = app_here(request, slug)
    workflow_here(app, workflow)
    kept = Run.objects.filter(app=app, workflow=workflow, id=run)
    if not kept.exists():
        raise NotFound
    ending = live_runs.stop_run(app.pk, run)
    if ending:
        with suppress(TimeoutError):
            ending.result(PATIENCE)
    elif kept.filter(state="running").exists():
        raise RunElsewhere
    return _newest(request, app, workflow, runs_shown(request, app))


def _newest(request: HttpRequest, app: App, workflow: str, of: str) -> HttpResponse:
    """The strip and the times on the stage, if the page still shows this workflow."""
    here = Here.looked_at(request, app)
    if here.workflow is None or here.workflow["root"] != workflow:
        return HttpResponse(status=204)
    context = {"app": app, "here": here, "parts": True, "may_edit": may("edit", app, person(request))}
    context |= stage(here) | runs_of(here, of)
    return render(request, "workflows/newest.html", context)


# A workflow


@require_POST
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Create a workflow for an event, possibly of a given element."""
    app = app_here(request, slug)
    catalog = Here.of(app).catalog
    said = request.POST
    pages = [body["root"] for body in catalog.bodies("page")]
    page = said.get("page") or (pages[0] if pages else "")
    plan = editing.new_workflow(catalog, page, said.get("event", ""), said.get("element"))
    do(request, app, plan)
    return parts(request, Here.of(app, plan.select), plan, focus="event-options", push=True)


@require_POST
def rename(request: HttpRequest, slug: str, workflow: str) -> HttpResponse:
    app = app_here(request, slug)
    body, catalog = workflow_here(app, workflow)
    return _done(request, app, workflow, editing.rename(body, request.POST.get("name", ""), catalog))


@require_POST
def duplicate(request: HttpRequest, slug: str, workflow: str) -> HttpResponse:
    app = app_here(request, slug)
    plan = editing.duplicate(*workflow_here(app, workflow))
    do(request, app, plan)
    return parts(request, Here.of(app, plan.select), plan, focus=f"row-{plan.select}", push=True)


@require_POST
def delete(request: HttpRequest, slug: str, workflow: str) -> HttpResponse:
    """Remove a workflow. Undo brings it back."""
    app = app_here(request, slug)
    body, catalog = workflow_here(app, workflow)
    plan = editing.delete(body, catalog)
    do(request, app, plan)
    here = Here.looked_at(request, app)
    if here.workflow is None:
        _at_first(here, body["nodes"][workflow]["props"].get("page", ""))
    return parts(request, here, plan, deleted=plan.label.removeprefix("Delete "))


@require_POST
def set_workflow(request: HttpRequest, slug: str, workflow: str, prop: str) -> HttpResponse:
    """Set a property of the event."""
    app = app_here(request, slug)
    body, catalog = workflow_here(app, workflow)
    value = _value(request, prop)
    try:
        plan = editing.set_event(body, prop, value, catalog)
    except NotSet as wrong:
        return parts(request, Here.of(app, workflow), wrong=wrong, typed=value)
    return _done(request, app, workflow, plan)


# A step


@require_POST
def add_step(request: HttpRequest, slug: str, workflow: str) -> HttpResponse:
    """Add a step for an action, at an index or at the end. Its first option gets the focus."""
    app = app_here(request, slug)
    body, catalog = workflow_here(app, workflow)
    at = request.POST.get("index", "")
    index = int(at) if at.isdecimal() else len(body["nodes"])
    plan = editing.add_step(body, request.POST.get("action", ""), index, catalog, request.POST.get("choice", ""))
    return _done(request, app, workflow, plan, plan.select, "step-options")


@require_POST
def move_step(request: HttpRequest, slug: str, workflow: str, step: str, way: str) -> HttpResponse:
    app = app_here(request, slug)
    body, catalog = workflow_here(app, workflow)
    return _done(request, app, workflow, editing.move_step(body, step, way, catalog), step, f"card-{step}")


@require_POST
def duplicate_step(request: HttpRequest, slug: str, workflow: str, step: str) -> HttpResponse:
    app = app_here(request, slug)
    body, catalog = workflow_here(app, workflow)
    plan = editing.duplicate_step(body, step, catalog)
    return _done(request, app, workflow, plan, plan.select, f"card-{plan.select}")


@require_POST
def delete_step(request: HttpRequest, slug: str, workflow: str, step: str) -> HttpResponse:
    """Remove a step. Undo brings it back."""
    app = app_here(request, slug)
    body, catalog = workflow_here(app, workflow)
    plan = editing.delete_step(body, step, catalog)
    do(request, app, plan)
    focus = f"card-{plan.select or workflow}"
    name = plan.label.removeprefix("Delete ")
    return parts(request, Here.of(app, workflow, plan.select), plan, focus=focus, deleted=name)


@require_POST
def set_step(request: HttpRequest, slug: str, workflow: str, step: str, prop: str) -> HttpResponse:
    """Set a property of a step. Input that its field refuses stays as typed, with the error below it."""
    app = app_here(request, slug)
    body, catalog = workflow_here(app, workflow)
    value = _value(request, prop)
    try:
        plan = editing.set_step(body, step, prop, value, catalog)
    except NotSet as wrong:
        return parts(request, Here.of(app, workflow, step), wrong=wrong, typed=value)
    return _done(request, app, workflow, plan, step)


# Inside


def _done(request: HttpRequest, app: App, workflow: str, plan: Plan, step: str = "", focus: str = "") -> HttpResponse:
    """Perform a gesture and draw the workflow in its new state, at the step concerned."""
    do(request, app, plan)
    return parts(request, Here.of(app, workflow, step), plan, focus=focus)


def _value(request: HttpRequest, prop: str) -> Any:
    """What a control sent: `json` for a value that may be dynamic, else what was chosen under the property's own
    name."""
    return json_value(request.POST["json"]) if "json" in request.POST else request.POST.get(prop, "")
