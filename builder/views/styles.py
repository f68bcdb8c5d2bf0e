"""The Styles tab: the app's starting theme, its colours and fonts, its named styles, and a page to preview them."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from builder.access import app_here, catalog_of, person
from builder.checking.issues import left_behind
from builder.document import Body
from builder.drawing.render import page_html, sheets
from builder.errors import Invalid
from builder.expressions.catalog import Catalog
from builder.gestures import planned
from builder.gestures.plan import NotSet
from builder.models import App
from builder.styling.looks import styles_of, theme_of
from builder.styling.sheet import digest, sheet
from builder.styling.theme import fonts
from builder.styling.theme_rows import SIDES, colour_rows, pictures, stylable, style_here, style_rows
from builder.styling.theme_sample import sample_page
from builder.views.changes import outcome
from builder.views.gestures import made_of
from builder.views.reading import json_object
from builder.views.shell import shell

# The gestures that concern the theme and not a page.
ABOUT = {"choose_theme", "set_token", "add_to_theme", "set_style", "rename_in_theme", "remove_from_theme"}
ABOUT |= {"detach_all", "remove_style"}


@never_cache
@require_GET
def styles_tab(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole tab; `?node=` is the named style, colour or font to open."""
    app = app_here(request, slug)
    context = shell(request, app, "styles") | _context(app, catalog_of(app), request.GET.get("node", ""))
    return render(request, "styles/tab.html", context)


@require_GET
def parts(request: HttpRequest, slug: str) -> JsonResponse:
    """The parts of the tab that depend on a change."""
    app = app_here(request, slug)
    return JsonResponse(_drawn(app, catalog_of(app), request.GET.get("node", "")))


@require_POST
def gesture(request: HttpRequest, slug: str) -> JsonResponse:
    """Perform one gesture on the theme: `{"do": "set_token", "token": "accent", "side": "light", "value": "#2f6f4f"}`,
    with `"open"`, the open style. A value rejected by its field is answered with the sentence to show below it."""
    app, who = app_here(request, slug), person(request)
    said = json_object(request)
    if said.get("do") not in ABOUT:
        raise Invalid("There is no such gesture here.")
    try:
        # The theme's gestures need no particular page.
        made = made_of(app, who, lambda catalog: planned(said, sample_page("light"), catalog))
    except NotSet as refused:
        return JsonResponse({"ok": False, "prop": refused.prop, "sentence": refused.sentence})
    plan, catalog = made.plan, made.catalog
    if made.entry is None:
        return JsonResponse({"ok": False, "say": plan.say})
    undo = {"deleted": plan.deleted, "used": left_behind(app, who, catalog) if plan.deleted else ""}
    toast = render_to_string("parts/undo_toast.html", undo) if plan.deleted else ""
    opened = plan.select if plan.select.startswith("sy_") else str(said.get("open", ""))
    follows = {"say": plan.say, "toast": toast, "parts": _drawn(app, catalog, opened), "made": plan.select}
    return JsonResponse(outcome(request, app, made.entry) | follows)


@never_cache
@require_GET
def sample(request: HttpRequest, slug: str) -> HttpResponse:
    """A small page with the app's theme, `?side=dark` or light; with `?node=` an element with that named style."""
    app = app_here(request, slug)
    catalog, body = catalog_of(app), _sample(request, catalog_of(app))
    address = f"{reverse('styles-look', args=[slug, digest(sheet(body, catalog))])}?{request.GET.urlencode()}"
    html = page_html(body, catalog, "edit")
    return render(request, "styles/sample.html", {"html": html, "look": address, "sheets": sheets(body)})


@require_safe
def look(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """The sample's own style sheet."""
    app = app_here(request, slug)
    catalog = catalog_of(app)
    return HttpResponse(sheet(_sample(request, catalog), catalog), content_type="text/css; charset=utf-8")


def _sample(request: HttpRequest, catalog: Catalog) -> Body:
    side, style = request.GET.get("side", ""), request.GET.get("node", "")
    found = styles_of(catalog).get(style)
    return sample_page(side if side in SIDES else "light", style, found["props"]["element"] if found else "")


def _drawn(app: App, catalog: Catalog, node: str) -> dict[str, Any]:
    context = _context(app, catalog, node)
    here = context["here"]
    return {
        "node": here.key if here else "",
        "left": render_to_string("styles/left.html", context),
        "stage": render_to_string("styles/stage.html", context),
    }


def _context(app: App, catalog: Catalog, node: str) -> dict[str, Any]:
    theme = theme_of(catalog)
    return {
        "app": app,
        "here": style_here(node, catalog),
        "pictures": pictures(theme),
        "colours": colour_rows(theme),
        "fonts": fonts(theme),
        "styles": style_rows(catalog),
        "stylable": stylable(),
        "sides": SIDES,
    }
