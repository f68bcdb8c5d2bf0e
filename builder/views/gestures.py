"""Gestures in views: performing them, and telling the page what changed once it shows the redrawn parts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django_htmx.http import trigger_client_event

from builder.access import catalog_of, person
from builder.expressions.catalog import Catalog
from builder.gestures.plan import Plan
from builder.journal import alone_with, perform, performed, repeated, undoable
from builder.models import App, Entry, User


@dataclass(frozen=True, slots=True)
class Made:
    """The outcome of a plan: its entry, None if it has no changes, and the app's documents after it."""

    plan: Plan
    entry: Entry | None
    catalog: Catalog


def made_of(app: App, who: User, planned: Callable[[Catalog], Plan]) -> Made:
    """Plan a gesture from the latest documents and perform it under a lock. One that is repeated because its answer was
    lost returns the result of the first time."""
    with alone_with(app):
        catalog, before = catalog_of(app), repeated(app, who)
        if before:
            return Made(Plan(before.label, before.changes), before, catalog)
        plan = planned(catalog)
        if not plan.changes:
            return Made(plan, None, catalog)
        return Made(plan, *performed(app, who, plan.label, plan.changes, catalog))


def do(request: HttpRequest, app: App, plan: Plan) -> None:
    """Perform the plan of a gesture; one without changes makes no entry."""
    if plan.changes:
        perform(app, person(request), plan.label, plan.changes)


def tell(answer: HttpResponse, event: str, **detail: Any) -> HttpResponse:
    """Add an event for the page; it replaces one of the same name."""
    return trigger_client_event(answer, event, detail, after="settle")


def tell_changed(answer: HttpResponse, request: HttpRequest, app: App) -> HttpResponse:
    """Tell the page that the app has changed and the response has drawn it, and what undo and redo would do."""
    back, again = undoable(app, person(request))
    return tell(answer, "sw-changed", verb="changes", drawn=True, undo=back, redo=again)
