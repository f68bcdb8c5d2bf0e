"""Whether everybody can read and use a page (WCAG 2.2): labels for inputs and buttons, headings in order, sufficient
contrast. Violations are issues (S43)."""

from collections.abc import Iterator, Mapping
from typing import Any

from builder.checking.fixes import setting
from builder.document import Body, Fix, Node, Problem, Where, address, children, walk
from builder.document_cache import for_all_nodes, order, per_node
from builder.elements import elements
from builder.expressions.catalog import Catalog
from builder.styling.colours import contrast, difference
from builder.styling.looks import Styles, always, resolved, styles_of, theme_of
from builder.styling.theme import Colour, colours
from builder.themes import TEXT

# The colours of a group's named backgrounds, and of the text on them.
NAMED = {"raised": ("raised", "ink"), "tint": ("tint", "ink"), "accent": ("fill", "on-fill")}


def problems(body: Body, catalog: Catalog) -> Iterator[Problem]:
    """All accessibility problems of a page."""
    read = for_all_nodes(_is_read, body)
    keys = [key for key in order(body) if read[key]]
    yield from _names(body, keys)
    yield from _headings(body, keys)
    yield from _pictures(body, keys)
    # The theme's own colours are checked with the theme.
    if any(for_all_nodes(_is_coloured, body).values()):
        known = {each.token: each for each in colours(theme_of(catalog))}
        yield from _colours(body, body["root"], styles_of(catalog), known, ("paper", "ink"))


@per_node
def _is_read(holder: Node) -> bool:
    """Whether an element needs any check besides that of its colours."""
    return holder["type"] in ("heading", "image") or holder["props"].get("label") == ""


@per_node
def _is_coloured(holder: Node) -> bool:
    return not holder["props"].keys().isdisjoint(("ink", "ground", "uses"))


def _end(body: Body, key: str, prop: str, sentence: str, fix: Fix | None = None) -> Problem:
    return Problem(Where(address(body), key, prop), sentence, fix=fix)


def _names(body: Body, keys: list[str]) -> Iterator[Problem]:
    for key in keys:
        holder = body["nodes"][key]
        if holder["props"].get("label") != "":
            continue
        element = elements.get(holder["type"])
        if element and (element.gives or element.name == "button"):
            sentence = "It has no label, so a screen reader has no name for it. Write one."
            yield _end(body, key, "label", sentence, _named(body, key))


def _named(body: Body, key: str) -> Fix | None:
    """Offers the label its author would most likely write: the input's placeholder, else the element's name."""
    holder = body["nodes"][key]
    words = holder["props"].get("placeholder")
    label = (words if isinstance(words, str) else "").strip() or holder["name"].strip()
    if not label:
        return None
    done = f"The label of {holder['name']} is now “{label}”."
    return setting(address(body), key, {"label": label}, f"Give it the label “{label}”", done)


def _headings(body: Body, keys: list[str]) -> Iterator[Problem]:
    before, titles = 0, 0
    for key in keys:
        holder = body["nodes"][key]
        if holder["type"] != "heading":
            continue
        level = int(elements["heading"].values(holder["props"])["level"])
        titles += level == 1
        if level == 1 and titles == 2:
            sentence = "It is a second title of the page. Make it a section, level 2."
            yield _end(body, key, "level", sentence, _at_level(body, key, 2))
        if before and level > before + 1:
            sentence = f"It is of level {level} right after level {before}. Make it level {before + 1}."
            yield _end(body, key, "level", sentence, _at_level(body, key, before + 1))
        before = level


def _at_level(body: Body, key: str, level: int) -> Fix:
    done = f"{body['nodes'][key]['name']} is now of level {level}."
    return setting(address(body), key, {"level": level}, f"Set it to level {level}", done)


def _pictures(body: Body, keys: list[str]) -> Iterator[Problem]:
    """Pictures that are neither described nor marked as decoration. This is only a hint: screen readers skip them
    silently."""
    for key in keys:
        holder = body["nodes"][key]
        if holder["type"] != "image" or holder["props"].get("alt") or holder["props"].get("decoration"):
            continue
        sentence = "It has no description, so who cannot see it does not know what it shows. Write one."
        done = f"{holder['name']} is marked as decoration."
        fix = setting(address(body), key, {"decoration": True}, "Mark it as decoration", done)
        yield Problem(Where(address(body), key, "alt"), sentence, "hint", fix)


def _colours(
    body: Body, key: str, styles: Styles, known: Mapping[str, Colour], around: tuple[str, str]
) -> Iterator[Problem]:
    """The colours of an element and its children. `around` are the tokens of the background and the text colour it
    inherits."""
    holder = body["nodes"][key]
    element = elements.get(holder["type"])
    if element is None:
        return
    values = resolved(element, holder["props"], styles)
    under, ink = _own(element.name, values, around)
    chosen = next((prop for prop in ("ink", "ground") if values.get(prop)), "")
    if chosen and under in known and ink in known:
        yield from _close(body, key, chosen, known, (ink, under))
    for child in children(body, key):
        yield from _colours(body, child, styles, known, (under, ink))


def _own(name: str, values: dict[str, Any], around: tuple[str, str]) -> tuple[str, str]:
    under, ink = NAMED.get(str(values.get("background")), around)
    if name == "button":
        under, ink = {"primary": ("fill", "on-fill"), "plain": ("raised", ink)}.get(values["kind"], around)
    return values.get("ground") or under, values.get("ink") or ink


def _close(body: Body, key: str, prop: str, known: Mapping[str, Colour], stands: tuple[str, str]) -> Iterator[Problem]:
    ink, under = (known[token] for token in stands)
    for side in ("light", "dark"):
        apart = contrast(getattr(ink, side), getattr(under, side))
        if apart < TEXT:
            said = f"“{ink.name}” on “{under.name}” has a contrast of {apart:.1f} to 1 when it is {side}"
            sentence = f"{said}; text needs {TEXT}. Choose another colour."
            yield _end(body, key, prop, sentence, _nearest(body, key, prop, known, stands))
            return


def _nearest(body: Body, key: str, prop: str, known: Mapping[str, Colour], stands: tuple[str, str]) -> Fix | None:
    """Offers the readable colour most similar to the chosen one. None if there is none, if a condition sets the colour,
    or if the element's children have colours of their own, for which another background could be worse."""
    holder = body["nodes"][key]
    if any(always(each) and prop in each["set"] for each in holder["props"].get("conditions") or ()):
        return None
    if prop == "ground" and any("ink" in body["nodes"][each]["props"] for each in walk(body, key) if each != key):
        return None
    now, other = (known[token] for token in (stands if prop == "ink" else stands[::-1]))
    found = [each for each in known.values() if _can_be_read(each, other)]
    if not found:
        return None
    best = min(found, key=lambda each: _unlike(each, now))
    label = str(elements[holder["type"]].Props.base_fields[prop].label)
    done = f"{label} of {holder['name']} is now {best.name}."
    return setting(address(body), key, {prop: best.token}, f"Use “{best.name}”", done)


def _can_be_read(one: Colour, other: Colour) -> bool:
    return min(contrast(one.light, other.light), contrast(one.dark, other.dark)) >= TEXT


def _unlike(one: Colour, other: Colour) -> float:
    return difference(one.light, other.light) + difference(one.dark, other.dark)
