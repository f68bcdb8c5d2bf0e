"""Controls: how the fields of a form are edited in a panel, and the states of a page as rows of it."""

import json
from dataclasses import dataclass, field, replace
from typing import Any, cast

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from builder.bindings import Bindable
from builder.caching import SizedCache
from builder.chosen_types import can_be_list, has_default
from builder.document import Body, Node, children
from builder.elements import elements
from builder.elements.props import Backgrounds, Pixels, Token
from builder.expressions.catalog import Catalog, Place
from builder.expressions.check import problems
from builder.expressions.chips import Chip, parts
from builder.expressions.shape import is_dynamic
from builder.fields import RowsField
from builder.given import GivenField, target, value_for
from builder.kinds.page import KEPT
from builder.parameters import TYPES as PARAMETER_TYPES
from builder.parameters import declared
from builder.placed import PlacedChoice
from builder.styling.looks import theme_of
from builder.styling.theme import colours, fonts
from builder.types import Type, choosable, family, types

# A choice is drawn as a row of buttons as long as its words fit side by side, in characters.
SEG_MOST, SEG_BESIDE, SEG_BELOW, SEG_WORD = 4, 16, 26, 9
# What can be typed where there is no dynamic data: text, a choice of yes or no, nothing.
LITERALS = {"yes_no": "choice", "list": "none", "thing": "none", "call": "none", "object": "none", "any": "none"}
# Kinds without dynamic data or nested controls, and how many characters of them are cached as HTML.
PLAIN, AT_HAND = ("seg", "select", "switch", "number", "token", "text"), 2_000_000
_drawn: SizedCache[str, SafeString] = SizedCache(AT_HAND)


@dataclass(frozen=True, slots=True)
class Control:
    """One property as it is edited. `kind`: expr, seg, select, switch, number, token, rows, sides, given
    or text. `beside`: its label is to its left.

    `parts` are the texts and chips of an expr, `literal` what can be typed into it. `unit` is shown in a number's
    field, `step` is its increment, `css` the property that a length sets. `rows` are the controls of each row of a
    list, `blank` a new row as JSON.

    For an element's property, `whence` is the layer its value comes from and `origin` says that in words; `resets`:
    there is something to reset; `at` is the breakpoint its value is written for, "" for all widths; `mixed`: the
    selected elements differ in it. `unset`: what a yes/no or a number shows if nothing is chosen.
    `fills`: the colours of choices, as CSS.
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
    unit: str = ""
    step: float = 1
    css: str = ""
    rows: list[list["Control"]] = field(default_factory=list)
    blank: str = ""
    whence: str = ""
    origin: str = ""
    resets: bool = False
    at: str = ""
    mixed: bool = False
    unset: str = ""
    fills: dict[str, str] = field(default_factory=dict)

    @property
    def fill(self) -> str:
        """The colour of the value in force as CSS, "" for none."""
        return "" if self.mixed else self.fills.get(self.value, "")

    @property
    def coloured(self) -> list[tuple[Any, str, str]]:
        """The choices, each with its colour as CSS."""
        return [(value, words, self.fills.get(value, "")) for value, words in self.choices]

    @property
    def is_plain(self) -> bool:
        """Whether it can be drawn from its own fields alone."""
        return self.kind in PLAIN

    @property
    def html(self) -> SafeString:
        """The HTML of a plain control, cached by its content: an edit changes only one of many."""
        said = repr(self)
        drawn = _drawn.get(said)
        if drawn is None:
            drawn = render_to_string("design/control.html", {"control": self})
            _drawn.put(said, drawn, len(said) + len(drawn))
        return drawn

    @property
    def has_chips(self) -> bool:
        return any(isinstance(part, Chip) for part in self.parts)

    @property
    def type(self) -> Type:
        """The type an expression here must have."""
        return types[family(self.expects)]

    @property
    def json(self) -> str:
        return json.dumps(self.value)

    @property
    def segments(self) -> list[tuple[str, int, Chip | None]]:
        """Text, then a chip with its number among the parts, and so on. The last one is always a text, possibly empty:
        the caret can be placed before, between and after chips."""
        found, text = [], ""
        for number, part in enumerate(self.parts):
            if isinstance(part, Chip):
                found.append((text, number, part))
                text = ""
            else:
                text += part
        return [*found, (text, -1, None)]


def control(prop: str, made: forms.Field, value: Any, place: Place) -> Control:
    """The control of a form field, with the value it has at a place."""
    words, hint = str(made.label), str(made.help_text)
    if isinstance(made, Bindable):
        return _expr(prop, made, value, place)
    if prop == "content_type":
        return Control(prop, words, "select", value, hint, _types(value, place.catalog), beside=True)
    if isinstance(made, GivenField):
        return _given(prop, made, value or [], place)
    if isinstance(made, RowsField):
        return _rows(prop, made, value or [], place)
    if isinstance(made, Token):
        choices = _tokens(made, value, place.catalog)
        fills = _fills(place) if made.of == "colours" else {}
        return Control(prop, words, "token", value or "", hint, choices, beside=True, fills=fills)
    if isinstance(made, PlacedChoice):
        return Control(prop, words, "select", value, hint, _found(made, value, place), beside=True)
    if isinstance(made, forms.ChoiceField):
        choices = [(each, str(said)) for each, said in cast(list[tuple[Any, str]], made.choices)]
        fits = _fits_a_row(choices)
        length = sum(len(said) for _, said in choices)
        beside = not fits or length <= SEG_BESIDE
        fills = _fills(place, made.tokens) if isinstance(made, Backgrounds) else {}
        return Control(prop, words, "seg" if fits else "select", value, hint, choices, beside, fills=fills)
    if isinstance(made, forms.BooleanField):
        return Control(prop, words, "switch", value, hint)
    if isinstance(made, forms.IntegerField):
        unit = "px" if isinstance(made, Pixels) else str(made.widget.attrs.get("unit", ""))
        step = 1 if type(made) in (forms.IntegerField, Pixels) else 0.1
        css = made.css if isinstance(made, Pixels) else ""
        return Control(prop, words, "number", value, hint, beside=True, unit=unit, step=step, css=css)
    return Control(prop, words, "text", value, hint, lines=int(made.widget.attrs.get("rows", 1)))


def _rows(prop: str, made: RowsField, value: list[dict[str, Any]], place: Place) -> Control:
    fields = made.row.base_fields
    rows = [
        [
            control(f"{prop}.{at}.{name}", each, row.get(name, each.initial), place)
            for name, each in fields.items()
            if not each.widget.is_hidden
        ]
        for at, row in enumerate(value)
    ]
    blank = json.dumps({name: each.initial for name, each in fields.items()})
    return Control(prop, str(made.label), "rows", value, str(made.help_text), rows=rows, blank=blank)


def _given(prop: str, made: GivenField, value: list[dict[str, Any]], place: Place) -> Control:
    """One field per parameter of the target page. A value given to a parameter that no longer exists can be removed."""
    page, rows = target(place), made.rows_at(value, place)
    known = declared(page) if page else {}
    fields = []
    for at, row in enumerate(rows):
        holder = known.get(row.get("name", ""))
        written = row.get("name", "")
        gone = "A removed one" if written.startswith("pp_") or not written else written
        name, type = (holder["name"], holder["props"]["type"]) if holder else (gone, "any")
        # A value that is not given is the target's default.
        now = holder["props"].get("default") if holder and type == "yes_no" and row["value"] == "" else row["value"]
        one = _expr(f"{prop}.{at}.value", value_for(name, type), now, place)
        fields.append([one if holder else replace(one, problem="The page has no such parameter. Remove it.")])
    return Control(prop, str(made.label), "given", rows, str(made.help_text), rows=fields)


def _found(made: PlacedChoice, now: str, place: Place) -> list[tuple[str, str]]:
    """The choices of a field at its place, including the current one even if it no longer exists."""
    choices = [("", made.empty), *made.found(place)]
    return choices if not now or now in dict(choices) else [*choices, (now, "A removed one")]


def _tokens(made: Token, now: Any, catalog: Catalog) -> list[tuple[str, str]]:
    """The colours or fonts of the app's theme, including the current one even if it no longer exists."""
    theme = theme_of(catalog)
    found = colours(theme) if made.of == "colours" else fonts(theme)
    choices = [("", "Default"), *((each.token, each.name) for each in found)]
    return choices if not now or now in dict(choices) else [*choices, (now, "A removed one")]


def _fills(place: Place, choices: dict[str, str] | None = None) -> dict[str, str]:
    """The theme's colours as the page shows them: those of the side it has chosen, else of both. `choices`: which
    colour each of the choices has, by default its own."""
    page = place.catalog.page(place.page)
    side = page["nodes"][page["root"]]["props"].get("theme") if page else None
    found = {
        each.token: getattr(each, side) if side in ("light", "dark") else f"light-dark({each.light}, {each.dark})"
        for each in colours(theme_of(place.catalog))
    }
    return found if choices is None else {value: found[token] for value, token in choices.items()}


def _expr(prop: str, made: Bindable, value: Any, place: Place) -> Control:
    wrong = problems(value, made.type, place) if is_dynamic(value) else []
    return Control(
        prop,
        str(made.label),
        "expr",
        value,
        str(made.help_text),
        expects=made.type,
        # A field that takes words does so whatever else it takes, such as a list.
        literal="text" if type(made.inner) is forms.CharField else LITERALS.get(family(made.type), "text"),
        lines=int(made.inner.widget.attrs.get("rows", 1)),
        parts=parts(value, place),
        problem=wrong[0] if wrong else "",
        unset=str(made.inner.widget.attrs.get("unset", "")),
    )


def _fits_a_row(choices: list[tuple[Any, str]]) -> bool:
    said = [len(words) for _, words in choices]
    return len(said) <= SEG_MOST and sum(said) <= SEG_BELOW and max(said) <= SEG_WORD


def _types(now: str, catalog: Catalog) -> list[tuple[str, str]]:
    """The possible types of a container's content, including the current one even if it no longer exists."""
    choices = [each for each in choosable(catalog) if each[0] not in ("image", "stream")]
    return [("", "From its data"), *_and_now(choices, now)]


def _and_now(choices: list[tuple[str, str]], now: str) -> list[tuple[str, str]]:
    """Types to choose from, including the current one even if it no longer exists."""
    return choices if not now or now in dict(choices) else [*choices, (now, "A removed type")]


# States of a page, properties of a reusable element


@dataclass(frozen=True, slots=True)
class State:
    """A state, a property or a parameter as a row of the panel. `types` are the types it can have."""

    key: str
    name: str
    type: str
    default: str
    is_list: bool
    has_default: bool
    can_be_list: bool
    types: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of thing that a page or a reusable element has besides its elements: its states, or its properties."""

    type: str
    title: str
    hint: str
    rows: list[State]


TITLES = {
    ("page", "states"): "Page states",
    ("reusable", "properties"): "Own properties",
    ("reusable", "states"): "States",
}
HINTS = {
    "properties": "Each instance gives its own value for a property, such as a title.",
    "states": "A state keeps a value while the page is open, such as a chosen tab.",
}


def kept_in(body: Body, catalog: Catalog) -> list[Kept]:
    """The properties and states of a page or a reusable element, as far as its type has them, in order."""
    root = elements[body["nodes"][body["root"]]["type"]]
    slots, types = [slot for slot in ("properties", "states") if slot in root.slots], choosable(catalog)
    return [
        Kept(
            KEPT[slot],
            TITLES[root.name, slot],
            HINTS[slot],
            [_state(key, body["nodes"][key], types) for key in children(body, body["root"], slot)],
        )
        for slot in slots
    ]


def _state(key: str, holder: Node, types: list[tuple[str, str]]) -> State:
    props = holder["props"]
    type = props.get("type", "text")
    default = props.get("default")
    words = {True: "yes", False: "no"}[default] if isinstance(default, bool) else "" if default is None else default
    is_list = props.get("list", False)
    return State(
        key, holder["name"], type, str(words), is_list, has_default(holder), can_be_list(type), _and_now(types, type)
    )


def parameters_of(body: Body) -> list[State]:
    """The parameters of a page in order, as rows like those of states."""
    found = [(name, types[name].label) for name in PARAMETER_TYPES]
    return [_state(key, holder, found) for key, holder in declared(body).items()]
