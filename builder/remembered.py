"""What was worked out before, kept at hand for as long as it is short: memory holds so many answers, and none of them
is a long text with all that was ever typed into it."""

from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache, wraps
from threading import Lock
from typing import Any, Generic, ParamSpec, TypeVar

Given = ParamSpec("Given")
Found = TypeVar("Found")
Name = TypeVar("Name")
Kept = TypeVar("Kept")

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


class Shelf(Generic[Name, Kept]):
    """Things by their names, each of a size, the newest and those that were asked for last: `most` of it in all."""

    def __init__(self, most: int):
        self._most, self._size, self._turn = most, 0, Lock()
        self._kept: OrderedDict[Name, tuple[Kept, int]] = OrderedDict()

    def get(self, name: Name) -> Kept | None:
        with self._turn:
            if name not in self._kept:
                return None
            self._kept.move_to_end(name)
            return self._kept[name][0]

    def put(self, name: Name, thing: Kept, size: int) -> None:
        with self._turn:
            self._size -= self._kept.pop(name, (None, 0))[1]
            self._kept[name] = thing, size
            self._size += size
            while self._size > self._most:
                self._size -= self._kept.popitem(last=False)[1][1]
