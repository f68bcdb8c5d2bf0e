"""Validation of what is stored next to an element's properties: overrides at breakpoints, the named style,
conditions."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms

from builder.bindings import Bindable
from builder.checking.fixes import unsetting, without_condition
from builder.document import Body, Fix, Node, address
from builder.elements import Element, elements
from builder.elements.props import Token
from builder.errors import StreamwrightError
from builder.expressions.catalog import Place
from builder.expressions.check import problems as value_problems
from builder.expressions.shape import check, is_dynamic, is_expression, tidy
from builder.expressions.trace import trace
from builder.styling.breakpoints import BREAKPOINTS, NARROWER
from builder.styling.looks import ON, Props, styles_of
from builder.styling.theme import is_token

# The most conditions an element can have.
MOST = 50
_ID = re.compile(r"cn_[a-z0-9]{6}")
_KEYS = {"id", "on", "when", "set"}

Wrong = tuple[str, str]


def unfit(element: Element, prop: str, value: Any) -> str:
    """Why a property cannot have this value, in a sentence; "" if it can. A value that its field would convert, such as
    the number 5 to a text, cannot be stored either."""
    return _unfit(element.Props.base_fields[prop], prop, value)


def _unfit(field: forms.Field, prop: str, value: Any) -> str:
    try:
        cleaned = cleaned_value(field, prop, value)
    except forms.ValidationError as error:
        return str(error.messages[0])
    same = cleaned == value and isinstance(cleaned, bool) == isinstance(value, bool)
    return "" if same else f"{field.label} cannot be {value!r}."


def cleaned_value(field: forms.Field, prop: str, value: Any) -> Any:
    """The stored form of a value of one field. Raises ValidationError with the field's sentence."""
    return field.clean(field.widget.value_from_datadict({prop: value}, {}, prop))


# Errors that make a node unreadable


def errors(element: Element, props: Props) -> Iterator[Wrong]:
    """What is unreadable, as (property, sentence)."""
    if "at" in props:
        yield from _override_errors(element, props["at"])
    if "uses" in props and not (isinstance(props["uses"], str) and props["uses"]):
        yield "uses", "A named style goes by its id."
    if "conditions" in props:
        yield from _conditions_errors(element, props)


def _override_errors(element: Element, overrides: Any) -> Iterator[Wrong]:
    if not isinstance(overrides, dict) or not overrides or overrides.keys() - set(NARROWER):
        yield "at", f"Overrides stand at one of the breakpoints {', '.join(NARROWER)}."
        return
    for at, values in overrides.items():
        if not isinstance(values, dict) or not values:
            yield f"at.{at}", "A breakpoint holds the properties that are others there."
        else:
            for prop, sentence in _value_errors(element.Props.base_fields, values):
                yield f"at.{at}.{prop}", sentence


def _conditions_errors(element: Element, props: Props) -> Iterator[Wrong]:
    conditions = props["conditions"]
    if not isinstance(conditions, list) or not 0 < len(conditions) <= MOST:
        yield "conditions", f"Conditions are a list of 1 to {MOST}."
        return
    seen: set[str] = set()
    for condition in conditions:
        if not isinstance(condition, dict) or condition.keys() != _KEYS or not isinstance(condition["set"], dict):
            yield "conditions", "A condition has an id, what it is on, when, and what it sets."
            continue
        key = condition["id"]
        if not isinstance(key, str) or not _ID.fullmatch(key) or key in seen:
            yield "conditions", "Each condition of an element has an id of its own."
            continue
        seen.add(key)
        if condition["on"] not in ON or (condition["on"] != "when" and condition["when"] is not None):
            yield f"conditions.{key}", f"A condition is on one of {', '.join(ON)}; only “when” has a value."
        elif not _is_value(condition["when"]):
            yield f"conditions.{key}", "When it holds is yes, no, or dynamic data that gives one of them."
        for _, sentence in _value_errors(element.fields({**props, **condition["set"]}), condition["set"]):
            yield f"conditions.{key}", sentence


def _value_errors(fields: Mapping[str, forms.Field], values: Props) -> Iterator[Wrong]:
    for prop, value in values.items():
        if prop in fields and (sentence := _unfit(fields[prop], prop, value)):
            yield prop, sentence


def _is_value(when: Any) -> bool:
    if when is None or isinstance(when, bool):
        return True
    try:
        return is_dynamic(when) and bool(tidy(check(when)) == when)
    except StreamwrightError:
        return False


# Problems (S43)


def problems(element: Element, props: Props, place: Place) -> Iterator[Wrong]:
    """What has no effect or refers to something that no longer exists, as (property, sentence)."""
    if "uses" in props:
        yield from _style_ends(element, props["uses"], place)
    yield from _token_ends(element, "", props, place)
    for at, values in (props.get("at") or {}).items():
        for prop in sorted(values.keys() - set(element.varies)):
            sentence = f"{element.label} cannot have another “{prop}” at {BREAKPOINTS[at].label}. Take it away there."
            yield f"at.{at}.{prop}", sentence
        yield from _token_ends(element, f"at.{at}.", values, place)
    for number, condition in enumerate(props.get("conditions") or (), 1):
        for sentence in _condition_ends(element, props, condition, place):
            yield f"conditions.{condition['id']}", f"Condition {number}: {sentence}"


def fix(body: Body, key: str, prop: str, place: Place) -> Fix | None:
    """A fix for one of these problems, if it changes nothing visible: a missing style, colour or override has no
    effect, and a condition whose source is gone is never yes."""
    doc, holder = address(body), body["nodes"][key]
    outer, _, inner = prop.partition(".")
    if outer == "conditions":
        condition = next(each for each in holder["props"]["conditions"] if each["id"] == inner)
        return without_condition(doc, body, key, inner) if _is_never(holder, condition, place) else None
    if prop == "uses":
        return unsetting(doc, key, prop, "Use no named style", f"{holder['name']} uses no named style now.")
    done = f"What {holder['name']} had there was taken away."
    return unsetting(doc, key, prop, "Take it away", done)


def _is_never(holder: Node, condition: dict[str, Any], place: Place) -> bool:
    """Whether a condition can never apply as it is: it is no, its source is gone, or the element is never disabled."""
    when = condition["when"]
    if condition["on"] != "when":
        return condition["on"] == "disabled" and "disabled" not in elements[holder["type"]].Props.base_fields
    return when is False or (is_expression(when) and bool(trace(when, place)[0].problem))


def _style_ends(element: Element, style: str, place: Place) -> Iterator[Wrong]:
    found = styles_of(place.catalog).get(style)
    if found is None:
        yield "uses", "Its named style is not in this app. Choose another one, or none."
    elif found["props"].get("element") != element.name:
        yield "uses", f"The style {found['name']} is not for {element.label}. Choose another one, or none."


def _token_ends(element: Element, where: str, values: Props, place: Place) -> Iterator[Wrong]:
    for prop, value in values.items():
        field = element.Props.base_fields.get(prop)
        if isinstance(field, Token) and value and not is_token(field.of, value, place.catalog):
            yield f"{where}{prop}", f"“{field.label}” is of the theme and was removed. Choose another one."


def _condition_ends(element: Element, props: Props, condition: dict[str, Any], place: Place) -> Iterable[str]:
    when, on, sets = condition["when"], condition["on"], condition["set"]
    if on == "when" and when is None:
        yield "it does not say when it applies. Choose data that is yes or no."
    elif on == "when" and when is False:
        yield "it is simply no, so it never applies. Remove it, or say when."
    elif on == "when":
        yield from value_problems(when, "yes_no", place)
    if on == "disabled" and "disabled" not in element.Props.base_fields:
        yield f"{element.label} is never disabled. Remove it."
    allowed = element.settable(props, place.catalog) if on == "when" else element.varies
    fields = element.fields({**props, **sets}, place.catalog)
    for prop, value in sets.items():
        field = fields.get(prop)
        if field is None or prop not in allowed:
            name = str(field.label) if field else prop
            yield f"it cannot set “{name}” of {element.label}. Take that away."
        elif isinstance(field, Bindable) and (is_dynamic(value) or prop not in element.defaults):
            yield from value_problems(value, field.type, place)
        elif isinstance(field, Token) and value and not is_token(field.of, value, place.catalog):
            yield f"“{field.label}” is of the theme and was removed. Choose another one."
