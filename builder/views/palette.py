"""The palette: what can be put on a page, by groups."""

from dataclasses import dataclass

from django.template.loader import render_to_string

from builder.elements import elements
from builder.expressions.catalog import Catalog
from builder.gestures.spots import name_of
from builder.reusing import leads_to

# The group of the app's reusable elements.
REUSABLE = "Reusable"
GROUPS = ("Basics", "Inputs", "Containers", "Feedback", "Data and media", REUSABLE)
# These come first; others follow in the order of their registry.
FIRST = ("live_text", "text", "button", "heading", "image", "icon", "link", "markdown")


@dataclass(frozen=True, slots=True)
class Tile:
    """Something that can be put on a page: an element type, or a reusable element, `instance:<its key>`."""

    name: str
    label: str
    icon: str


def tiles(catalog: Catalog, page: str) -> list[tuple[str, list[Tile]]]:
    """What can be put on a page: the element types, and at the end the app's reusable elements."""
    order = [*(elements[name] for name in FIRST), *(each for each in elements.values() if each.name not in FIRST)]
    found = {
        group: [Tile(each.name, each.label, each.icon) for each in order if each.group == group] for group in GROUPS
    }
    return list((found | {REUSABLE: _reusables(catalog, page)}).items())


def reusable_tiles(catalog: Catalog, page: str) -> str:
    """The group of reusable elements as HTML: they can change while the tab is open."""
    return render_to_string("design/tiles.html", {"group": REUSABLE, "types": _reusables(catalog, page)})


def _reusables(catalog: Catalog, page: str) -> list[Tile]:
    """The ones that can be put on a page: none can contain itself."""
    return [
        Tile(f"instance:{each['root']}", name_of(each, each["root"]), "layers")
        for each in catalog.bodies("reusable")
        if page not in leads_to(catalog, each["root"])
    ]
