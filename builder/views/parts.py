"""The parts of the Design tab that depend on a change, redrawn; of tree and canvas only what differs from the
browser's."""

from typing import Any

import orjson
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string

from builder.checking.issues import issues_of
from builder.document import Body
from builder.drawing.outline import rows, tree_pieces
from builder.drawing.pieces import Drawing
from builder.drawing.render import canvas_pieces
from builder.elements import elements
from builder.errors import NotFound
from builder.expressions.catalog import Catalog
from builder.gestures.plan import doc_of
from builder.gestures.spots import name_of
from builder.kinds.page import ROOTS
from builder.models import App
from builder.styling.sheet import sheet
from builder.views.palette import reusable_tiles
from builder.views.panel import panel_context
from builder.views.seen import Seen


def drawn(app: App, catalog: Catalog, body: Body, seen: Seen) -> dict[str, Any]:
    """All parts of the tab that depend on a change, as HTML, of tree and canvas only what differs from the browser's;
    also the pages' names, and the palette's reusable elements."""
    context = page_context(app, catalog, body, seen)
    return {
        "node": context["node"],
        "nodes": context["nodes"],
        "seen": seen.mark,
        "panel": render_to_string("design/panel.html", context),
        "tree": Drawing(tree_pieces(context["rows"])).since(seen.tree),
        "status": render_to_string("design/status.html", context),
        "look": sheet(body, catalog),
        "canvas": Drawing(canvas_pieces(body, catalog, seen.show)).since(seen.canvas),
        "pages": {each["root"]: name_of(each, each["root"]) for kind in ROOTS for each in catalog.bodies(kind)},
        "reusables": reusable_tiles(catalog, body["root"]),
    }


def body_of(catalog: Catalog, page: str) -> Body:
    """A page or a reusable element of an app. Raises NotFound."""
    body = catalog.page(page)
    if body is None:
        raise NotFound
    return body


def page_context(app: App, catalog: Catalog, body: Body, seen: Seen) -> dict[str, Any]:
    """The context of tree, panel and status bar."""
    issues = issues_of(app, catalog)
    tree = rows(body, catalog, {issue.node for issue in issues if issue.doc == doc_of(body)})
    return {
        "rows": tree,
        "streams": len({row.stream for row in tree if row.stream}),
        "issues": issues,
        **node_context(app, catalog, body, seen),
    }


def node_context(app: App, catalog: Catalog, body: Body, seen: Seen) -> dict[str, Any]:
    """The context of the panel. If the selection no longer exists, or is not an element, the page is selected
    instead."""
    there = [
        each for each in (seen.node, *seen.nodes) if each in body["nodes"] and body["nodes"][each]["type"] in elements
    ]
    node = seen.node if seen.node in there else body["root"]
    chosen = [each for each in dict.fromkeys(seen.nodes) if each in there]
    nodes = chosen if node in chosen else [node]
    about = {"app": app, "doc": doc_of(body), "node": node, "nodes": nodes, "catalog": catalog}
    return about | panel_context(app, body, node, catalog, nodes, seen.at)


def answered(found: dict[str, Any]) -> HttpResponse:
    """A response with long texts as JSON, faster than a `JsonResponse`, which is still used for texts with lone
    surrogates."""
    try:
        return HttpResponse(orjson.dumps(found), content_type="application/json")
    except TypeError:
        return JsonResponse(found)
