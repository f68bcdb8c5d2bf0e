"""What was worked out before, kept at hand for as long as it is short: memory holds so many answers, and none of them
is a long text with all that was ever typed into it."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

Given = ParamSpec("Given")
Found = TypeVar("Found")

# Answers of one function, and the characters of what one was asked for: beyond them it is worked out each time.
MANY, LONG = 8192, 2000


def remembered(length: Callable[Given, int]) -> Callable[[Callable[Given, Found]], Callable[Given, Found]]:
    """A function of hashable values that is asked the same again and again. `length` counts their characters."""

    def of(function: Callable[Given, Found]) -> Callable[Given, Found]:
        kept: Callable[Given, Found] = lru_cache(maxsize=MANY)(function)

        @wraps(function)
        def asked(*given: Given.args, **named: Given.kwargs) -> Found:
            return (kept if length(*given, **named) <= LONG else function)(*given, **named)

        return asked

    return of


def characters(value: Any) -> int:
    """Of all texts in a tuple, however deep they stand in it."""
    if isinstance(value, str):
        return len(value)
    return sum(characters(each) for each in value) if isinstance(value, tuple) else 0
