"""The property panel: a node's form sorted into tabs and sections, each property as the control it is edited with."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from django import forms

from builder.bindings import Bindable
from builder.document import Body, Node, children
from builder.elements import Element, elements
from builder.expressions.catalog import Catalog, Place
from builder.expressions.check import problems
from builder.expressions.chips import Chip, parts
from builder.expressions.shape import is_dynamic
from builder.kinds.page import STATE_TYPES
from builder.types import Type, family, known, label, types

# Which properties stand under another tab than Properties. Of containers `align` is layout, of texts it is style.
LAYOUT = {"direction", "gap", "justify", "wrap", "padding", "width", "grow", "stick", "min_width", "max_width"}
STYLE = {"kind", "style", "tone", "size", "weight", "shape", "background", "border", "rounded", "frame", "theme"}
WHILE_IT_STREAMS = {"pace", "aloud", "caret", "follow", "formatted"}
VISIBLE = {"visible", "keep_space"}
# A choice is drawn as a row of buttons while its words fit beside each other, in characters.
SEG_MOST, SEG_BESIDE, SEG_BELOW, SEG_WORD = 4, 16, 26, 9
# What can be typed where no dynamic data stands: text, a choice of yes and no, nothing.
LITERALS = {"yes_no": "choice", "list": "none", "thing": "none", "call": "none", "object": "none", "any": "none"}


@dataclass(frozen=True, slots=True)
class Control:
    """One property as it is edited. `kind`: expr, seg, select, switch or text. `beside`: its label stands at its left.

    `parts` are the texts and chips of an expr, `literal` what can be typed into it.
    """

    prop: str
    label: str
    kind: str
    value: Any
    hint: str = ""
    choices: list[tuple[Any, str]] = field(default_factory=list)
    beside: bool = False
    expects: str = ""
    literal: str = ""
    lines: int = 1
    parts: list[str | Chip] = field(default_factory=list)
    problem: str = ""

    @property
    def has_chips(self) -> bool:
        return any(isinstance(part, Chip) for part in self.parts)

    @property
    def type(self) -> Type:
        """What an expression here must give."""
        return types[family(self.expects)]

    @property
    def json(self) -> str:
        return json.dumps(self.value)

    @property
    def segments(self) -> list[tuple[str, int, Chip | None]]:
        """Text, then a chip with its number among the parts, and so on; a text, maybe an empty one, is the last: the
        caret can stand before, between and behind chips."""
        found, text = [], ""
        for number, part in enumerate(self.parts):
            if isinstance(part, Chip):
                found.append((text, number, part))
                text = ""
            else:
                text += part
        return [*found, (text, -1, None)]


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    controls: list[Control]
    mark: str = ""


@dataclass(frozen=True, slots=True)
class PanelTab:
    name: str
    label: str
    sections: list[Section]


def tabs_of(body: Body, key: str, catalog: Catalog) -> list[PanelTab]:
    """The tabs of one element's panel; those without properties are left out."""
    holder = body["nodes"][key]
    element = elements[holder["type"]]
    place = Place(catalog, page=body["root"], element=key)
    sorted_: dict[str, list[Control]] = {}
    for one in controls(element, holder, place):
        sorted_.setdefault(_home(element, one.prop), []).append(one)
    sections = [
        Section("", sorted_.get("main", [])),
        Section("While it streams", sorted_.get("streams", []), "stream"),
        Section("Visible", sorted_.get("visible", []), "yes_no"),
    ]
    tabs = [
        PanelTab("properties", "Properties", [section for section in sections if section.controls]),
        PanelTab("layout", "Layout", [Section("", sorted_.get("layout", []))]),
        PanelTab("style", "Style", [Section("", sorted_.get("style", []))]),
    ]
    return [tab for tab in tabs if any(section.controls for section in tab.sections)]


def _home(element: Element, prop: str) -> str:
    if prop in VISIBLE:
        return "visible"
    if prop in WHILE_IT_STREAMS and element.name == "live_text":
        return "streams"
    if prop in LAYOUT or (prop == "align" and "children" in element.slots):
        return "layout"
    return "style" if prop in STYLE or prop == "align" else "main"


def controls(element: Element, holder: Node, place: Place) -> Iterator[Control]:
    """Every property of an element as a control: what takes text and dynamic data first."""
    values = element.values(holder["props"])
    fields = element.Props.base_fields
    for prop in sorted(fields, key=lambda prop: not isinstance(fields[prop], Bindable)):
        yield control(prop, fields[prop], values[prop], place)


def control(prop: str, made: forms.Field, value: Any, place: Place) -> Control:
    """One form field, with the value it has at a place, as a control."""
    words, hint = str(made.label), str(made.help_text)
    if isinstance(made, Bindable):
        return _expr(prop, made, value, place)
    if prop == "content_type":
        return Control(prop, words, "select", value, hint, _types(value, place.catalog), beside=True)
    if isinstance(made, forms.ChoiceField):
        choices = [(each, str(said)) for each, said in cast(list[tuple[Any, str]], made.choices)]
        fits = _fits_a_row(choices)
        length = sum(len(said) for _, said in choices)
        beside = not fits or length <= SEG_BESIDE
        return Control(prop, words, "seg" if fits else "select", value, hint, choices, beside)
    if isinstance(made, forms.BooleanField):
        return Control(prop, words, "switch", value, hint)
    return Control(prop, words, "text", value, hint)


def _expr(prop: str, made: Bindable, value: Any, place: Place) -> Control:
    wrong = problems(value, made.type, place) if is_dynamic(value) else []
    return Control(
        prop,
        str(made.label),
        "expr",
        value,
        str(made.help_text),
        expects=made.type,
        literal=LITERALS.get(family(made.type), "text"),
        lines=int(made.inner.widget.attrs.get("rows", 1)),
        parts=parts(value, place),
        problem=wrong[0] if wrong else "",
    )


def _fits_a_row(choices: list[tuple[Any, str]]) -> bool:
    said = [len(words) for _, words in choices]
    return len(said) <= SEG_MOST and sum(said) <= SEG_BELOW and max(said) <= SEG_WORD


def _types(now: str, catalog: Catalog) -> list[tuple[str, str]]:
    """The types that a container's content can have; the present one also when it is gone."""
    calls = [
        f"call:{api['root']}/{call}" for api in catalog.bodies("api") for call in children(api, api["root"], "calls")
    ]
    found = ["text", "number", "yes_no", "date", *(f"thing:{each['root']}" for each in catalog.bodies("data_type"))]
    choices = [(each, label(each, catalog)) for each in found + calls if known(each, catalog)]
    if now and now not in dict(choices):
        choices.append((now, "A removed type"))
    return [("", "Choose…"), *choices]


# What stands beside the properties


@dataclass(frozen=True, slots=True)
class State:
    """A state of the page as a row of the panel."""

    key: str
    name: str
    type: str
    default: str
    is_list: bool


def states_of(body: Body) -> list[State]:
    """The states of a page in their order."""
    return [_state(key, body["nodes"][key]) for key in children(body, body["root"], "states")]


def _state(key: str, holder: Node) -> State:
    props = holder["props"]
    default = props.get("default")
    words = {True: "yes", False: "no"}[default] if isinstance(default, bool) else "" if default is None else default
    return State(key, holder["name"], props.get("type", "text"), str(words), props.get("list", False))


def state_types() -> list[tuple[str, str]]:
    """What a state of a page can hold, as choices."""
    return [(name, types[name].label) for name in STATE_TYPES]
