"""A gesture in a view: it is performed, and the answer tells the page, once it shows the parts, what has changed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django_htmx.http import trigger_client_event

from builder.access import person
from builder.gestures.plan import Plan
from builder.journal import perform, undoable
from builder.models import App


def do(request: HttpRequest, app: App, plan: Plan) -> None:
    """Perform what a gesture comes to; one without changes is no entry."""
    if plan.changes:
        perform(app, person(request), plan.label, plan.changes)


def tell(answer: HttpResponse, event: str, **detail: Any) -> HttpResponse:
    """An event for the page; one of the same name takes its place."""
    return trigger_client_event(answer, event, detail, after="settle")


def tell_changed(answer: HttpResponse, request: HttpRequest, app: App) -> HttpResponse:
    """The app has changed, and the answer has drawn it: what undo and redo would do now."""
    back, again = undoable(app, person(request))
    return tell(answer, "sw-changed", verb="changes", drawn=True, documents={}, undo=back, redo=again)
