"""Preview: a page as its visitors will have it, with the editor's debugger under it."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from builder.access import app_here, document_of, documents_of
from builder.edition import Edition
from builder.render import modules, page_html
from builder.tabs import tabs
from workflows.live.directory import load_page


def preview(request: HttpRequest, slug: str, page: str | None = None) -> HttpResponse:
    """A page of the app, live: drawn as a visitor gets it, then kept true over its socket."""
    app = app_here(request, slug)
    if page is None:
        first = documents_of(app, "page")[0]
        return redirect("preview", slug, first.key)
    document = document_of(app, "page", page)
    live = load_page(Edition.being_edited(app), page)
    listens: dict[str, list[str]] = {}
    for element, happening in live.listeners:
        if element:
            listens.setdefault(element, []).append(happening)
    context = {
        "app": app,
        "page": document,
        "title": document.root["props"].get("title") or document.name,
        "html": page_html(live.body, live.catalog, "live"),
        # The debugger listens before the page says which visit it is.
        "entries": ["live/debugger/bar", "live/page", *modules(live.body)],
        "back": tabs["design"].url(app, page),
        "socket": f"/ws/live/{app.slug}/{page}/",
        "listens": json.dumps(listens),
    }
    return render(request, "live/page.html", context)
