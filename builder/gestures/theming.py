"""The app's theme: choose the starting theme, set its colours and fonts, add, rename and remove its contents.

These gestures concern the theme and not the current page. The first one gives the app a theme of its own.
"""

from typing import Any

from builder.changes import ChangeJSON, NodeGone
from builder.changes.duplicate import free_name
from builder.clipboard import token_of
from builder.document import Body, Node, children, new_id, node, spot_of
from builder.elements import elements
from builder.errors import Invalid
from builder.expressions.catalog import Catalog
from builder.gestures import Said, gesture
from builder.gestures.plan import NAME_LENGTH, NotSet, Plan
from builder.kinds import kinds
from builder.kinds.theme import KEY, is_stack
from builder.styling.colours import light
from builder.styling.looks import theme_of
from builder.styling.modifiers import unfit
from builder.styling.theme import colours, fonts
from builder.themes import COLOURS, FONTS, themes

SIDES = ("light", "dark")
NO_COLOUR = "This is not a colour. Write one such as #2f6f4f."
NO_STACK = 'These are not fonts. Write names with commas between them: Georgia, "Noto Serif", serif.'


def theme_here(catalog: Catalog) -> tuple[Body, list[ChangeJSON]]:
    """The app's theme, and the change that creates it if there is none yet."""
    theme = theme_of(catalog)
    if theme is not None:
        return theme, []
    blank = kinds["theme"].blank(KEY, "of the app")
    return blank, [{"do": "create", "doc": f"theme/{KEY}", "body": blank}]


def choose_theme(starter: str, catalog: Catalog) -> Plan:
    """Change the starting theme: its colours and fonts replace those that every theme has; added ones are kept."""
    if starter not in themes:
        raise Invalid("There is no such theme.")
    theme, changes = theme_here(catalog)
    doc, root = f"theme/{theme['root']}", theme["root"]
    standard = [
        key
        for slot, known in (("colours", COLOURS), ("fonts", FONTS))
        for key in children(theme, root, slot)
        if theme["nodes"][key]["props"]["token"] in known
    ]
    gone: list[ChangeJSON] = [{"do": "remove", "doc": doc, "node": key} for key in standard]
    if theme["nodes"][root]["props"].get("starter") == starter and not gone:
        return Plan(say=f"The theme is {themes[starter].label} already.")
    chosen: ChangeJSON = {"do": "update", "doc": doc, "node": root, "set": {"starter": starter}}
    return Plan(f"Choose theme {themes[starter].label}", [*changes, *gone, chosen])


def set_colour(token: str, side: str, value: str | None, catalog: Catalog) -> Plan:
    """Set one side of a colour; None restores both sides of the starter's."""
    theme, changes = theme_here(catalog)
    now = next((each for each in colours(theme) if each.token == token), None)
    if now is None or side not in SIDES:
        raise NodeGone(name="The colour")
    if value is None:
        return _reset(theme, now.node, now.name, now.is_own)
    if light(value := value.strip()) is None:
        raise NotSet(NO_COLOUR, side)
    if value == getattr(now, side):
        return Plan()
    label = f"Change {now.name}, {side}"
    if now.node:
        return Plan(label, [_update(theme, now.node) | {"set": {side: value}}])
    props = {"token": token, "light": now.light, "dark": now.dark} | {side: value}
    return Plan(label, [*changes, insertion(theme, "colours", new_id("co"), node("colour", now.name, props))])


def set_font(token: str, stack: str | None, catalog: Catalog) -> Plan:
    """Set the families of a font; None restores the starter's."""
    theme, changes = theme_here(catalog)
    now = next((each for each in fonts(theme) if each.token == token), None)
    if now is None:
        raise NodeGone(name="The font")
    if stack is None:
        return _reset(theme, now.node, now.name, now.is_own)
    if not is_stack(stack := " ".join(stack.split())):
        raise NotSet(NO_STACK, "stack")
    if stack == now.stack:
        return Plan()
    label = f"Change font {now.name}"
    if now.node:
        return Plan(label, [_update(theme, now.node) | {"set": {"stack": stack}}])
    made = node("font", now.name, {"token": token, "stack": stack})
    return Plan(label, [*changes, insertion(theme, "fonts", new_id("fo"), made)])


def add_colour(name: str, catalog: Catalog, light_: str = "#2f6f4f", dark: str = "#8fd0a8") -> Plan:
    """Add a colour."""
    theme, changes = theme_here(catalog)
    name = _free(name or "Colour", {each.name for each in colours(theme)})
    if light(light_) is None or light(dark) is None:
        raise NotSet(NO_COLOUR, "light")
    key = new_id("co")
    made = node("colour", name, {"token": token_of(key), "light": light_, "dark": dark})
    return Plan(
        f"Add colour {name}", [*changes, insertion(theme, "colours", key, made)], key, f"{name} is now a colour"
    )


def add_font(name: str, catalog: Catalog, stack: str = "Georgia, serif") -> Plan:
    """Add a font."""
    theme, changes = theme_here(catalog)
    name = _free(name or "Font", {each.name for each in fonts(theme)})
    if not is_stack(stack):
        raise NotSet(NO_STACK, "stack")
    key = new_id("fo")
    made = node("font", name, {"token": token_of(key), "stack": stack})
    return Plan(f"Add font {name}", [*changes, insertion(theme, "fonts", key, made)], key, f"{name} is now a font")


def add_style(element: str, name: str, catalog: Catalog) -> Plan:
    """Add a named style that sets nothing yet, for an element type."""
    if element not in elements:
        raise Invalid("There is no such element.")
    theme, changes = theme_here(catalog)
    taken = {theme["nodes"][key]["name"] for key in children(theme, theme["root"], "styles")}
    name, key = _free(name or elements[element].label, taken), new_id("sy")
    made = node("style", name, {"element": element})
    say = f"{name} is now a style of {elements[element].label}"
    return Plan(f"Add style {name}", [*changes, insertion(theme, "styles", key, made)], key, say)


def set_style(style: str, prop: str, value: Any, catalog: Catalog) -> Plan:
    """Set what a style sets one property to; None removes it. Raises `NotSet` with the field's sentence."""
    theme, holder = _node(style, catalog)
    element = elements[holder["props"].get("element", "")] if holder["type"] == "style" else None
    if element is None or prop not in element.styled:
        raise Invalid("A style cannot set that.")
    label = f"Change style {holder['name']}"
    if value is None:
        there = prop in holder["props"].get("set", {})
        return Plan(label, [_update(theme, style) | {"unset": [f"set.{prop}"]}]) if there else Plan()
    if sentence := unfit(element, prop, value):
        raise NotSet(sentence, prop)
    return Plan(label, [_update(theme, style) | {"set": {f"set.{prop}": value}}])


def rename_in_theme(key: str, name: str, catalog: Catalog) -> Plan:
    """Rename an added colour or font, or a style. References use its id."""
    theme, holder = _node(key, catalog)
    slot, before = spot_of(theme, key).slot, holder["name"]
    name = " ".join(name.split())[:NAME_LENGTH]
    if not name:
        raise NotSet(f"A name cannot be empty. Type one; until then it stays {before}.", "name")
    if name == before:
        return Plan()
    if name in {theme["nodes"][each]["name"] for each in children(theme, theme["root"], slot)}:
        raise NotSet(f"There is another one named {name}. Choose another name.", "name")
    return Plan(f"Rename {before}", [_update(theme, key) | {"name": name}], say=f"{before} is now named {name}")


def remove_from_theme(key: str, catalog: Catalog) -> Plan:
    """Remove a colour, a font or a style. Its uses become issues (S43)."""
    theme, holder = _node(key, catalog)
    change: ChangeJSON = {"do": "remove", "doc": f"theme/{theme['root']}", "node": key}
    return Plan(f"Remove {holder['name']}", [change], deleted=holder["name"])


def _node(key: str, catalog: Catalog) -> tuple[Body, Node]:
    theme = theme_of(catalog)
    if theme is None or key not in theme["nodes"] or key == theme["root"]:
        raise NodeGone(name="It")
    return theme, theme["nodes"][key]


def _reset(theme: Body, key: str, name: str, is_own: bool) -> Plan:
    if not key or is_own:
        return Plan(say=f"{name} is what its theme gives.")
    return Plan(f"Reset {name}", [{"do": "remove", "doc": f"theme/{theme['root']}", "node": key}])


def _update(theme: Body, key: str) -> ChangeJSON:
    return {"do": "update", "doc": f"theme/{theme['root']}", "node": key}


def insertion(theme: Body, slot: str, key: str, made: Node) -> ChangeJSON:
    """The change that adds a colour, a font or a style to a theme, as the last one."""
    root = theme["root"]
    place = {"parent": root, "slot": slot, "index": len(children(theme, root, slot))}
    return {"do": "insert", "doc": f"theme/{root}", "nodes": {key: made}, "node": key} | place


def _free(name: str, taken: set[str]) -> str:
    return free_name(" ".join(name.split())[:NAME_LENGTH], taken)


# What the browser sends


@gesture("choose_theme")
def _read_choose(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    match said:
        case {"starter": str(starter)}:
            return choose_theme(starter, catalog)
    return None


@gesture("set_token")
def _read_set(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    match said:
        case {"token": str(token), "side": str(side), "value": str() | None as value}:
            return set_colour(token, side, value, catalog)
        case {"token": str(token), "stack": str() | None as stack}:
            return set_font(token, stack, catalog)
    return None


@gesture("add_to_theme")
def _read_add(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    name = str(said.get("name", ""))
    match said:
        case {"what": "colour"}:
            return add_colour(name, catalog)
        case {"what": "font"}:
            return add_font(name, catalog)
        case {"what": "style", "element": str(element)}:
            return add_style(element, name, catalog)
    return None


@gesture("set_style")
def _read_style(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    match said:
        case {"style": str(style), "prop": str(prop), "value": value}:
            return set_style(style, prop, value, catalog)
    return None


@gesture("rename_in_theme")
def _read_rename(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    match said:
        case {"node": str(node), "name": str(name)}:
            return rename_in_theme(node, name, catalog)
    return None


@gesture("remove_from_theme")
def _read_remove(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    match said:
        case {"node": str(node)}:
            return remove_from_theme(node, catalog)
    return None
