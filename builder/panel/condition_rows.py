"""The Conditions tab of the panel (S34): for each condition, when it holds, what it sets, and what is wrong with it."""

import json
from dataclasses import dataclass, replace
from typing import Any, cast

from django import forms

from builder.bindings import Bindable
from builder.document import Body
from builder.elements import Element, elements
from builder.elements.props import PLACED, Pixels, Token, yes_no
from builder.expressions.catalog import Catalog, Place
from builder.expressions.shape import is_dynamic
from builder.panel.controls import Control, control
from builder.styling.breakpoints import BASE
from builder.styling.fixed import stands_fixed
from builder.styling.looks import ON, origin, styles_of
from builder.styling.modifiers import problems
from builder.styling.theme import tokens_of

WHEN = yes_no("When")


@dataclass(frozen=True, slots=True)
class Addable:
    """A further property that a condition can set. `value` is its initial value as JSON, different from the current
    one."""

    prop: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """One condition. `words` say what it is on; `when` is the control of its yes/no, None if the browser decides by
    itself."""

    key: str
    number: int
    words: str
    when: Control | None
    sets: list[Control]
    addable: list[Addable]
    problems: list[str]
    is_last: bool

    @property
    def index(self) -> int:
        """Its position, counted from 0 as in gestures."""
        return self.number - 1


def condition_rows(body: Body, key: str, catalog: Catalog) -> list[ConditionRow]:
    """The conditions of an element, in order."""
    holder = body["nodes"][key]
    element, place = elements[holder["type"]], Place(catalog, page=body["root"], element=key)
    conditions = holder["props"].get("conditions") or []
    wrong = list(problems(element, holder["props"], place)) if conditions else []
    return [
        _row(element, body, key, condition, number, place, wrong, number == len(conditions))
        for number, condition in enumerate(conditions, 1)
    ]


def kinds_of_condition(element: Element) -> list[tuple[str, str]]:
    """What a condition of an element can be on, with the yes/no first."""
    return [(on, said) for on, said in ON.items() if on != "disabled" or "disabled" in element.Props.base_fields]


def has_conditions(element: Element) -> bool:
    """Whether it has anything that a condition could set."""
    return element.name != "page" and bool(element.changeable or element.varies)


def _row(
    element: Element,
    body: Body,
    key: str,
    condition: dict[str, Any],
    number: int,
    place: Place,
    wrong: list[tuple[str, str]],
    is_last: bool,
) -> ConditionRow:
    own, on = condition["id"], condition["on"]
    prefix = f"Condition {number}: "
    problems = [said.removeprefix(prefix) for prop, said in wrong if prop == f"conditions.{own}"]
    props = body["nodes"][key]["props"]
    fields = element.fields({**props, **condition["set"]}, place.catalog)
    sets = [
        replace(control(prop, fields[prop], value, place), prop=f"{own}.{prop}")
        for prop, value in condition["set"].items()
        if prop in fields
    ]
    allowed = element.settable(props, place.catalog) if on == "when" else element.varies
    places = PLACED if stands_fixed(key, place.catalog) else ()
    offered = [prop for prop in allowed if prop not in condition["set"] and (prop not in PLACED or prop in places)]
    addable = [_addable(element, props, prop, fields[prop], place) for prop in offered]
    when = _when(own, condition["when"], place) if on == "when" else None
    return ConditionRow(own, number, ON[on], when, sets, addable, [_begun(each) for each in problems], is_last)


def _when(condition: str, value: Any, place: Place) -> Control:
    """The control of a condition's yes/no: empty until it holds dynamic data."""
    made = control(f"{condition}.when", WHEN, value, place)
    return replace(made, literal="choice" if isinstance(value, bool) else "none")


def _addable(element: Element, props: dict[str, Any], prop: str, made: forms.Field, place: Place) -> Addable:
    now = props.get(prop, made.initial)
    if prop in element.defaults:
        now = origin(element, props, prop, styles_of(place.catalog), BASE).value
    return Addable(prop, str(made.label), json.dumps(_other(made, now, place.catalog)))


def _other(made: forms.Field, now: Any, catalog: Catalog) -> Any:
    """A value other than the current one, so that the effect of the condition is visible at once."""
    if isinstance(made, Bindable):
        return (
            (not now if isinstance(now, bool) else True)
            if made.type == "yes_no"
            else ""
            if is_dynamic(now)
            else now or ""
        )
    if isinstance(made, Token):
        return next((each for each in sorted(tokens_of(catalog)[made.of]) if each != now), "accent")
    if isinstance(made, Pixels):
        return (now or 0) + 16
    if isinstance(made, forms.ChoiceField):
        choices = cast(list[tuple[Any, str]], made.choices)
        return next((each for each, _ in choices if each != now), now)
    return not now if isinstance(made, forms.BooleanField) else now if now is not None else ""


def _begun(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
