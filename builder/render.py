"""Pages drawn as HTML: for a visitor, where values that move begin empty; for the canvas, where they show a sample.

Pure: a page's body, the app's catalog and a mode in, HTML out. No request, no row.
"""

from typing import Any, Literal

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from builder.document import Body, children, walk
from builder.elements import Element, elements
from builder.expressions.catalog import Catalog, Place
from builder.expressions.chips import sample
from builder.expressions.shape import is_dynamic

Mode = Literal["live", "edit"]


def page_html(body: Body, catalog: Catalog | None, mode: Mode) -> SafeString:
    """A whole page: its root element with everything in it."""
    return element_html(body, catalog, body["root"], mode)


def element_html(body: Body, catalog: Catalog | None, key: str, mode: Mode) -> SafeString:
    """One element with everything in it, as it stands in the page. Raises KeyError for an id that is not there."""
    holder = body["nodes"][key]
    element = elements[holder["type"]]
    values = element.values(holder["props"])
    shown = {prop: _shown(element, prop, value, _place(body, catalog, key), mode) for prop, value in values.items()}
    inside = (element_html(body, catalog, child, mode) for child in children(body, key))
    context = {
        "key": key,
        "editing": mode == "edit",
        "root": _root(element, key, values, mode),
        "children": mark_safe("".join(inside)),  # Each part is the output of a template.
    }
    return mark_safe(render_to_string(element.template, shown | element.context(shown) | context).strip())


def modules(body: Body) -> list[str]:
    """The scripts that the elements of a page need, by the names they are imported by."""
    types = {body["nodes"][key]["type"] for key in walk(body)}
    return sorted({module for type in types if type in elements for module in elements[type].modules})


def _place(body: Body, catalog: Catalog | None, key: str) -> Place:
    own = Catalog([("page", body["root"], body)])
    return Place(catalog or own, page=body["root"], element=key)


def _shown(element: Element, prop: str, value: Any, place: Place, mode: Mode) -> Any:
    """What stands in the page for a value before any visit: itself, or for one that moves nothing, or a sample."""
    if not is_dynamic(value):
        return value
    way = element.live.get(prop, "")
    if mode == "live" or way in ("hidden", "cells", "") or way.startswith("flag:"):
        return ""
    words = sample(value, place)
    return format_html('<span class="sw-sample">{}</span>', words) if way == "text" else words


def _root(element: Element, key: str, values: dict[str, Any], mode: Mode) -> SafeString:
    """The attributes of an element's own node: its class, address and look, and whether it is hidden."""
    name = f"sw-{element.name.replace('_', '-')}"
    hidden = not (visible := values.get("visible", True)) or (is_dynamic(visible) and mode == "live")
    # The canvas dims what is hidden, so that it can still be selected.
    off = mode == "edit" and hidden
    pairs = [("class", f"{name} sw-dimmed" if off else name), ("data-el", key), ("data-type", element.name)]
    pairs += [(f"data-{prop}", _word(values[prop])) for prop in element.look]
    if values.get("keep_space"):
        pairs.append(("data-keep", "yes"))
    attributes = format_html_join(" ", '{}="{}"', pairs)
    return format_html("{} hidden", attributes) if hidden and not off else attributes


def _word(value: Any) -> str:
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
