"""Whether everybody can read and use a page (WCAG 2.2): names for what is typed in and clicked, headings in order,
colours that stand apart. What is not so is a loose end (S43)."""

from collections.abc import Iterator, Mapping
from typing import Any

from builder.colours import contrast
from builder.document import Body, children, walk
from builder.elements import elements
from builder.expressions.catalog import Catalog
from builder.looks import Styles, resolved, styles_of, theme_of
from builder.theme import Colour, colours
from builder.themes import TEXT

# The node, its property, and what to say of it.
End = tuple[str, str, str]

# The colours that a group's named backgrounds are, and the text on them.
NAMED = {"raised": ("raised", "ink"), "tint": ("tint", "ink"), "accent": ("fill", "on-fill")}


def loose_ends(body: Body, catalog: Catalog) -> Iterator[End]:
    """All of a page."""
    yield from _names(body)
    yield from _headings(body)
    # The theme's own colours are the theme's to judge.
    if any(not holder["props"].keys().isdisjoint(("ink", "ground", "uses")) for holder in body["nodes"].values()):
        known = {each.token: each for each in colours(theme_of(catalog))}
        yield from _colours(body, body["root"], styles_of(catalog), known, ("paper", "ink"))


def _names(body: Body) -> Iterator[End]:
    for key in walk(body):
        holder = body["nodes"][key]
        element = elements.get(holder["type"])
        if element and (element.gives or element.name == "button") and holder["props"].get("label") == "":
            yield key, "label", "It has no label, so a screen reader has no name for it. Write one."


def _headings(body: Body) -> Iterator[End]:
    before, titles = 0, 0
    for key in walk(body):
        holder = body["nodes"][key]
        if holder["type"] != "heading":
            continue
        level = int(elements["heading"].values(holder["props"])["level"])
        titles += level == 1
        if level == 1 and titles == 2:
            yield key, "level", "It is a second title of the page. Make it a section, level 2."
        if before and level > before + 1:
            yield key, "level", f"It is of level {level} right after level {before}. Make it level {before + 1}."
        before = level


def _colours(
    body: Body, key: str, styles: Styles, known: Mapping[str, Colour], around: tuple[str, str]
) -> Iterator[End]:
    """Of an element and what is in it. `around` are the colours that it stands on and that its text has, by token."""
    holder = body["nodes"][key]
    element = elements.get(holder["type"])
    if element is None:
        return
    values = resolved(element, holder["props"], styles)
    under, ink = _own(element.name, values, around)
    chosen = next((prop for prop in ("ink", "ground") if values.get(prop)), "")
    if chosen and under in known and ink in known:
        yield from _close(key, chosen, known[ink], known[under])
    for child in children(body, key):
        yield from _colours(body, child, styles, known, (under, ink))


def _own(name: str, values: dict[str, Any], around: tuple[str, str]) -> tuple[str, str]:
    under, ink = NAMED.get(str(values.get("background")), around)
    if name == "button":
        under, ink = {"primary": ("fill", "on-fill"), "plain": ("raised", ink)}.get(values["kind"], around)
    return values.get("ground") or under, values.get("ink") or ink


def _close(key: str, prop: str, ink: Colour, under: Colour) -> Iterator[End]:
    for side in ("light", "dark"):
        apart = contrast(getattr(ink, side), getattr(under, side))
        if apart < TEXT:
            said = f"“{ink.name}” on “{under.name}” has a contrast of {apart:.1f} to 1 when it is {side}"
            yield key, prop, f"{said}; text needs {TEXT}. Choose another colour."
            return
