"""The editor's shell: the context of its top bar, and the tabs that are only announced so far."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from builder.access import app_here, apps_of, documents_of, person
from builder.journal import undoable
from builder.models import App, Document
from builder.people.rights import may
from builder.tabs import tab_bar, tabs


def shell(request: HttpRequest, app: App, tab: str, page: str | None = None, **more: Any) -> dict[str, Any]:
    """The context of `editor.html` for one tab of an app; `page` is the key of the requested page.

    A tab's template extends `editor.html` and fills its blocks; anything else it needs is passed as `more`.
    """
    pages, reusables = documents_of(app, "page"), documents_of(app, "reusable")
    here = _page_here(request, app, pages, reusables, page)
    undo, redo = undoable(app, person(request))
    at = here.key if here else None
    # Only pages can be previewed by themselves.
    page_at = at if here in pages else None
    preview, publish = tabs.get("preview"), tabs.get("publish")
    return {
        "app": app,
        "apps": apps_of(request.user),
        "tab": tabs[tab],
        "bar": [{"tab": one, "url": one.url(app, at)} for one in tab_bar()],
        "pages": pages,
        "reusables": reusables,
        "page": here,
        "undo": undo,
        "redo": redo,
        "preview_url": preview.url(app, page_at) if preview else None,
        "publish_url": publish.url(app, page_at) if publish else None,
        "may_edit": may("edit", app, request.user),
        **more,
    }


def _page_here(
    request: HttpRequest, app: App, pages: list[Document], reusables: list[Document], wanted: str | None
) -> Document | None:
    """The requested page or reusable element, else the one last visited, else the first page."""
    last = request.session.get("pages", {})
    by_key = {page.key: page for page in (*pages, *reusables)}
    page = by_key.get(wanted or "") or by_key.get(last.get(app.id, "")) or next(iter(pages), None)
    if wanted in by_key and last.get(app.id) != wanted:
        request.session["pages"] = last | {app.id: wanted}
    return page


def promise(request: HttpRequest, slug: str, tab: str, page: str | None = None) -> HttpResponse:
    """A tab that is not built yet says in one line what it will do."""
    app = app_here(request, slug)
    return render(request, "tabs/promise.html", shell(request, app, tab, page))
