"""Sorting a list, and combining it with another: each item once, merged, in both, without."""

import hashlib
import json
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from builder.expressions import values
from builder.operators import GET, LIST, Arg, Example, one_item, operator, same_type
from builder.operators.date_counted import instant

ORDERS = ("from small to large", "from large to small")
N = {"from": "item", "args": {}, "ops": [{"op": "field", "args": ["n"]}]}


def rank(value: Any) -> tuple[int, Any]:
    """An item's sort key: numbers, then dates, then texts as people write them; empty ones last."""
    if values.is_empty(value):
        return 4, ""
    if isinstance(value, bool):
        return 0, int(value)
    if isinstance(value, int | float):
        return 1, value
    if isinstance(value, date):
        return 2, instant(value)
    return 3, values.as_text(value).casefold()


def sameness(value: Any) -> Any:
    """A lookup key shared by items that people would call the same."""
    if values.is_stream(value):
        value = value.text
    if values.is_empty(value):
        return ""
    if values.is_thing(value):
        return "thing", value.type, value.key
    if isinstance(value, dict | list):
        return "json", json.dumps(values.as_json(value), sort_keys=True)
    return ("yes/no", value) if isinstance(value, bool) else ("value", value)


def _ordered(value: list, key: Callable[[Any], Any], order: str) -> list:
    """The sorted list; empty items are last in either order."""
    ranked = [(rank(key(item)), item) for item in value]
    filled = [pair for pair in ranked if pair[0][0] < 4]
    filled.sort(key=lambda pair: pair[0], reverse=order == ORDERS[1])
    return [item for _, item in filled] + [item for place, item in ranked if place[0] == 4]


list_to_list = partial(operator, group=LIST, takes="list", gives=same_type)


@list_to_list(
    label="sorted",
    args=[Arg("order", "text", options=ORDERS)],
    examples=[
        Example([3, 1, 2], [ORDERS[0]], [1, 2, 3]),
        Example(["b", None, "A"], [ORDERS[1]], ["b", "A", None]),
        Example(["b", 2, "A"], [ORDERS[0]], [2, "A", "b"]),
        Example(None, [ORDERS[0]], []),
    ],
)
def sorted_(value: list, order: str) -> list:
    """Sorts the items: numbers by size, texts alphabetically, dates by time."""
    return _ordered(value, lambda item: item, order)


@list_to_list(
    label="sorted by",
    args=[Arg("value", "any", each=True), Arg("order", "text", options=ORDERS)],
    examples=[
        Example([{"n": 2}, {"n": 1}], [N, ORDERS[0]], [{"n": 1}, {"n": 2}]),
        Example([{"n": 1}, {}, {"n": 2}], [N, ORDERS[1]], [{"n": 2}, {"n": 1}, {}]),
        Example(None, [1, ORDERS[0]], []),
    ],
)
def sorted_by(value: list, by: Callable[[Any], Any], order: str) -> list:
    """Sorts the items by a value that is worked out for each of them."""
    return _ordered(value, by, order)


@list_to_list(
    label="each once",
    examples=[Example(["a", "b", "a"], [], ["a", "b"]), Example([3, 3.0], [], [3]), Example(None, [], [])],
)
def each_once(value: list) -> list:
    """Keeps only the first of several equal items."""
    found: dict[Any, Any] = {}
    for item in value:
        found.setdefault(sameness(item), item)
    return list(found.values())


@list_to_list(
    label="without empty items",
    examples=[Example(["a", "", None, 0], [], ["a", 0]), Example(None, [], [])],
)
def without_empty_items(value: list) -> list:
    """Removes the items that are empty."""
    return [item for item in value if not values.is_empty(item)]


@list_to_list(
    label="merged with",
    args=[Arg("list", "same")],
    examples=[Example(["a", "b"], [["b", "c"]], ["a", "b", "c"]), Example(None, [["a"]], ["a"])],
)
def merged_with(value: list, other: Any) -> list:
    """Both lists one after the other, each item once."""
    return each_once([*value, *values.as_list(other)])


@list_to_list(
    label="followed by the list",
    args=[Arg("list", "same")],
    examples=[Example(["a"], [["a", "b"]], ["a", "a", "b"]), Example(None, [["a"]], ["a"])],
)
def followed_by_the_list(value: list, other: Any) -> list:
    """Both lists one after the other, including items that are in both."""
    return [*value, *values.as_list(other)]


@list_to_list(
    label="also in",
    args=[Arg("list", "same")],
    examples=[Example(["a", "b"], [["b", "c"]], ["b"]), Example(["a"], [None], []), Example(None, [["a"]], [])],
)
def also_in(value: list, other: Any) -> list:
    """Keeps the items that are also in another list."""
    others = {sameness(item) for item in values.as_list(other)}
    return [item for item in value if sameness(item) in others]


@list_to_list(
    label="without those of",
    args=[Arg("list", "same")],
    examples=[Example(["a", "b"], [["b"]], ["a"]), Example(["a"], [None], ["a"]), Example(None, [["a"]], [])],
)
def without_those_of(value: list, other: Any) -> list:
    """Removes the items that are in another list."""
    others = {sameness(item) for item in values.as_list(other)}
    return [item for item in value if sameness(item) not in others]


@list_to_list(
    label="with item",
    args=[Arg("item", "any")],
    examples=[Example(["a"], ["b"], ["a", "b"]), Example(None, ["a"], ["a"])],
)
def with_item(value: list, item: Any) -> list:
    """Adds one item at the end."""
    return [*value, item]


@list_to_list(
    label="without item",
    args=[Arg("item", "any")],
    examples=[Example(["a", "b", "a"], ["a"], ["b"]), Example([3], [3.0], []), Example(None, ["a"], [])],
)
def without_item(value: list, item: Any) -> list:
    """Removes the items that are equal to a value."""
    return [each for each in value if not values.same(each, item)]


@list_to_list(
    label="items from number",
    args=[Arg("number", "number")],
    examples=[Example(["a", "b", "c"], [2], ["b", "c"]), Example(["a"], [None], ["a"]), Example(["a"], [5], [])],
)
def items_from_number(value: list, number: float | None) -> list:
    """Keeps the items from a position on, counted from 1."""
    return value if number is None else value[max(0, int(number) - 1) :]


@operator(
    label="random item by",
    group=GET,
    takes="list",
    gives=one_item,
    args=[Arg("text", "text")],
    examples=[Example(["a"], ["Maya"], "a"), Example(["a", "b", "c"], ["Maya"], "a"), Example([], ["Maya"], None)],
)
def random_item_by(value: list, text: str) -> Any:
    """Picks an item at random; the same text always picks the same one, so nothing jumps."""
    return value[_drawn(text) % len(value)] if value else None


@list_to_list(
    label="shuffled by",
    args=[Arg("text", "text")],
    examples=[Example(["a", "b", "c"], ["Maya"], ["a", "c", "b"]), Example(None, ["Maya"], [])],
)
def shuffled_by(value: list, text: str) -> list:
    """Shuffles the items; the same text always gives the same order."""
    drawn = sorted(range(len(value)), key=lambda at: _drawn(f"{text}\n{at}"))
    return [value[at] for at in drawn]


def _drawn(text: str) -> int:
    """A number that looks random but is the same for the same text."""
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:8])
