"""Preview: a page as its visitors will see it, with the editor's debugger below."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from builder.access import app_here, catalog_of
from builder.addresses import page_at, with_query
from builder.drawing.render import modules, sheets
from builder.edition import Edition
from builder.errors import NotFound
from builder.parameters import kept
from builder.sections.media import with_media
from builder.styling.sheet import digest
from builder.tabs import tabs
from workflows.live.directory import load_page
from workflows.live.page import LivePage


def preview(request: HttpRequest, slug: str, page: str | None = None) -> HttpResponse:
    """A page of the app, live: rendered as a visitor gets it, then kept up to date over its socket."""
    app = app_here(request, slug)
    if page is None:
        first = page_at(catalog_of(app), "")
        if first is None:
            raise NotFound
        return redirect(with_query(reverse("preview", args=[slug, first["root"]]), request.META["QUERY_STRING"]))
    edition = Edition.being_edited(app)
    live = load_page(edition, page)
    context = drawn(edition, live)
    # The debugger has to listen before the page announces its visit.
    context["entries"] = ["live/debugger/bar", *context["entries"]]
    if live.sheet:
        context["look"] = reverse("look", args=[app.slug, page, digest(live.sheet)])
    context |= {"back": tabs["design"].url(app, page), "socket": socket(f"/ws/live/{app.slug}/{page}/", live, request)}
    context["frames"] = f"/apps/{app.slug}/design/{page}/canvas/html/"
    return with_media(render(request, "live/preview.html", context), app)


def socket(path: str, live: LivePage, request: HttpRequest) -> str:
    """The URL of a page's socket, with the parameters from the page's own URL: another URL is another visit."""
    return with_query(path, kept(live.body, request.META["QUERY_STRING"]))


def drawn(edition: Edition, live: LivePage) -> dict[str, Any]:
    """The context of `live/page.html`, except the socket."""
    root = live.body["nodes"][live.key]
    listens: dict[str, list[str]] = {}
    for element, happening in live.listeners:
        if element:
            listens.setdefault(element, []).append(happening)
    return {
        "app": edition.app,
        "name": root["name"],
        "title": root["props"].get("title") or root["name"],
        "description": root["props"].get("description", ""),
        "html": live.html,
        "sheets": sheets(live.body),
        # The elements' modules are loaded before the page asks what they should show.
        "entries": [*modules(live.body), "live/page"],
        "mark": edition.mark,
        "listens": json.dumps(listens),
    }
