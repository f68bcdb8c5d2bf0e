"""The theme of an app: its colours, fonts and named styles. At most one per app; an app without one uses the built-in
one."""

import re
from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from builder.checking.fixes import setting
from builder.document import Body, Fix, Node, Problem, Where, body, node, spots
from builder.elements import elements
from builder.expressions.catalog import Catalog
from builder.kinds import Kind, kinds
from builder.styling.colours import as_hex, light
from builder.styling.modifiers import unfit
from builder.styling.theme import colours, starter_of, too_close
from builder.themes import themes

# Its key is the same in every app, so that there are never two.
KEY = "tm_theme"
_TOKEN = re.compile(r"[a-z][a-z0-9-]{0,39}")
# Font families by name, quoted if they contain spaces; nothing that is loaded from anywhere.
_STACK = re.compile(r"""(?:[\w-]+|"[\w .-]+")(?:, ?(?:[\w-]+|"[\w .-]+"))*""", re.ASCII)
_TYPES = {"colours": "colour", "fonts": "font", "styles": "style"}
_LONGEST_STACK = 400


@kinds.register
class ThemeKind(Kind):
    """Root type `theme` (props: `starter`) with three slots: `colours` (nodes `colour`: `token`, `light`, `dark`),
    `fonts` (nodes `font`: `token`, `stack`), `styles` (nodes `style`: `element`, and `set` if it sets anything). A
    colour or font with a token that every theme has replaces the starter's."""

    name = "theme"
    label = "Theme"
    prefix = "tm"

    def blank(self, key: str, name: str) -> Body:
        return body(key, {key: node("theme", name, {})})

    def problems(self, body: Body, catalog: Catalog | None = None) -> list[Problem]:
        doc, places = f"theme/{body['root']}", spots(body)
        found = []
        tokens: set[str] = set()
        for key, holder in body["nodes"].items():
            slot = places[key].slot if key in places else "root"
            for prop, sentence in _errors(slot, holder):
                found.append(Problem(Where(doc, key, prop), sentence, "error"))
            token = holder["props"].get("token")
            if isinstance(token, str) and (name := f"{slot}/{token}") in tokens:
                found.append(Problem(Where(doc, key, "token"), f"{token} is in the theme twice.", "error"))
            elif isinstance(token, str):
                tokens.add(name)
        if catalog and not found:
            found += _problems(body)
        return found

    def words(self, body: Body, node: str, catalog: Any) -> str:
        return f"{body['nodes'][node]['name']} of the theme" if node != body["root"] else "the theme"

    def url(self, app: str, body: Body, node: str) -> str:
        return reverse("styles", args=[app]) + (f"?node={node}" if node != body["root"] else "")


def _errors(slot: str, holder: Node) -> Iterator[tuple[str, str]]:
    props = holder["props"]
    if slot == "root":
        if holder["type"] != "theme" or holder["slots"].keys() - set(_TYPES):
            yield "", "A theme holds colours, fonts and styles."
        if props.keys() - {"starter"} or props.get("starter", next(iter(themes))) not in list(themes):
            yield "starter", f"A theme starts from one of {', '.join(themes)}."
    elif holder["type"] != _TYPES.get(slot) or holder["slots"]:
        yield "", "A theme holds colours, fonts and styles, and they hold nothing."
    elif slot == "styles":
        yield from _style_errors(props)
    else:
        yield from _token_errors(slot, props)


def _token_errors(slot: str, props: dict[str, Any]) -> Iterator[tuple[str, str]]:
    wanted = {"token", "light", "dark"} if slot == "colours" else {"token", "stack"}
    if props.keys() != wanted or not all(isinstance(value, str) for value in props.values()):
        yield "", f"It has {', '.join(sorted(wanted))}."
        return
    if not _TOKEN.fullmatch(props["token"]):
        yield "token", "A token is of small letters, digits and hyphens."
    for side in wanted & {"light", "dark"}:
        if light(props[side]) is None:
            yield side, "Write a colour such as #2f6f4f."
    if "stack" in props and not is_stack(props["stack"]):
        yield "stack", 'Write names of fonts with commas between them, such as Georgia, "Noto Serif", serif.'


def is_stack(text: str) -> bool:
    """Whether a text is a list of font names and nothing else."""
    return len(text) <= _LONGEST_STACK and bool(_STACK.fullmatch(text))


def _style_errors(props: dict[str, Any]) -> Iterator[tuple[str, str]]:
    sets = props.get("set", {"nothing": None})
    if not {"element"} <= props.keys() <= {"element", "set"} or not isinstance(sets, dict) or not sets:
        yield "", "A style has an element type, and what it sets, if that is anything."
    elif not isinstance(props["element"], str) or props["element"] not in elements:
        yield "element", f"There is no element type named {props['element']}."
    else:
        element = elements[props["element"]]
        for prop, value in props.get("set", {}).items():
            if prop not in element.styled:
                yield f"set.{prop}", f"A style cannot set {prop} of {element.label}."
            elif sentence := unfit(element, prop, value):
                yield f"set.{prop}", sentence


def _problems(theme: Body) -> Iterator[Problem]:
    """Pairs of colours with too little contrast where one is used on the other."""
    known = {each.token: each for each in colours(theme)}
    for upper, lower, side, apart, least in too_close(theme):
        one, other = known[upper], known[lower]
        sentence = (
            f"“{one.name}” on “{other.name}” has a contrast of {apart:.1f} to 1 when it is {side}; it needs {least}."
        )
        key = one.node or other.node or theme["root"]
        yield Problem(Where(f"theme/{theme['root']}", key, side), sentence, fix=_set_back(theme, key, side))


def _set_back(theme: Body, key: str, side: str) -> Fix | None:
    """A fix that resets one side of a colour to the starting theme's; None if its contrast to the author's other
    colours would still be too low."""
    holder = theme["nodes"][key]
    token = holder["props"].get("token")
    if token not in (standard := starter_of(theme).colours):
        return None
    value = dict(zip(("light", "dark"), standard[token], strict=True))[side]
    changed = holder | {"props": holder["props"] | {side: value}}
    left = too_close(theme | {"nodes": theme["nodes"] | {key: changed}})
    if any(token in (upper, lower) and side == at for upper, lower, at, *_ in left):
        return None
    label, done = f"Set it back to {as_hex(value)}", f"{holder['name']} of the theme is {as_hex(value)} again."
    return setting(f"theme/{theme['root']}", key, {side: value}, label, done)
