"""Changes, undo and redo as requested by the editor's pages: JSON in, JSON out."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from builder import journal
from builder.access import app_here, person
from builder.errors import Invalid
from builder.expressions.catalog import Catalog
from builder.gestures.plan import Plan
from builder.kinds import kinds
from builder.models import App, Entry
from builder.views.parts import answered, drawn
from builder.views.reading import json_object
from builder.views.seen import Seen


@require_POST
def perform(request: HttpRequest, slug: str) -> JsonResponse:
    """Perform one gesture: `{"label": "Move Stop", "changes": [{"do": "move", …}]}`."""
    app, who = app_here(request, slug), person(request)
    label, changes = _gesture(json_object(request))
    return done(request, app, journal.perform(app, who, label, changes))


@require_POST
def undo(request: HttpRequest, slug: str) -> HttpResponse:
    """Undo. `?page=` is the open page: what was changed on it is to be selected, and for changes elsewhere the answer
    says where. If the request says what is being viewed there, as with a gesture, the answer includes the redrawn
    parts."""
    return _went(request, slug, back=True)


@require_POST
def redo(request: HttpRequest, slug: str) -> HttpResponse:
    return _went(request, slug, back=False)


@require_GET
def history(request: HttpRequest, slug: str) -> JsonResponse:
    """What undo and redo would do, for a tab notified of a change that it did not make."""
    app = app_here(request, slug)
    back, again = journal.undoable(app, person(request))
    return JsonResponse({"undo": back, "redo": again})


def done(request: HttpRequest, app: App, entry: Entry) -> JsonResponse:
    """The response to a performed gesture."""
    return JsonResponse(outcome(request, app, entry))


def outcome(request: HttpRequest, app: App, entry: Entry) -> dict[str, Any]:
    """What the editor needs after a gesture: the app's new mark, and what undo and redo would do."""
    back, again = entry.names or journal.undoable(app, person(request))
    return {"ok": True, "entry": entry.pk, "mark": app.edited.isoformat(), "undo": back, "redo": again}


def _went(request: HttpRequest, slug: str, back: bool) -> HttpResponse:
    """The response to an undo or a redo."""
    app, who = app_here(request, slug), person(request)
    said = json_object(request) if request.content_type == "application/json" else {}
    entry, catalog = journal.go(app, who, back)
    here = request.GET.get("page", "")
    answer = outcome(request, app, entry) | _follows(entry, catalog, here)
    page = catalog.page(here)
    if page and "canvas" in said:
        answer["parts"] = drawn(app, catalog, page, Seen.after(Plan(select=answer.get("select", "")), said))
    return answered(answer)


def _follows(entry: Entry, catalog: Catalog, here: str) -> dict[str, Any]:
    """What was changed on the open page, to be selected; for changes elsewhere, a sentence saying where."""
    changes = entry.inverses if entry.undone else entry.changes
    on_page = (each["doc"] for each in changes if each["doc"] in (f"page/{here}", f"reusable/{here}"))
    doc = next(on_page, changes[0]["doc"])
    kind, _, key = doc.partition("/")
    body = catalog.body(kind, key)
    if body is None or not here:
        return {}
    if key != here:
        word = "Undone" if entry.undone else "Redone"
        return {"said": f"{word} on {kinds[kind].words(body, key, catalog)}: {entry.label}."}
    touched = [each["node"] for each in changes if each["doc"] == doc and each.get("node") in body["nodes"]]
    return {"select": touched[0]} if touched else {}


def _gesture(said: dict[str, Any]) -> tuple[str, list[Any]]:
    """The label and the changes of a gesture. Raises `Invalid` for anything else."""
    match said:
        case {"label": str(label), "changes": list(changes)}:
            return label, changes
    raise Invalid('A gesture is {"label": …, "changes": […]}.')
