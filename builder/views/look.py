"""A page's own style sheet, at a URL that identifies its content: cached by browsers permanently."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from builder.access import app_here, catalog_of, page_of
from builder.document import Body
from builder.expressions.catalog import Catalog
from builder.models import App
from builder.styling.sheet import digest, sheet

FOR_GOOD = "private, max-age=31536000, immutable"


@require_safe
def look(request: HttpRequest, slug: str, page: str, name: str) -> HttpResponse:
    """The style sheet of a page being edited, for canvas and preview."""
    app = app_here(request, slug)
    return answer_sheet(sheet(page_of(app, page).body, catalog_of(app)), name)


def address_of_look(app: App, body: Body, catalog: Catalog) -> str:
    """Its URL; "" for a page that needs none."""
    text = sheet(body, catalog)
    return reverse("look", args=[app.slug, body["root"], digest(text)]) if text else ""


def answer_sheet(text: str, name: str) -> HttpResponse:
    """Respond with a style sheet requested by its name. One that has changed since is sent as well, but is not
    cacheable."""
    answer = HttpResponse(text, content_type="text/css; charset=utf-8")
    answer["Cache-Control"] = FOR_GOOD if digest(text) == name else "no-store"
    return answer
