"""The Design tab: the page with its palette, tree and panel, and the gestures that change it."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from builder.access import app_here, catalog_of, page_of, person
from builder.checking.issues import left_behind
from builder.drawing.outline import tree_pieces
from builder.drawing.pieces import Drawing
from builder.drawing.render import canvas_pieces
from builder.expressions.catalog import Catalog
from builder.gestures import planned
from builder.gestures.plan import NotSet, Plan
from builder.gestures.spots import name_of, node_there, targets
from builder.kinds.page import ROOTS
from builder.models import App, User
from builder.sections.media import with_media
from builder.tabs import tabs
from builder.views.changes import outcome
from builder.views.gestures import made_of
from builder.views.look import address_of_look
from builder.views.palette import tiles
from builder.views.parts import answered, body_of, drawn, node_context, page_context
from builder.views.reading import json_object
from builder.views.seen import Seen
from builder.views.shell import shell


@never_cache
@require_GET
def design(request: HttpRequest, slug: str, page: str | None = None) -> HttpResponse:
    """The whole tab; `?node=` is the selected element."""
    app = app_here(request, slug)
    if page:
        page_of(app, page)
    around = shell(request, app, "design", page)
    if around["page"] is None:
        return render(request, "design/no_page.html", around)
    catalog = catalog_of(app)
    context = page_context(app, catalog, body_of(catalog, around["page"].key), Seen.asked(request.GET))
    tree, palette = Drawing(tree_pieces(context["rows"])), tiles(catalog, around["page"].key)
    return render(request, "design/tab.html", around | {"palette": palette, "tree": tree} | context)


@require_GET
def parts(request: HttpRequest, slug: str, page: str) -> HttpResponse:
    """The parts of the tab that depend on a change: all of them, or with `?only=panel` those that depend on the
    selection."""
    app = app_here(request, slug)
    catalog = catalog_of(app)
    body = catalog.page(page)
    if body is None:
        return JsonResponse({"gone": tabs["design"].url(app, None)})
    seen = Seen.asked(request.GET)
    if request.GET.get("only") == "panel":
        context = node_context(app, catalog, body, seen)
        panel = render_to_string("design/panel.html", context)
        return JsonResponse({"node": context["node"], "nodes": context["nodes"], "panel": panel})
    return answered(drawn(app, catalog, body, seen))


@never_cache
@require_GET
def canvas(request: HttpRequest, slug: str, page: str) -> HttpResponse:
    """The page as it looks, for the frame in the middle: without scripts, with samples for bound values."""
    app = app_here(request, slug)
    catalog = catalog_of(app)
    body = body_of(catalog, page)
    drawing = Drawing(canvas_pieces(body, catalog, Seen.asked(request.GET).show))
    context = {"drawing": drawing, "title": name_of(body, body["root"]), "look": address_of_look(app, body, catalog)}
    return with_media(render(request, "design/canvas.html", context), app)


@require_GET
def places(request: HttpRequest, slug: str, page: str) -> HttpResponse:
    """The dialog "Move to…": every place an element can be moved to, the first one if several are to be moved."""
    app = app_here(request, slug)
    body = body_of(catalog_of(app), page)
    keys = request.GET.getlist("node") or [""]
    node_there(body, keys[0])
    name = name_of(body, keys[0]) if len(keys) == 1 else f"{len(keys)} elements"
    found = [(each, _begun(each.words(body))) for each in targets(body, keys[0])]
    return render(request, "design/places.html", {"node": keys[0], "name": name, "places": found})


@require_POST
def gesture(request: HttpRequest, slug: str, page: str) -> HttpResponse:
    """Perform one gesture: `{"do": "move", "node": "el_k3x9q2", "way": "up", "selected": "el_k3x9q2"}`. The answer
    includes the redrawn parts. A value rejected by its field is not an error of the request: the answer is the sentence
    to show below the field."""
    app, who = app_here(request, slug), person(request)
    said = json_object(request)
    try:
        made = made_of(app, who, lambda catalog: planned(said, body_of(catalog, page), catalog))
    except NotSet as refused:
        return JsonResponse({"ok": False, "prop": refused.prop, "sentence": refused.sentence})
    plan, catalog = made.plan, made.catalog
    if made.entry is None:
        return JsonResponse({"ok": False, "say": plan.say, "toast": _doubted(plan, said) if plan.doubt else ""})
    answer = outcome(request, app, made.entry)
    toast = _deleted(plan.deleted, app, who, catalog) if plan.deleted else ""
    if go := _elsewhere(app, page, plan):
        if toast:
            messages.info(request, toast, extra_tags="drawn")
        return JsonResponse(answer | {"say": plan.say, "go": go})
    parts = drawn(app, catalog, body_of(catalog, page), Seen.after(plan, said))
    follows = {"say": plan.say, "said": plan.came, "select": plan.select, "selection": plan.selection, "toast": toast}
    return answered(answer | follows | {"parts": parts})


def _deleted(name: str, app: App, who: User, catalog: Catalog) -> str:
    """The message that something was deleted, with a button that restores it."""
    return render_to_string("parts/undo_toast.html", {"deleted": name, "used": left_behind(app, who, catalog)})


def _doubted(plan: Plan, said: dict[str, Any]) -> str:
    """The message that nothing was done yet and why, with a button that does it."""
    again = {name: said[name] for name in ("do", "node", "nodes") if name in said} | {"anyway": True}
    return render_to_string(
        "parts/doubt_toast.html", {"say": plan.say, "doubt": plan.doubt, "gesture": json.dumps(again)}
    )


def _elsewhere(app: App, page: str, plan: Plan) -> str:
    """The URL to continue at, if a gesture leads away from this page."""
    kind, _, key = plan.changes[0]["doc"].partition("/")
    if kind == "workflow":
        return f"{tabs['workflows'].url(app, page)}?workflow={key}" if "workflows" in tabs else ""
    if kind in ROOTS and plan.changes[0]["do"] == "create" and plan.select == key:
        return f"{tabs['design'].url(app, key)}?name=1"
    return tabs["design"].url(app, None) if kind in ROOTS and plan.changes[0]["do"] == "delete" else ""


def _begun(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
