"""The fixes of the issue checker (S43): one press resolves an issue, through the same door as every other change."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from builder import journal
from builder.access import app_here, catalog_of, person
from builder.checking.issues import fix_of
from builder.errors import Invalid
from builder.models import App, Entry, User
from builder.views.changes import outcome
from builder.views.reading import json_object


@require_POST
def fix(request: HttpRequest, slug: str) -> JsonResponse:
    """`{"doc": "page/pg_x", "node": "el_x", "prop": "level", "label": "Set it to level 2"}`: the issue and its button's
    label, so that nothing is done but what was read. Gone if somebody else was faster."""
    app, who = app_here(request, slug), person(request)
    entry, said = apply_fix(app, who, *_asked(json_object(request)))
    toast = render_to_string("parts/done_toast.html", {"said": said})
    return JsonResponse(outcome(request, app, entry) | {"toast": toast})


def apply_fix(app: App, who: User, doc: str, node: str, prop: str, label: str) -> tuple[Entry, str]:
    """Perform a fix; returns its entry, and what was done in a sentence. Raises `Gone`."""
    with journal.alone_with(app):
        if first := journal.repeated(app, who):
            return first, f"{first.label}."
        catalog = catalog_of(app)
        found = fix_of(app, catalog, doc, node, prop, label)
        return journal.performed(app, who, found.label, found.changes, catalog)[0], found.done


def _asked(said: dict[str, Any]) -> tuple[str, str, str, str]:
    match said:
        case {"doc": str(doc), "node": str(node), "prop": str(prop), "label": str(label)}:
            return doc, node, prop, label
    raise Invalid("This names no issue.")
