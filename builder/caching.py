"""Caches for results of functions and for objects, bounded in number and length: none of what is kept is a long text
with everything that was ever typed into it."""

from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache, wraps
from threading import Lock
from typing import Any, Generic, ParamSpec, TypeVar

Given = ParamSpec("Given")
Found = TypeVar("Found")
Name = TypeVar("Name")
Kept = TypeVar("Kept")

# The most results kept per function, and the most characters in its arguments: beyond that the result is computed each
# time.
MANY, LONG = 8192, 2000


def cached(length: Callable[Given, int]) -> Callable[[Callable[Given, Found]], Callable[Given, Found]]:
    """Cache a function of hashable values that is called with the same ones again and again. `length` counts their
    characters."""

    def of(function: Callable[Given, Found]) -> Callable[Given, Found]:
        kept: Callable[Given, Found] = lru_cache(maxsize=MANY)(function)

        @wraps(function)
        def asked(*given: Given.args, **named: Given.kwargs) -> Found:
            return (kept if length(*given, **named) <= LONG else function)(*given, **named)

        return asked

    return of


def characters(value: Any) -> int:
    """The characters of all texts in a tuple, however deeply nested."""
    if isinstance(value, str):
        return len(value)
    return sum(characters(each) for each in value) if isinstance(value, tuple) else 0


class SizedCache(Generic[Name, Kept]):
    """A least-recently-used cache of objects by name, each with a size; `most` is the total size."""

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
