"""Draws pages as HTML: for a visitor, where live values are empty at first; for the canvas, where they show a sample.

Pure: a page's body, the app's catalog and a mode in, HTML out. No request, no row.
"""

import json
import secrets
from dataclasses import replace
from html import escape
from typing import Any, Literal

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from builder.caching import cached, characters
from builder.document import Body, Node, children, walk
from builder.document_cache import per_node
from builder.drawing.own_cells import cells_shown
from builder.drawing.pieces import hole
from builder.drawing.sampled import sample_html
from builder.elements import Element, elements
from builder.expressions.catalog import Catalog, Place
from builder.expressions.chips import is_off_in_cell, sample
from builder.expressions.shape import is_dynamic
from builder.reusing import expanded
from builder.styling.looks import has_ranges, ranges, reactions, resolved, styles_of

Mode = Literal["live", "edit"]
# The repeating groups around an element, each with the number of the cell.
Cells = tuple[tuple[str, int], ...]
NONE: frozenset[str] = frozenset()
# The attribute that identifies an element, and the id it contains.
Address = tuple[str, str]
# A placeholder for an element's children while it is drawn by itself. Nobody can write it into a text.
_INSIDE = mark_safe(f"<!--{secrets.token_hex(16)}-->")


def page_html(body: Body, catalog: Catalog | None, mode: Mode, on: frozenset[str] = NONE) -> SafeString:
    """A whole page: its root element with all its content, including that of instances. The canvas can preview
    conditions: those whose ids are in `on` are taken to be true."""
    body, catalog = expanded(body, catalog, on if mode == "edit" else None)
    return element_html(body, catalog, body["root"], mode, on=on)


def canvas_pieces(body: Body, catalog: Catalog, on: frozenset[str] = NONE) -> dict[str, str]:
    """The canvas in pieces by the ids of elements, the page's first (`builder.drawing.pieces`). The content of several
    cells is part of the piece of its repeating group, and the content of an instance part of the instance's."""
    filled, around = expanded(body, catalog, on)
    body, catalog = filled, around or catalog
    found: dict[str, str] = {}
    waiting = [body["root"]]
    while waiting:
        key = waiting.pop()
        holder = body["nodes"][key]
        if plain := _plain_alone(holder, key):
            found[key] = plain
            waiting += reversed(holder["slots"].get("children", ()))
            continue
        found[key] = element_html(body, catalog, key, "edit", on=on, alone=True)
        if not elements[holder["type"]].repeats and not _is_closed(holder):
            waiting += reversed(children(body, key))
    return found


def element_html(
    body: Body,
    catalog: Catalog | None,
    key: str,
    mode: Mode,
    cells: Cells = (),
    on: frozenset[str] = NONE,
    alone: bool = False,
) -> SafeString:
    """One element with all its content, as on the page; on the canvas in the `cells` around it. `alone`: with holes for
    its children. Raises KeyError for an unknown id."""
    holder = body["nodes"][key]
    element, props = elements[holder["type"]], holder["props"]
    alone = alone and not _is_closed(holder)
    if plain := _plain(holder, key, mode):
        if not children(body, key):
            return plain
        return SafeString(plain.replace(_INSIDE, _inside(body, catalog, key, mode, cells, on, alone)))
    styles = styles_of(catalog) if "uses" in props else {}
    values = resolved(element, props, styles, on=on)
    place = replace(_place(body, catalog, key), cells=cells)
    off = mode == "edit" and is_off_in_cell(values.get("visible"), place)
    # Only elements in the first cell can be selected, so there it is dimmed and not left out.
    if off and any(number for _, number in cells):
        return mark_safe("")
    shown = {prop: _shown(element, prop, value, place, mode) for prop, value in values.items()}
    looks = _looks(element, values, ranges(element, props, styles, on) if "at" in props else {})
    if mode == "live" and (reacts := reactions(element, props)):
        looks.append(("data-reacts", json.dumps(_in_words(reacts))))
    # What a condition may hide stays hidden until the condition is known.
    waits = mode == "live" and any(_decides(each, "visible") for each in props.get("conditions") or ())
    root = _root(element, _address(holder, key, mode), values, looks, mode, off, waits)
    context = {"key": key, "editing": mode == "edit", "root": root}
    if element.repeats and mode == "edit":
        numbers = range(cells_shown(key, place))
        context["cells"] = [_inside(body, catalog, key, mode, (*cells, (key, number)), on) for number in numbers]
    elif element.apart:
        context["parts"] = [_part(body, catalog, child, mode, cells, on, alone) for child in children(body, key)]
    whole = "cells" in context or "parts" in context
    context["children"] = "" if whole else _inside(body, catalog, key, mode, cells, on, alone)
    context |= element.placed(values, place, mode == "edit")
    return mark_safe(_drawn(element.template, shown | element.context(shown) | context))


@per_node
def _plain(holder: Node, key: str, mode: Mode) -> SafeString:
    """An element whose HTML depends on its stored values alone: no live data, no style, no influence of its
    surroundings. Its children are put in later. "" for any other."""
    element, props = elements[holder["type"]], holder["props"]
    if element.repeats or element.apart or type(element).placed is not Element.placed or "uses" in props:
        return SafeString()
    if not all(isinstance(each, str | int | float | None) for prop, each in props.items() if prop != "at"):
        return SafeString()
    values = element.values(props)
    looks = _looks(element, values, ranges(element, props, {}))
    root = _root(element, _address(holder, key, mode), values, looks, mode)
    inside = _INSIDE if holder["slots"].get("children") else ""
    context = {"key": key, "editing": mode == "edit", "root": root, "children": inside}
    return SafeString(render_to_string(element.template, values | element.context(values) | context).strip())


@per_node
def _plain_alone(holder: Node, key: str) -> SafeString:
    """The same on the canvas, with holes for its children."""
    holes = "".join(hole("data-el", child) for child in holder["slots"].get("children", ()))
    return SafeString("" if _is_closed(holder) else _plain(holder, key, "edit").replace(_INSIDE, holes))


def _drawn(template: str, context: dict[str, Any]) -> str:
    """A template rendered with its values, cached by these."""
    inside = context["children"]
    own = context | {"children": _INSIDE} if inside else context
    try:
        html = _remembered(template, _hashable(own))
    except TypeError:  # Such as an iterator, which differs each time.
        html = render_to_string(template, own).strip()
    return html.replace(_INSIDE, inside) if inside else html


@cached(lambda template, values: characters(values))
def _remembered(template: str, values: tuple[Any, ...]) -> str:
    return render_to_string(template, _as_it_was(values)).strip()


def _hashable(value: Any) -> Any:
    """A hashable form of a value that includes its type: a text that is HTML already differs from the same plain
    text."""
    if isinstance(value, dict):
        return dict, tuple((name, _hashable(inner)) for name, inner in value.items())
    if isinstance(value, list | tuple):
        return type(value), tuple(map(_hashable, value))
    if not isinstance(value, str | int | float | None):
        raise TypeError
    return type(value), value


def _as_it_was(value: Any) -> Any:
    kind, held = value
    if kind is dict:
        return {name: _as_it_was(inner) for name, inner in held}
    return kind(map(_as_it_was, held)) if kind in (list, tuple) else held


def _inside(
    body: Body, catalog: Catalog | None, key: str, mode: Mode, cells: Cells, on: frozenset[str], alone: bool = False
) -> SafeString:
    # Each part is the output of a template.
    return SafeString("".join(_child(body, catalog, key, mode, cells, on, alone) for key in children(body, key)))


def _child(
    body: Body, catalog: Catalog | None, key: str, mode: Mode, cells: Cells, on: frozenset[str], alone: bool
) -> SafeString:
    return SafeString(hole("data-el", key)) if alone else element_html(body, catalog, key, mode, cells, on)


def _part(
    body: Body, catalog: Catalog | None, child: str, mode: Mode, cells: Cells, on: frozenset[str], alone: bool
) -> dict[str, str]:
    return {
        "key": child,
        "name": body["nodes"][child]["name"],
        "tab": _tab(body, catalog, child, mode, cells, on),
        "html": _child(body, catalog, child, mode, cells, on, alone),
    }


def _tab(body: Body, catalog: Catalog | None, child: str, mode: Mode, cells: Cells, on: frozenset[str]) -> str:
    """The label of an element's tab: its own, else its name."""
    holder = body["nodes"][child]
    element, props = elements[holder["type"]], holder["props"]
    words = ""
    if "tab" in element.only_in:
        value = resolved(element, props, styles_of(catalog) if "uses" in props else {}, on=on)["tab"]
        words = _shown(element, "tab", value, replace(_place(body, catalog, child), cells=cells), mode)
    return words or holder["name"]


def modules(body: Body) -> list[str]:
    """The scripts that the elements of a page need, by their import names."""
    nodes = [body["nodes"][key] for key in walk(body)]
    found = {module for node in nodes if node["type"] in elements for module in elements[node["type"]].modules}
    if any(condition["on"] != "when" for node in nodes for condition in node["props"].get("conditions") or ()):
        found.add("live/reacts")
    return sorted(found)


def sheets(body: Body) -> list[str]:
    """The sets of styles that a page loads: that of every page and those its elements need, in the variants for
    breakpoints if something differs at one."""
    nodes = (body["nodes"][key] for key in walk(body))
    found = {elements[node["type"]].sheet_of(node["props"]) for node in nodes if node["type"] in elements}
    names = ["app", *sorted(f"app-{name}" for name in found if name)]
    return [f"{name}-ranges" for name in names] if has_ranges(body) else names


def _place(body: Body, catalog: Catalog | None, key: str) -> Place:
    own = Catalog([(body["nodes"][body["root"]]["type"], body["root"], body)])
    return Place(catalog or own, page=body["root"], element=key)


def _shown(element: Element, prop: str, value: Any, place: Place, mode: Mode) -> Any:
    """The value in the page before any visit: itself, or for a dynamic one an empty text or a sample."""
    if not is_dynamic(value):
        return value
    way = element.live.get(prop, "")
    if mode == "live" or way in ("hidden", "cells", "") or way.startswith("flag:"):
        return ""
    if way != "text":
        return sample(value, place)
    return format_html('<span class="sw-sample">{}</span>', sample_html(value, place))


def _in_words(reacts: list[tuple[int, str, dict[str, Any]]]) -> list[Any]:
    """The conditions evaluated by the browser itself, for static/js/live/reacts.js; null removes an attribute."""
    return [
        [number, on, {prop: look_word(value) if value not in (None, "") else None for prop, value in sets.items()}]
        for number, on, sets in reacts
    ]


def _decides(condition: dict[str, Any], prop: str) -> bool:
    return condition["on"] == "when" and prop in condition["set"] and not isinstance(condition["when"], bool)


def _looks(element: Element, values: dict[str, Any], varied: dict[str, dict[str, Any]]) -> list[tuple[str, str]]:
    """The attributes for style sheets: one per property, or one per range of widths for those that differ on narrow
    pages."""
    pairs = []
    for prop in element.look:
        named = {f"data-{prop}-{at}": value for at, value in varied[prop].items()} if prop in varied else None
        pairs += (named or {f"data-{prop}": values[prop]}).items()
    return [(name, look_word(value)) for name, value in pairs if value not in (None, "")]


def _root(
    element: Element,
    address: Address,
    values: dict[str, Any],
    looks: list[tuple[str, str]],
    mode: Mode,
    off: bool = False,
    waits: bool = False,
) -> SafeString:
    """The attributes of an element's own node: its class, address and looks, and whether it is hidden. `off`: its
    condition is not met in the cell being drawn; `waits`: whether it is visible is not known yet."""
    name = f"sw-{element.name.replace('_', '-')} {element.wears}".strip()
    hidden = waits or not (visible := values.get("visible", True)) or (is_dynamic(visible) and mode == "live")
    # The canvas dims hidden elements, so that they can still be selected.
    off = off or (mode == "edit" and hidden)
    pairs = [("class", f"{name} sw-dimmed" if off else name), address, ("data-type", element.name), *looks]
    if values.get("keep_space"):
        pairs.append(("data-keep", "yes"))
    attributes = " ".join(f'{name}="{escape(value)}"' for name, value in pairs)
    return mark_safe(f"{attributes} hidden" if hidden and not off else attributes)


def _is_closed(holder: Node) -> bool:
    """Whether the content of an element cannot be selected on the canvas."""
    return bool(holder["type"] == "instance")


def _address(holder: Node, key: str, mode: Mode) -> Address:
    """The attribute that identifies an element. On the canvas the content of an instance is not selectable itself, only
    the instance is."""
    return ("data-in" if mode == "edit" and "within" in holder else "data-el"), key


def look_word(value: Any) -> str:
    """The value of a look as written in its attribute."""
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
