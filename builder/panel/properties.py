"""The property panel: the properties of one or several elements in tabs and sections, at a breakpoint, each with the
origin of its value."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from django import forms

from builder.addresses import address_of
from builder.bindings import Bindable
from builder.document import Body
from builder.elements import Element, elements
from builder.elements.props import PLACED, SIDES, Pixels, Token
from builder.expressions.catalog import Catalog, Place
from builder.panel.controls import Control, control
from builder.panel.sides import gathered
from builder.styling.breakpoints import BASE, BREAKPOINTS
from builder.styling.fixed import stands_fixed
from builder.styling.looks import Origin, Styles, origin, resolved, styles_of

# Properties shown in a tab other than Properties. `align` is layout in containers and style in texts.
ARRANGEMENT = {"layout", "direction", "columns", "rows", "gap", "own_gap", "justify", "wrap", "padding"}
SIZE = {"width", "height", "grow", "stick", "hide"}
# The Layout tab from the general to the particular; a length stands below what it replaces.
LAYOUT_ORDER = (
    *("direction", "layout", "columns", "rows", "gap", "own_gap", "align", "justify", "wrap", "padding", "own_padding"),
    *(*SIDES, "width", "height", "grow", "min_width", "max_width", "min_height", "stick", "hide"),
)
STYLE = {
    *(
        "kind",
        "style",
        "tone",
        "size",
        "weight",
        "shape",
        "background",
        "border",
        "rounded",
        "shadow",
        "frame",
        "theme",
    ),
}
WHILE_IT_STREAMS = {"pace", "aloud", "caret", "follow", "newer", "formatted"}
VISIBLE = {"visible", "keep_space"}
# Lengths that are not sizes.
STYLED = ("border", "radius", "font", "letter", "outline", "shadow")

TABS = {"properties": "Properties", "layout": "Layout", "style": "Style"}
# The sections of each tab in order: name, title, mark.
SECTIONS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "properties": (("main", "", ""), ("streams", "While it streams", "stream"), ("visible", "Visible", "yes_no")),
    "layout": (("place", "Position", ""), ("arrangement", "Arrangement", ""), ("size", "Size", "")),
    "style": (("look", "", ""), ("theme", "Colours and fonts", "")),
}


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a tab; one with a title can be collapsed."""

    name: str
    title: str
    controls: list[Control]
    mark: str = ""


@dataclass(frozen=True, slots=True)
class PanelTab:
    name: str
    label: str
    sections: list[Section]


def tabs_of(body: Body, key: str, catalog: Catalog, nodes: Sequence[str] = (), at: str = BASE) -> list[PanelTab]:
    """The tabs of an element's panel, or for several elements those of the properties they share. Tabs without
    properties are left out."""
    found: dict[str, list[Control]] = {}
    element = elements[body["nodes"][key]["type"]]
    for one in controls(body, [key, *(each for each in nodes if each != key)], catalog, at):
        found.setdefault(_home(element, one.prop), []).append(one)
    for section in ("arrangement", "size"):
        found.get(section, []).sort(key=lambda one: LAYOUT_ORDER.index(one.prop) if one.prop in LAYOUT_ORDER else -1)
    tabs = []
    for name, label in TABS.items():
        sections = [
            Section(section, title, gathered(found[section]), mark)
            for section, title, mark in SECTIONS[name]
            if section in found
        ]
        if sections:
            tabs.append(PanelTab(name, label, sections))
    return tabs


def _home(element: Element, prop: str) -> str:
    field = element.Props.base_fields.get(prop)
    if prop in VISIBLE:
        return "visible"
    if prop in PLACED:
        return "place"
    if prop in WHILE_IT_STREAMS and element.name == "live_text":
        return "streams"
    if isinstance(field, Token):
        return "theme"
    if isinstance(field, Pixels):
        inner = field.css.startswith(("--gap", "--padding"))
        return "look" if any(word in field.css for word in STYLED) else "arrangement" if inner else "size"
    if prop in ARRANGEMENT or (prop == "align" and "children" in element.slots):
        return "arrangement" if "children" in element.slots or prop in element.look else "main"
    if prop in SIZE and prop in element.look:
        return "size"
    return "look" if (prop in STYLE and prop in element.look) or prop == "align" else "main"


def controls(body: Body, keys: Sequence[str], catalog: Catalog, at: str = BASE) -> Iterator[Control]:
    """The properties that all of the elements have, as controls; those that take text and dynamic data come first.
    Values that do not differ are taken from the first element."""
    styles = styles_of(catalog)
    place = Place(catalog, page=body["root"], element=keys[0])
    element = elements[body["nodes"][keys[0]]["type"]]
    own = element.fields(body["nodes"][keys[0]]["props"], catalog)
    fields = {
        prop: made
        for prop, made in own.items()
        if _all_have(body, keys, prop, made, catalog) and all(_counts(body, key, prop, catalog, at) for key in keys)
    }
    for prop in sorted(fields, key=lambda prop: not isinstance(fields[prop], Bindable)):
        origins = [_origin(body, each, prop, fields[prop], styles, at) for each in keys]
        mixed = any(each.value != origins[0].value for each in origins)
        made = control(prop, fields[prop], _unset(fields[prop]) if mixed else origins[0].value, place)
        # A page is also the first one if none has been chosen and it was created before all others.
        if prop == "first" and keys[0] == body["root"]:
            made = replace(made, value=address_of(catalog, body["root"]) == "")
        # Properties that cannot differ by width are written for every width, whatever the current breakpoint.
        yield replace(
            made,
            whence="mixed" if mixed else origins[0].whence,
            origin="Not the same of all" if mixed else in_words(origins[0], styles, at),
            resets=any(each.is_here for each in origins),
            at=at if at != BASE and prop in element.varies else "",
            mixed=mixed,
        )


def _all_have(body: Body, keys: Sequence[str], prop: str, made: forms.Field, catalog: Catalog) -> bool:
    holders = (body["nodes"][key] for key in keys)
    return all(_kin(elements[each["type"]].fields(each["props"], catalog).get(prop)) == _kin(made) for each in holders)


def _counts(body: Body, key: str, prop: str, catalog: Catalog, at: str) -> bool:
    """Whether a property makes sense for an element where it is placed, and with its other values at a breakpoint. A
    property that is set is always shown, unless it is a mere look: that has no effect then."""
    holder = body["nodes"][key]
    element = elements[holder["type"]]
    if prop in PLACED:
        return stands_fixed(key, catalog, at)
    # There, no neighbours leave anything.
    if prop == "grow" and stands_fixed(key, catalog, at):
        return False
    inside = element.only_in.get(prop)
    around = catalog.node(catalog.parent(key)) if inside else None
    if inside and (around is None or around["type"] != inside):
        return False
    other, meant = element.only_with.get(prop, ("", ()))
    if not other or (prop not in element.look and holder["props"].get(prop)):
        return True
    return resolved(element, holder["props"], styles_of(catalog), at)[other] in meant


def _kin(made: forms.Field | None) -> tuple[Any, ...]:
    """What two properties of the same name must have in common to be set together."""
    choices = tuple(cast(list[Any], made.choices)) if isinstance(made, forms.ChoiceField) else ()
    return type(made), getattr(made, "type", ""), choices


def _origin(body: Body, key: str, prop: str, made: forms.Field, styles: Styles, at: str) -> Origin:
    holder = body["nodes"][key]
    element = elements[holder["type"]]
    if prop not in element.defaults:
        given = prop in holder["props"]
        return Origin(holder["props"].get(prop, made.initial), "own" if given else "default", is_here=given)
    found = origin(element, holder["props"], prop, styles, at if prop in element.varies else BASE)
    # An element without a place stands in the corner.
    return replace(found, value=found.value or 0) if prop in PLACED else found


def _unset(made: forms.Field) -> Any:
    return None if isinstance(made, Bindable) else ""


def in_words(found: Origin, styles: Styles, at: str) -> str:
    """The origin of a value in words: "Set here", "From the style Bubble", "From Tablet, 768 and narrower"."""
    if found.whence == "default":
        return "Default"
    if found.whence == "style":
        return f"From the style {styles[found.style]['name']}"
    if found.whence == "own":
        return "Set here" if at == BASE or found.is_here else "Set for every width"
    there = BREAKPOINTS[found.at]
    return f"{'Set here, for' if found.is_here else 'From'} {there.label}: {there.words}"
