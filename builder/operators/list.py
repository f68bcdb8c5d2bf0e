"""Operators for lists. Items are numbered from 1, the way people count."""

from collections.abc import Callable
from typing import Any

from builder.expressions import values
from builder.expressions.bounds import joined
from builder.expressions.shape import Value
from builder.operators import CHANGE, CHECK, GET, LIST, Arg, Example, one_item, operator, same_type
from builder.types import fields, item_type, list_of


@operator(
    label="count",
    group=GET,
    takes="list",
    gives="number",
    examples=[Example(["a", "b"], [], 2), Example(None, [], 0)],
)
def count(value: list) -> int:
    """Counts the items."""
    return len(value)


@operator(
    label="first item",
    group=GET,
    takes="list",
    gives=one_item,
    examples=[Example(["a", "b"], [], "a"), Example([], [], None)],
)
def first_item(value: list) -> Any:
    """The first item; empty if there is none."""
    return value[0] if value else None


@operator(
    label="last item",
    group=GET,
    takes="list",
    gives=one_item,
    examples=[Example(["a", "b"], [], "b"), Example(None, [], None)],
)
def last_item(value: list) -> Any:
    """The last item; empty if there is none."""
    return value[-1] if value else None


@operator(
    label="item number",
    group=GET,
    takes="list",
    gives=one_item,
    args=[Arg("number", "number")],
    examples=[Example(["a", "b"], [2], "b"), Example(["a"], [0], None), Example(["a"], [None], None)],
)
def item_number(value: list, number: float | None) -> Any:
    """The item at a position, counted from 1; empty if there is none."""
    return value[int(number) - 1] if number is not None and 1 <= number < len(value) + 1 else None


@operator(
    label="first items",
    group=LIST,
    takes="list",
    gives=same_type,
    args=[Arg("how many", "number", unit="items")],
    examples=[Example(["a", "b", "c"], [2], ["a", "b"]), Example(["a"], [None], ["a"])],
)
def first_items(value: list, number: float | None) -> list:
    """Keeps a number of items from the beginning."""
    return value if number is None else value[: max(0, int(number))]


@operator(
    label="last items",
    group=LIST,
    takes="list",
    gives=same_type,
    args=[Arg("how many", "number", unit="items")],
    examples=[Example(["a", "b", "c"], [2], ["b", "c"]), Example(["a"], [0], []), Example(["a"], [None], ["a"])],
)
def last_items(value: list, number: float | None) -> list:
    """Keeps a number of items from the end, in order."""
    return value if number is None else value[max(0, len(value) - max(0, int(number))) :]


@operator(
    label="reversed",
    group=LIST,
    takes="list",
    gives=same_type,
    examples=[Example(["a", "b"], [], ["b", "a"]), Example(None, [], [])],
)
def reversed_(value: list) -> list:
    """Reverses the order."""
    return value[::-1]


@operator(
    label="only where",
    group=LIST,
    takes="list",
    gives=same_type,
    args=[Arg("condition", "yes_no", each=True)],
    examples=[
        Example(
            [{"n": 1}, {"n": 5}],
            [
                {
                    "from": "item",
                    "args": {},
                    "ops": [{"op": "field", "args": ["n"]}, {"op": "is_more_than", "args": [2]}],
                }
            ],
            [{"n": 5}],
        ),
        Example(None, [True], []),
    ],
)
def only_where(value: list, condition: Callable[[Any], bool]) -> list:
    """Keeps the items that meet a condition."""
    return [item for item in value if condition(item)]


def _list_of_field(type: str, args: list[Value], place: Any) -> str | None:
    item, key = item_type(type), args[0] if args else None
    if item in ("object", "any"):
        return "list:any"
    return next((list_of(field.type) for field in fields(item, place.catalog) if field.key == key), None)


@operator(
    label="each item’s",
    group=GET,
    takes="list",
    gives=_list_of_field,
    args=[Arg("field", "text")],
    examples=[Example([{"n": 1}, {"n": 2}, {}], ["n"], [1, 2, None]), Example(None, ["n"], [])],
    offered=False,
)
def each_items_field(value: list, key: str) -> list:
    """Takes one field of every item. The composer offers each field by name."""
    return [values.field_of(item, key) for item in value]


@operator(
    label="each item as object",
    group=CHANGE,
    takes="list",
    gives="list:object",
    args=[Arg("object", "object", each=True)],
    examples=[
        Example(
            ["Hi", "Hello"],
            [{"role": "user", "content": {"from": "item", "args": {}, "ops": [{"op": "in_capitals", "args": []}]}}],
            [{"role": "user", "content": "HI"}, {"role": "user", "content": "HELLO"}],
        ),
        Example(None, [{"a": 1}], []),
    ],
)
def each_as_object(value: list, shape: Callable[[Any], dict]) -> list:
    """Turns every item into an object, such as the messages of a conversation."""
    return [shape(item) for item in value]


@operator(
    label="joined with",
    group=CHANGE,
    takes="list",
    gives="text",
    args=[Arg("separator", "text")],
    examples=[Example(["a", 2, None], [", "], "a, 2, "), Example(None, [", "], "")],
)
def joined_with(value: list, separator: str) -> str:
    """Joins all items into one text, with a separator between them."""
    return joined((values.as_text(item) for item in value), separator)


@operator(
    label="holds",
    group=CHECK,
    takes="list",
    gives="yes_no",
    args=[Arg("item", "any")],
    examples=[Example(["a", "b"], ["b"], True), Example([3.0], [3], True), Example(None, ["a"], False)],
)
def holds(value: list, item: Any) -> bool:
    """Checks whether a value is one of the items."""
    return any(values.same(each, item) for each in value)
