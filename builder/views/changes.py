"""Changes, undo and redo as the editor's pages ask for them: JSON in, JSON out."""

import json
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from builder import journal
from builder.access import app_here, catalog_of, person
from builder.errors import Invalid
from builder.kinds import kinds
from builder.models import App, Entry


@require_POST
def perform(request: HttpRequest, slug: str) -> JsonResponse:
    """One gesture: `{"label": "Move Stop", "changes": [{"do": "move", …}]}`."""
    app, who = app_here(request, slug), person(request)
    label, changes = _gesture(request.body)
    return done(request, app, journal.perform(app, who, label, changes))


@require_POST
def undo(request: HttpRequest, slug: str) -> JsonResponse:
    """Take back; `?page=` is the page that is open: what was changed on it is to be selected, and of what was changed
    elsewhere it is said where."""
    app, who = app_here(request, slug), person(request)
    return _gone(request, app, journal.undo(app, who), "Undone")


@require_POST
def redo(request: HttpRequest, slug: str) -> JsonResponse:
    app, who = app_here(request, slug), person(request)
    return _gone(request, app, journal.redo(app, who), "Redone")


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
    """What the editor needs to follow a gesture: the touched documents' revisions, and what undo and redo would do."""
    touched = {change["doc"].partition("/")[2] for change in entry.changes}
    rows = app.documents.filter(key__in=touched).values_list("kind", "key", "revision")
    documents = {f"{kind}/{key}": revision for kind, key, revision in rows}
    back, again = journal.undoable(app, person(request))
    names = {"undo": back, "redo": again}
    return {"ok": True, "entry": entry.pk, "mark": app.edited.isoformat(), "documents": documents} | names


def _gone(request: HttpRequest, app: App, entry: Entry, word: str) -> JsonResponse:
    answer = outcome(request, app, entry)
    changes, here = entry.inverses if entry.undone else entry.changes, request.GET.get("page", "")
    kind, _, key = next(
        (each["doc"] for each in changes if each["doc"] in (f"page/{here}", f"reusable/{here}")), changes[0]["doc"]
    ).partition("/")
    row = app.documents.filter(kind=kind, key=key).first()
    touched = [each["node"] for each in changes if row and each["doc"] == row.address and "node" in each]
    if row and key == here:
        there = [node for node in touched if node in row.body["nodes"]]
        answer |= {"select": there[0]} if there else {}
    elif row and here:
        answer["said"] = f"{word} on {kinds[kind].words(row.body, row.key, catalog_of(app))}: {entry.label}."
    return JsonResponse(answer)


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
