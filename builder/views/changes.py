"""Changes, undo and redo as the editor's pages ask for them: JSON in, JSON out."""

import json
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from builder import journal
from builder.access import app_here, person
from builder.errors import Invalid
from builder.models import App, Entry


@require_POST
def perform(request: HttpRequest, slug: str) -> JsonResponse:
    """One gesture: `{"label": "Move Stop", "changes": [{"do": "move", …}]}`."""
    app = app_here(request, slug)
    label, changes = _gesture(request.body)
    entry = journal.perform(app, person(request), label, changes)
    return done(request, app, entry)


@require_POST
def undo(request: HttpRequest, slug: str) -> JsonResponse:
    app = app_here(request, slug)
    return done(request, app, journal.undo(app, person(request)))


@require_POST
def redo(request: HttpRequest, slug: str) -> JsonResponse:
    app = app_here(request, slug)
    return done(request, app, journal.redo(app, person(request)))


@require_GET
def history(request: HttpRequest, slug: str) -> JsonResponse:
    """What undo and redo would do now, for a tab that hears of a change it did not make."""
    app = app_here(request, slug)
    back, again = journal.undoable(app, person(request))
    return JsonResponse({"undo": back, "redo": again})


def done(request: HttpRequest, app: App, entry: Entry) -> JsonResponse:
    """What the editor needs to follow a gesture: the touched documents' revisions, and what undo and redo would do."""
    touched = {change["doc"].partition("/")[2] for change in entry.changes}
    documents = {row.address: row.revision for row in app.documents.filter(key__in=touched)}
    back, again = journal.undoable(app, person(request))
    return JsonResponse({"ok": True, "entry": entry.pk, "documents": documents, "undo": back, "redo": again})


def _gesture(text: bytes) -> tuple[str, list[Any]]:
    """The label and the changes of a gesture; `Invalid` for anything else."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Invalid("This is not JSON.") from error
    match said:
        case {"label": str(label), "changes": list(changes)}:
            return label, changes
    raise Invalid('A gesture is {"label": …, "changes": […]}.')
