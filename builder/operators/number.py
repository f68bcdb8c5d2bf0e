"""Operators for numbers. The result for an empty number is empty."""

from decimal import Decimal
from functools import partial

from builder.expressions.values import rounded, tidy_number
from builder.operators import CALCULATE, CHECK, Arg, Example, operator

Number = int | float | None
number_to_number = partial(operator, group=CALCULATE, takes="number", gives="number")


@number_to_number(
    label="plus",
    args=[Arg("number", "number")],
    examples=[Example(2, [3], 5), Example(0.1, [0.2], 0.3), Example(None, [3], None), Example(2, [None], None)],
)
def plus(value: Number, number: Number) -> Number:
    """Adds a number."""
    return None if value is None or number is None else tidy_number(value + number)


@number_to_number(
    label="minus",
    args=[Arg("number", "number")],
    examples=[Example(2, [3], -1), Example(None, [3], None)],
)
def minus(value: Number, number: Number) -> Number:
    """Subtracts a number."""
    return None if value is None or number is None else tidy_number(value - number)


@number_to_number(
    label="times",
    args=[Arg("number", "number")],
    examples=[Example(2, [3], 6), Example(1e308, [10], None), Example(None, [3], None)],
)
def times(value: Number, number: Number) -> Number:
    """Multiplies by a number."""
    if value is None or number is None:
        return None
    try:
        return tidy_number(value * number)
    except OverflowError:
        return None


@number_to_number(
    label="divided by",
    args=[Arg("number", "number")],
    examples=[Example(6, [3], 2), Example(1, [4], 0.25), Example(1, [0], None), Example(None, [3], None)],
)
def divided_by(value: Number, number: Number) -> Number:
    """Divides by a number; empty if that is zero."""
    if value is None or not number:
        return None
    try:
        return tidy_number(value / number)
    except OverflowError:
        return None


@number_to_number(
    label="rounded to",
    args=[Arg("decimals", "number", unit="decimals")],
    examples=[
        Example(2.718, [1], 2.7),
        Example(2.718, [0], 3),
        Example(2.5, [None], 3),
        Example(1234, [-2], 1200),
        Example(None, [1], None),
    ],
)
def rounded_to(value: Number, decimals: Number) -> Number:
    """Rounds to a number of decimals."""
    if value is None:
        return None
    try:
        return tidy_number(float(rounded(Decimal(str(value)), max(-300, min(300, int(decimals or 0))))))
    except OverflowError:
        return None


@operator(
    label="is more than",
    group=CHECK,
    takes="number",
    gives="yes_no",
    args=[Arg("number", "number")],
    examples=[Example(3, [2], True), Example(2, [2], False), Example(None, [2], False), Example(3, [None], False)],
)
def is_more_than(value: Number, number: Number) -> bool:
    """Checks whether it is more than a number. Empty is never more."""
    return value is not None and number is not None and value > number


@operator(
    label="is less than",
    group=CHECK,
    takes="number",
    gives="yes_no",
    args=[Arg("number", "number")],
    examples=[Example(1, [2], True), Example(2, [2], False), Example(None, [2], False)],
)
def is_less_than(value: Number, number: Number) -> bool:
    """Checks whether it is less than a number. Empty is never less."""
    return value is not None and number is not None and value < number
