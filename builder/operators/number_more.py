"""More arithmetic: rounding, remainders, powers, limits, and properties of a number."""

import math
from datetime import UTC, datetime
from functools import partial

from builder.expressions.values import tidy_number
from builder.operators import CALCULATE, CHECK, GET, Arg, Example, operator

Number = int | float | None
# The longest list of numbers made from a single number.
COUNTED = 10_000
NUMBER = (Arg("number", "number"),)
number_to_number = partial(operator, group=CALCULATE, takes="number", gives="number")
check = partial(operator, group=CHECK, takes="number", gives="yes_no")


@number_to_number(
    label="rounded up",
    examples=[Example(2.1, [], 3), Example(-2.9, [], -2), Example(None, [], None)],
)
def rounded_up(value: Number) -> Number:
    """Rounds up to a whole number."""
    return None if value is None else math.ceil(value)


@number_to_number(
    label="rounded down",
    examples=[Example(2.9, [], 2), Example(-2.1, [], -3), Example(None, [], None)],
)
def rounded_down(value: Number) -> Number:
    """Rounds down to a whole number."""
    return None if value is None else math.floor(value)


@number_to_number(
    label="without its sign",
    examples=[Example(-3, [], 3), Example(3, [], 3), Example(None, [], None)],
)
def without_its_sign(value: Number) -> Number:
    """Its distance from zero."""
    return None if value is None else abs(value)


@number_to_number(
    label="remainder of division by",
    args=NUMBER,
    examples=[Example(7, [3], 1), Example(-1, [3], 2), Example(7, [0], None), Example(None, [3], None)],
)
def remainder(value: Number, number: Number) -> Number:
    """What is left after dividing by a number; empty if that is zero."""
    if value is None or not number:
        return None
    try:
        return tidy_number(value % number)
    except OverflowError:
        return None


@number_to_number(
    label="to the power of",
    args=NUMBER,
    examples=[Example(2, [10], 1024), Example(9, [0.5], 3), Example(-1, [0.5], None), Example(10, [400], None)],
)
def to_the_power_of(value: Number, number: Number) -> Number:
    """Raises it to a power; 0.5 gives the square root."""
    if value is None or number is None:
        return None
    try:
        return tidy_number(math.pow(value, number))
    except (OverflowError, ValueError):
        return None


@number_to_number(
    label="at least",
    args=NUMBER,
    examples=[Example(2, [5], 5), Example(7, [5], 7), Example(None, [5], 5), Example(2, [None], 2)],
)
def at_least(value: Number, number: Number) -> Number:
    """The larger of it and another number."""
    return max((each for each in (value, number) if each is not None), default=None)


@number_to_number(
    label="at most",
    args=NUMBER,
    examples=[Example(7, [5], 5), Example(2, [5], 2), Example(None, [5], 5)],
)
def at_most(value: Number, number: Number) -> Number:
    """The smaller of it and another number."""
    return min((each for each in (value, number) if each is not None), default=None)


@check(
    label="is at least",
    args=NUMBER,
    examples=[Example(2, [2], True), Example(1, [2], False), Example(None, [2], False)],
)
def is_at_least(value: Number, number: Number) -> bool:
    """Checks whether it is a number or more."""
    return value is not None and number is not None and value >= number


@check(
    label="is at most",
    args=NUMBER,
    examples=[Example(2, [2], True), Example(3, [2], False), Example(None, [2], False)],
)
def is_at_most(value: Number, number: Number) -> bool:
    """Checks whether it is a number or less."""
    return value is not None and number is not None and value <= number


@check(
    label="is from",
    args=[Arg("least", "number", unit="to"), Arg("most", "number")],
    examples=[
        Example(2, [1, 3], True),
        Example(3, [1, 3], True),
        Example(4, [1, 3], False),
        Example(None, [1, 3], False),
    ],
)
def is_from_to(value: Number, least: Number, most: Number) -> bool:
    """Checks whether it is between two numbers, including both."""
    return value is not None and least is not None and most is not None and least <= value <= most


@check(
    label="is divisible by",
    args=NUMBER,
    examples=[Example(6, [3], True), Example(7, [2], False), Example(7, [0], False), Example(None, [2], False)],
)
def is_divisible_by(value: Number, number: Number) -> bool:
    """Checks whether it can be divided by a number without a remainder."""
    return remainder(value, number) == 0


@operator(
    label="numbers up to it",
    group=GET,
    takes="number",
    gives="list:number",
    examples=[Example(3, [], [1, 2, 3]), Example(0, [], []), Example(None, [], [])],
)
def numbers_up_to_it(value: Number) -> list[int]:
    """The list 1, 2, 3 up to it, at most 10,000 numbers."""
    return list(range(1, int(max(0, min(value or 0, COUNTED))) + 1))


@operator(
    label="seconds since 1970 as a date",
    group=GET,
    takes="number",
    gives="date",
    examples=[
        Example(0, [], datetime(1970, 1, 1, tzinfo=UTC)),
        Example(1e300, [], None),
        Example(None, [], None),
    ],
)
def as_a_moment(value: Number) -> datetime | None:
    """The date that services often give as seconds since 1970."""
    try:
        return None if value is None else datetime.fromtimestamp(value, UTC)
    except (OverflowError, ValueError, OSError):
        return None
