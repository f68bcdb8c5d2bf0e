"""The content of the Styles tab: starting themes as pictures, colours with their readability, named styles."""

from dataclasses import dataclass, replace
from typing import Any

from builder.document import Body
from builder.elements import Element, elements
from builder.expressions.catalog import Catalog, Place
from builder.gestures.styling import used_by
from builder.panel.controls import Control, control
from builder.panel.sides import gathered
from builder.styling.colours import as_hex, contrast
from builder.styling.looks import styles_of
from builder.styling.theme import Colour, colours, starter_of
from builder.themes import PAIRS, TEXT, Theme, themes

SIDES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a starting theme: the colours of its two sides by token, for use in an SVG."""

    theme: Theme
    sides: list[dict[str, str]]
    corner: str
    is_chosen: bool


def pictures(theme: Body | None) -> list[Picture]:
    """All starting themes, with the app's own marked."""
    chosen = starter_of(theme)
    return [
        Picture(
            each,
            [{token.replace("-", "_"): value[at] for token, value in each.colours.items()} for at in (0, 1)],
            each.corners[1].removesuffix("px"),
            each.name == chosen.name,
        )
        for each in themes.values()
    ]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a colour. `hex` is its value for a colour picker; `words` rate its contrast to the colours it is used
    on, by the worst pair."""

    name: str
    value: str
    hex: str
    words: str
    is_close: bool


@dataclass(frozen=True, slots=True)
class ColourRow:
    colour: Colour
    sides: list[Side]

    @property
    def is_set(self) -> bool:
        """Whether the author has changed it from the starter's value."""
        return bool(self.colour.node) and not self.colour.is_own


def colour_rows(theme: Body | None) -> list[ColourRow]:
    """All colours, in order."""
    known = {each.token: each for each in colours(theme)}
    return [ColourRow(each, [_side(each, side, known) for side in SIDES]) for each in known.values()]


def _side(colour: Colour, side: str, known: dict[str, Colour]) -> Side:
    value = getattr(colour, side)
    pairs = [
        (contrast(value, getattr(known[lower], side)), least, known[lower].name)
        for upper, lower, least in PAIRS
        if upper == colour.token
    ]
    if not pairs:
        return Side(side, value, as_hex(value), "", False)
    apart, least, under = min(pairs, key=lambda pair: pair[0] / pair[1])
    word = "too close" if apart < least else "very good" if apart >= 7 and least == TEXT else "good"
    return Side(side, value, as_hex(value), f"{word}, {apart:.1f} to 1 on {under}", apart < least)


@dataclass(frozen=True, slots=True)
class StyleRow:
    """A named style in the list. `uses` counts the elements that use it."""

    key: str
    name: str
    uses: int


def style_rows(catalog: Catalog) -> list[tuple[Element, list[StyleRow]]]:
    """The named styles by element type; types without any are left out."""
    found: dict[str, list[StyleRow]] = {}
    for key, holder in styles_of(catalog).items():
        row = StyleRow(key, holder["name"], len(used_by(key, catalog)))
        found.setdefault(holder["props"]["element"], []).append(row)
    return [(each, found[each.name]) for each in elements.values() if each.name in found]


def stylable() -> list[Element]:
    """The element types that can have a named style."""
    return [each for each in elements.values() if each.group and each.styled]


@dataclass(frozen=True, slots=True)
class StyleHere:
    """The open named style: its controls, marked where it sets them; its uses as (page, page name, element, element
    name)."""

    key: str
    name: str
    element: Element
    controls: list[Control]
    sets: int
    used: list[tuple[str, str, str, str]]


def style_here(key: str, catalog: Catalog) -> StyleHere | None:
    """The style with this key; None if there is none."""
    holder = styles_of(catalog).get(key)
    if holder is None:
        return None
    element, sets = elements[holder["props"]["element"]], holder["props"].get("set", {})
    used = [(page, catalog.name(page), each, name) for page, each, name in used_by(key, catalog)]
    # Hiding something at a width is for single elements: a style would hide all that use it.
    offered = [prop for prop in element.styled if prop != "hide" or prop in sets]
    made = [_control(element, prop, sets, Place(catalog)) for prop in offered]
    # Each side is taken away by itself.
    made = [replace(one, resets=False) if one.kind == "sides" else one for one in gathered(made)]
    return StyleHere(key, holder["name"], element, made, len(sets), used)


def _control(element: Element, prop: str, sets: dict[str, Any], place: Place) -> Control:
    made, is_set = element.Props.base_fields[prop], prop in sets
    found = control(prop, made, sets.get(prop, made.initial), place)
    return replace(
        found, whence="own" if is_set else "default", origin="Set by this style" if is_set else "Not set", resets=is_set
    )
