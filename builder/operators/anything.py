"""Operators for any value."""

from functools import partial
from typing import Any

from builder.expressions import values
from builder.expressions.shape import Value
from builder.operators import CHANGE, CHECK, GET, Arg, Example, operator, same_type
from builder.types import fields

check = partial(operator, group=CHECK, takes="any", gives="yes_no")


@check(
    label="is",
    args=[Arg("value", "same")],
    examples=[
        Example("a", ["a"], True),
        Example("a", ["A"], False),
        Example(3, [3.0], True),
        Example(None, [""], True),
        Example(True, [1], False),
    ],
)
def is_(value: Any, other: Any) -> bool:
    """Checks whether both are the same. Upper and lower case differ; two empty values are the same."""
    return values.same(value, other)


@check(
    label="is not",
    args=[Arg("value", "same")],
    examples=[Example("a", ["b"], True), Example(3, [3], False), Example(None, ["a"], True)],
)
def is_not(value: Any, other: Any) -> bool:
    """Checks whether they differ."""
    return not values.same(value, other)


@check(
    label="is empty",
    examples=[Example("", [], True), Example(None, [], True), Example([], [], True), Example(0, [], False)],
)
def is_empty(value: Any) -> bool:
    """Checks whether there is nothing in it: no text, no items. Zero and no are not empty."""
    return values.is_empty(value)


@check(
    label="is not empty",
    examples=[Example("a", [], True), Example(None, [], False), Example(False, [], True)],
)
def is_not_empty(value: Any) -> bool:
    """Checks whether there is something in it."""
    return not values.is_empty(value)


@operator(
    label="or if empty",
    group=CHANGE,
    takes="any",
    gives=same_type,
    args=[Arg("value", "same")],
    examples=[Example(None, ["Nobody"], "Nobody"), Example("Maya", ["Nobody"], "Maya"), Example(0, [7], 0)],
)
def with_default(value: Any, other: Any) -> Any:
    """Uses another value if this one is empty."""
    return other if values.is_empty(value) else value


@check(
    label="is one of",
    args=[Arg("list", "list")],
    examples=[Example("a", [["a", "b"]], True), Example(3, [["x"]], False), Example(None, [None], False)],
)
def is_one_of(value: Any, among: list) -> bool:
    """Checks whether it is one of the items of a list."""
    return any(values.same(value, each) for each in among)


@operator(
    label="as text",
    group=CHANGE,
    takes="any",
    gives="text",
    examples=[Example(3.0, [], "3"), Example(["a", 1], [], "a, 1"), Example(None, [], "")],
)
def as_text(value: Any) -> str:
    """Writes it the way people read it."""
    return values.as_text(value)


def _type_of_field(type: str, args: list[Value], place: Any) -> str | None:
    key = args[0] if args else None
    if type in ("object", "any"):
        return "any"
    return next((field.type for field in fields(type, place.catalog) if field.key == key), None)


@operator(
    label="’s field",
    group=GET,
    takes=("thing", "call", "object"),
    gives=_type_of_field,
    args=[Arg("field", "text")],
    examples=[Example({"name": "Maya"}, ["name"], "Maya"), Example({}, ["name"], None), Example(None, ["name"], None)],
    offered=False,
)
def field(value: Any, key: str) -> Any:
    """Takes one of its fields. The composer offers each field by name."""
    return values.field_of(value, key)
