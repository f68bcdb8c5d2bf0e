"""What the command palette finds in an app: its pages, the elements of one, other documents, and places to go."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from builder.access import app_here, catalog_of, person
from builder.document import children, walk
from builder.elements import elements
from builder.expressions.catalog import Catalog
from builder.kinds import kinds
from builder.models import App, User
from builder.sections import sections_for
from builder.tabs import tab_bar


@dataclass(frozen=True, slots=True)
class Found:
    """One thing to go to; `hint` says where it is, `node` is an element of the open page."""

    kind: str
    label: str
    hint: str
    icon: str
    url: str
    node: str = ""


@require_GET
def commands(request: HttpRequest, slug: str) -> JsonResponse:
    """Everything there is to go to; `?page=` is the page whose elements are included."""
    app, page = app_here(request, slug), request.GET.get("page", "")
    found = [*_documents(app, catalog_of(app), page), *_places(app, person(request), page)]
    return JsonResponse({"found": [asdict(each) for each in found]})


def _documents(app: App, catalog: Catalog, page: str) -> Iterator[Found]:
    for kind in kinds.values():
        for body in catalog.bodies(kind.name):
            root = body["root"]
            name = body["nodes"][root]["name"] or kind.label
            if kind.icon:
                yield Found(kind.label, name, "", kind.icon, kind.url(app.slug, body, root))
            for key in (each for slot in kind.found for each in children(body, root, slot)):
                node = body["nodes"][key]
                yield Found(node["type"].capitalize(), node["name"], name, "send", kind.url(app.slug, body, key))
            for key in [*walk(body)][1:] if root == page else ():
                node = body["nodes"][key]
                if node["type"] in elements:
                    element = elements[node["type"]]
                    label = node["name"] or element.label
                    yield Found("Element", label, element.label, element.icon, kind.url(app.slug, body, key), key)


def _places(app: App, who: User, page: str) -> Iterator[Found]:
    for tab in tab_bar():
        yield Found("Tab", tab.label, "", tab.icon, tab.url(app, page or None))
    for section in sections_for(who):
        hint = "of the server" if section.of_server else "of this app"
        yield Found("Settings", section.label, hint, section.icon, reverse("settings", args=[app.slug, section.name]))
