"""Totals of a list: sums and averages, the smallest and largest item, how many meet a condition, groups."""

from collections.abc import Callable
from functools import partial
from typing import Any

from builder.expressions import values
from builder.expressions.bounds import joined
from builder.operators import CHANGE, CHECK, GET, Arg, Example, one_item, operator
from builder.operators.list_order import rank, sameness

Number = int | float | None
NUMBERS = ("list:number", "list:any")
SORTED = ("list:number", "list:date", "list:text", "list:any")
MORE_THAN_2 = {"from": "item", "args": {}, "ops": [{"op": "is_more_than", "args": [2]}]}


def _numbers(value: list) -> list[int | float]:
    read = (values.as_number(item) for item in value)
    return [number for number in read if number is not None]


check = partial(operator, group=CHECK, takes="list", gives="yes_no")


@operator(
    label="sum",
    group=GET,
    takes=NUMBERS,
    gives="number",
    examples=[Example([1, 2, None, "x"], [], 3), Example([0.1, 0.2], [], 0.3), Example(None, [], 0)],
)
def sum_(value: list) -> Number:
    """Adds up the numbers; anything else is ignored."""
    return _sum(_numbers(value))


def _sum(numbers: list[int | float]) -> Number:
    try:
        return values.tidy_number(sum(numbers))
    except OverflowError:
        return None


@operator(
    label="average",
    group=GET,
    takes=NUMBERS,
    gives="number",
    examples=[Example([1, 2, 6], [], 3), Example([1, None, 2], [], 1.5), Example([], [], None)],
)
def average(value: list) -> Number:
    """The sum of the numbers divided by how many there are; empty if there are none."""
    numbers = _numbers(value)
    total = _sum(numbers)
    try:
        return values.tidy_number(total / len(numbers)) if numbers and total is not None else None
    except OverflowError:
        return None


@operator(
    label="median",
    group=GET,
    takes=NUMBERS,
    gives="number",
    examples=[Example([9, 1, 2], [], 2), Example([1, 2, 3, 4], [], 2.5), Example([], [], None)],
)
def median(value: list) -> Number:
    """The middle number when they are sorted; empty if there are none."""
    numbers = sorted(_numbers(value))
    return average(numbers[(len(numbers) - 1) // 2 : len(numbers) // 2 + 1])


@operator(
    label="smallest",
    group=GET,
    takes=SORTED,
    gives=one_item,
    examples=[Example([3, 1, None], [], 1), Example(["b", "A"], [], "A"), Example([], [], None)],
)
def smallest(value: list) -> Any:
    """The first item when they are sorted: the lowest number, the earliest date."""
    return min((item for item in value if not values.is_empty(item)), key=rank, default=None)


@operator(
    label="largest",
    group=GET,
    takes=SORTED,
    gives=one_item,
    examples=[Example([3, 1, None], [], 3), Example(["b", "A"], [], "b"), Example([], [], None)],
)
def largest(value: list) -> Any:
    """The last item when they are sorted: the highest number, the latest date."""
    return max((item for item in value if not values.is_empty(item)), key=rank, default=None)


@operator(
    label="first where",
    group=GET,
    takes="list",
    gives=one_item,
    args=[Arg("condition", "yes_no", each=True)],
    examples=[Example([1, 3, 5], [MORE_THAN_2], 3), Example([1], [MORE_THAN_2], None)],
)
def first_where(value: list, condition: Callable[[Any], bool]) -> Any:
    """The first item that meets a condition; empty if there is none."""
    return next((item for item in value if condition(item)), None)


@operator(
    label="count where",
    group=GET,
    takes="list",
    gives="number",
    args=[Arg("condition", "yes_no", each=True)],
    examples=[Example([1, 3, 5], [MORE_THAN_2], 2), Example(None, [True], 0)],
)
def count_where(value: list, condition: Callable[[Any], bool]) -> int:
    """Counts the items that meet a condition."""
    return sum(1 for item in value if condition(item))


@operator(
    label="number of item",
    group=GET,
    takes="list",
    gives="number",
    args=[Arg("item", "any")],
    examples=[Example(["a", "b"], ["b"], 2), Example(["a"], ["c"], None)],
)
def number_of_item(value: list, item: Any) -> int | None:
    """The position of a value, counted from 1; empty if it is not there."""
    return next((number for number, each in enumerate(value, 1) if values.same(each, item)), None)


@operator(
    label="each item turned into",
    group=CHANGE,
    takes="list",
    gives="list:any",
    args=[Arg("value", "any", each=True)],
    examples=[
        Example(["a", "b"], [{"from": "item", "args": {}, "ops": [{"op": "in_capitals", "args": []}]}], ["A", "B"]),
        Example(None, ["x"], []),
    ],
)
def each_turned_into(value: list, made: Callable[[Any], Any]) -> list:
    """Turns every item into another value."""
    return [made(item) for item in value]


@operator(
    label="grouped by",
    group=CHANGE,
    takes="list",
    gives="list:object",
    args=[Arg("value", "any", each=True)],
    examples=[
        Example(
            ["ab", "cd", "ef", "g"],
            [{"from": "item", "args": {}, "ops": [{"op": "number_of_characters", "args": []}]}],
            [{"group": 2, "count": 3, "items": ["ab", "cd", "ef"]}, {"group": 1, "count": 1, "items": ["g"]}],
        ),
        Example(None, [1], []),
    ],
)
def grouped_by(value: list, by: Callable[[Any], Any]) -> list[dict[str, Any]]:
    """Groups the items that give the same value, as objects with group, count and items."""
    groups: dict[Any, dict[str, Any]] = {}
    for item in value:
        key = by(item)
        group = groups.setdefault(sameness(key), {"group": key, "count": 0, "items": []})
        group["count"] += 1
        group["items"].append(item)
    return list(groups.values())


@operator(
    label="as lines",
    group=CHANGE,
    takes="list",
    gives="text",
    examples=[Example(["a", 2], [], "a\n2"), Example(None, [], "")],
)
def as_lines(value: list) -> str:
    """Joins all items into one text, each on its own line."""
    return joined((values.as_text(item) for item in value), "\n")


@check(
    label="holds any of",
    args=[Arg("list", "same")],
    examples=[Example(["a", "b"], [["b", "c"]], True), Example(["a"], [["c"]], False), Example(None, [["a"]], False)],
)
def holds_any_of(value: list, other: Any) -> bool:
    """Checks whether any item of another list is one of its own."""
    own = {sameness(item) for item in value}
    return any(sameness(item) in own for item in values.as_list(other))


@check(
    label="holds all of",
    args=[Arg("list", "same")],
    examples=[Example(["a", "b"], [["b", "a"]], True), Example(["a"], [["a", "c"]], False), Example([], [[]], True)],
)
def holds_all_of(value: list, other: Any) -> bool:
    """Checks whether all items of another list are among its own."""
    own = {sameness(item) for item in value}
    return all(sameness(item) in own for item in values.as_list(other))


@check(
    label="does not hold",
    args=[Arg("item", "any")],
    examples=[Example(["a"], ["b"], True), Example(["a"], ["a"], False), Example(None, ["a"], True)],
)
def does_not_hold(value: list, item: Any) -> bool:
    """Checks whether a value is not one of the items."""
    return not any(values.same(each, item) for each in value)


@check(
    label="all fulfil",
    args=[Arg("condition", "yes_no", each=True)],
    examples=[Example([3, 5], [MORE_THAN_2], True), Example([1, 5], [MORE_THAN_2], False), Example([], [False], True)],
)
def all_fulfil(value: list, condition: Callable[[Any], bool]) -> bool:
    """Checks whether every item meets a condition."""
    return all(condition(item) for item in value)


@check(
    label="any fulfils",
    args=[Arg("condition", "yes_no", each=True)],
    examples=[Example([1, 5], [MORE_THAN_2], True), Example([1], [MORE_THAN_2], False), Example([], [True], False)],
)
def any_fulfils(value: list, condition: Callable[[Any], bool]) -> bool:
    """Checks whether at least one item meets a condition."""
    return any(condition(item) for item in value)
