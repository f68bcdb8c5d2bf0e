"""Changes, undo and redo as the editor's pages ask for them: JSON in, JSON out."""

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
from builder.views.gestures import said_in
from builder.views.parts import answered, drawn
from builder.views.seen import Seen


@require_POST
def perform(request: HttpRequest, slug: str) -> JsonResponse:
    """One gesture: `{"label": "Move Stop", "changes": [{"do": "move", …}]}`."""
    app, who = app_here(request, slug), person(request)
    label, changes = _gesture(said_in(request))
    return done(request, app, journal.perform(app, who, label, changes))


@require_POST
def undo(request: HttpRequest, slug: str) -> HttpResponse:
    """Take back; `?page=` is the page that is open: what was changed on it is to be selected, and of what was changed
    elsewhere it is said where. Who says what they look at there, as with a gesture, is told what follows of it."""
    return _went(request, slug, back=True)


@require_POST
def redo(request: HttpRequest, slug: str) -> HttpResponse:
    return _went(request, slug, back=False)


@require_GET
def history(request: HttpRequest, slug: str) -> JsonResponse:
    """What undo and redo would do now, for a tab that hears of a change it did not make."""
    app = app_here(request, slug)
    back, again = journal.undoable(app, person(request))
    return JsonResponse({"undo": back, "redo": again})


def done(request: HttpRequest, app: App, entry: Entry) -> JsonResponse:
    """The answer to a gesture that was made."""
    return JsonResponse(outcome(request, app, entry))


def outcome(request: HttpRequest, app: App, entry: Entry) -> dict[str, Any]:
    """What the editor needs to follow a gesture: the mark of the app after it, and what undo and redo would do."""
    back, again = entry.names or journal.undoable(app, person(request))
    return {"ok": True, "entry": entry.pk, "mark": app.edited.isoformat(), "undo": back, "redo": again}


def _went(request: HttpRequest, slug: str, back: bool) -> HttpResponse:
    """The answer to an undo or a redo."""
    app, who = app_here(request, slug), person(request)
    entry, catalog = journal.go(app, who, back)
    here = request.GET.get("page", "")
    answer = outcome(request, app, entry) | _follows(entry, catalog, here)
    said = said_in(request) if request.content_type == "application/json" else {}
    page = catalog.page(here)
    if page and "canvas" in said:
        answer["parts"] = drawn(app, catalog, page, Seen.after(Plan(select=answer.get("select", "")), said))
    return answered(answer)


def _follows(entry: Entry, catalog: Catalog, here: str) -> dict[str, Any]:
    """What was changed on the page that is open, to be selected; of what was changed elsewhere, where."""
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
    """The label and the changes of a gesture; `Invalid` for anything else."""
    match said:
        case {"label": str(label), "changes": list(changes)}:
            return label, changes
    raise Invalid('A gesture is {"label": …, "changes": […]}.')
