"""What the canvas plays: how the texts of a page grew while their samples were recorded."""

from dataclasses import astuple

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from builder.access import app_here, catalog_of, page_of
from builder.composing.playing import played
from builder.document import walk
from builder.elements import elements
from builder.expressions.catalog import Place
from builder.expressions.shape import is_dynamic


@require_GET
def play(request: HttpRequest, slug: str, page: str) -> JsonResponse:
    """`{"plays": [{"node", "prop", "steps": [[ms, kept, text], …]}]}`, for a single element with `?node=`."""
    app = app_here(request, slug)
    body, catalog = page_of(app, page).body, catalog_of(app)
    node, plays = request.GET.get("node"), []
    for key in walk(body):
        holder = body["nodes"][key]
        if holder["type"] not in elements or node not in (None, "", key):
            continue
        for prop, way in elements[holder["type"]].live.items():
            value = holder["props"].get(prop)
            if way != "text" or not is_dynamic(value):
                continue
            if steps := played(value, Place(catalog, page=body["root"], element=key)):
                plays.append({"node": key, "prop": prop, "steps": [astuple(step) for step in steps]})
    return JsonResponse({"plays": plays})
