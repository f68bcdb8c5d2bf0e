"""How an element looks: default < named style < its own < overrides at breakpoints < conditions. Pure.

    {"direction": "row", "uses": "sy_k3x9q2", "at": {"tablet": {"direction": "column"}},
     "conditions": [{"id": "cn_ab12cd", "on": "when", "when": {"from": …}, "set": {"background": "accent"}}]}

Conditions apply in order; the last true one that sets a property wins (S34).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from builder.document import Body, Node, children
from builder.elements import Element
from builder.expressions.catalog import Catalog
from builder.expressions.shape import is_dynamic
from builder.styling.breakpoints import BASE, BREAKPOINTS, down_to

Whence = Literal["default", "style", "own", "breakpoint"]
Props = dict[str, Any]
# Named styles by id: nodes of the type `style` with the props `element` and `set`.
Styles = Mapping[str, Node]
# When a condition applies: while a value is yes, under the pointer, with the focus, disabled.
ON = {
    "when": "When",
    "hover": "Hover",
    "focus": "Focus",
    "disabled": "Disabled",
}


@dataclass(frozen=True, slots=True)
class Origin:
    """The value of a property at a breakpoint, and the layer it comes from. `at` is the breakpoint of the override,
    `style` the named style; `is_here`: it is set in the very place that is being edited, so that it can be reset
    there."""

    value: Any
    whence: Whence
    at: str = BASE
    style: str = ""
    is_here: bool = False


def theme_of(catalog: Catalog | None) -> Body | None:
    """The app's theme; None if it uses the built-in one."""
    return next(iter(catalog.bodies("theme")), None) if catalog else None


def styles_of(catalog: Catalog | None) -> dict[str, Node]:
    """The named styles of an app by id, in order."""
    theme = theme_of(catalog)
    return {key: theme["nodes"][key] for key in children(theme, theme["root"], "styles")} if theme else {}


def style_set(element: Element, props: Props, styles: Styles) -> Props:
    """What the named style of an element sets; nothing if it has none, or one that was removed or is for another
    type."""
    style = styles.get(props.get("uses") or "")
    if style is None or style["props"].get("element") != element.name:
        return {}
    return {prop: value for prop, value in style["props"].get("set", {}).items() if prop in element.styled}


def origin(element: Element, props: Props, prop: str, styles: Styles, at: str = BASE) -> Origin:
    """The origin of a property's value at a breakpoint, ignoring conditions."""
    overrides = props.get("at") or {}
    for name in reversed(down_to(at)):
        if prop in overrides.get(name, {}):
            return Origin(overrides[name][prop], "breakpoint", name, is_here=name == at)
    if prop in props:
        return Origin(props[prop], "own", is_here=at == BASE)
    style = style_set(element, props, styles)
    if prop in style:
        return Origin(style[prop], "style", style=props["uses"])
    return Origin(element.Props.base_fields[prop].initial, "default")


def resolved(
    element: Element, props: Props, styles: Styles, at: str = BASE, on: Collection[str] = ()
) -> dict[str, Any]:
    """All properties' values at a breakpoint. Conditions apply if they are always true or their ids are in `on`."""
    values = element.defaults | style_set(element, props, styles)
    values |= {prop: value for prop, value in element.values(props).items() if prop in props}
    overrides = props.get("at") or {}
    for name in down_to(at):
        values |= overrides.get(name, {})
    for condition in props.get("conditions") or ():
        if always(condition) or condition["id"] in on:
            values |= condition["set"]
    return values


def ranges(element: Element, props: Props, styles: Styles, on: Collection[str] = ()) -> dict[str, dict[str, Any]]:
    """The look properties that differ at some breakpoint, each with its value at every one: `{"direction": {"base":
    "row", "laptop": "row", "tablet": "column", "phone": "column"}}`. Those set by a condition that applies are left
    out: it sets the same value for all."""
    fixed = {
        prop
        for condition in props.get("conditions") or ()
        if always(condition) or condition["id"] in on
        for prop in condition["set"]
    }
    varied = {prop for override in (props.get("at") or {}).values() for prop in override} - fixed
    return {
        prop: {at: origin(element, props, prop, styles, at).value for at in BREAKPOINTS}
        for prop in element.varies
        if prop in varied
    }


def always(condition: dict[str, Any]) -> bool:
    """Whether a condition is simply yes."""
    return condition["on"] == "when" and condition["when"] is True


@dataclass(frozen=True, slots=True)
class Cases:
    """The value of a property under conditions that change live: that of the last `(when, value)` that is yes, else
    `below`. A `prop` such as "rank.gap" tells the browser the number of the condition that applied."""

    prop: str
    way: str
    below: Any
    cases: tuple[tuple[Any, Any], ...]


def cases(element: Element, props: Props, styles: Styles) -> Iterator[Cases]:
    """The properties of an element that conditions change while a page is open (S34)."""
    listed = props.get("conditions") or ()
    found: dict[str, list[tuple[int, Any, Any]]] = {}
    for number, condition in enumerate(listed):
        for prop, value in condition["set"].items() if condition["on"] == "when" else ():
            if prop in element.changeable and condition["when"] not in (None, False):
                found.setdefault(prop, []).append((number, condition["when"], value))
    plain = resolved(element, {**props, "conditions": []}, styles)
    varied = ranges(element, {**props, "conditions": []}, styles)
    by_itself = {prop for _, _, sets in reactions(element, props) for prop in sets}
    for prop, each in found.items():
        moves = prop in by_itself or any(is_dynamic(value) for value in (plain[prop], *(to for _, _, to in each)))
        if not moves and all(when is True for _, when, _ in each):
            continue  # Already covered by `resolved`.
        below = None if prop in varied else plain[prop]
        yield Cases(prop, element.live.get(prop) or f"look:{prop}", below, tuple((when, to) for _, when, to in each))
        if prop in by_itself:
            ranks = tuple((when, str(number)) for number, when, _ in each)
            yield Cases(f"rank.{prop}", f"attr:data-rank-{prop}", None, ranks)


def reactions(element: Element, props: Props) -> list[tuple[int, str, Props]]:
    """The conditions that the browser evaluates by itself (pointer, focus, disabled): their position among all, what
    they are on, and the look properties they set."""
    return [
        (number, condition["on"], {prop: value for prop, value in condition["set"].items() if prop in element.varies})
        for number, condition in enumerate(props.get("conditions") or ())
        if condition["on"] != "when"
    ]


def has_ranges(body: Body) -> bool:
    """Whether anything on a page differs at some breakpoint."""
    return any(holder["props"].get("at") for holder in body["nodes"].values())
