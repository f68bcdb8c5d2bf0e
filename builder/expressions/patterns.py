"""Pattern matching in bounded time: no pattern and no text can make it slow (P31).

It supports what people know of regular expressions: letters, `.`, `[a-z]`, `[^a-z]`, `\\d \\w \\s` and their opposites,
`\\b`, `^ $`, groups, `|`, and `* + ? {2,5}`, each also followed by `?` for as little as possible. A position that was
tried without success is never tried again, so the work is at most the text's length times the pattern's; Python's own
`re` would take longer than the age of the universe for some patterns.
"""

from contextvars import ContextVar, Token
from typing import Any

from builder.expressions.bounds import TooMuch
from builder.expressions.pattern_parts import Misread, Program, compiled

# Steps in one search, and in all searches of one evaluation together. That takes a few tenths of a second at most,
# during which everybody else waits.
LOOKS, LOOKS_IN_ALL = 20_000, 100_000
# The longest text that is searched, in characters.
LONGEST = 50_000

__all__ = ["Misread", "SharingLooks", "found_in", "wrong"]

_shared: ContextVar["SharingLooks | None"] = ContextVar("looks", default=None)


class SharingLooks:
    """All searches inside `with SharingLooks()` share LOOKS_IN_ALL, also with any surrounding block: a pattern may be
    applied to every item of a list."""

    __slots__ = ("_token", "taken")

    def __init__(self) -> None:
        self.taken = 0
        self._token: Token[SharingLooks | None] | None = None

    def __enter__(self) -> None:
        if _shared.get() is None:
            self._token = _shared.set(self)

    def __exit__(self, *raised: Any) -> None:
        if self._token is not None:
            _shared.reset(self._token)

    @property
    def left(self) -> int:
        return LOOKS_IN_ALL - self.taken


def wrong(pattern: str) -> str:
    """What is wrong with a pattern, as a sentence; "" if it can be parsed."""
    try:
        compiled(pattern)
    except Misread as error:
        return str(error)
    return ""


def found_in(text: str, pattern: str, most: int | None = None) -> list[tuple[int, int]]:
    """The matches of a pattern, from left to right, as (begin, end), without empty ones.

    Raises `Misread` for a pattern that cannot be parsed, `TooMuch` for a text or a search that is too long.
    """
    program = compiled(pattern)
    if len(text) > LONGEST:
        raise TooMuch("characters in a text that a pattern is looked for in", LONGEST)
    search = _Search(text, program)
    try:
        return _all_in(search, most)
    finally:
        search.sharing.taken += search.looks


def _all_in(search: "_Search", most: int | None) -> list[tuple[int, int]]:
    text = search.text
    found: list[tuple[int, int]] = []
    at = 0
    while at <= len(text) and (most is None or len(found) < most):
        end = search.at(at)
        if end is not None and (end > at or most == 1):
            found.append((at, end))
            search.tried.clear()
        at = end if end is not None and end > at else at + 1
    return found


class _Search:
    """One search through a text. `tried` are the pairs of step and position already visited: all of them failed,
    otherwise the search would be over."""

    def __init__(self, text: str, program: Program):
        self.text, self.program, self.tried, self.looks = text, program, set[tuple[int, int]](), 0
        self.sharing = _shared.get() or SharingLooks()
        self.most = min(LOOKS, self.sharing.left)

    def at(self, begin: int) -> int | None:
        """The end of the match that begins at a position; None if there is none."""
        waiting = [(0, begin)]
        text, program, tried = self.text, self.program, self.tried
        while waiting:
            pair = waiting.pop()
            if pair in tried:
                continue
            tried.add(pair)
            self.looks += 1
            if self.looks > self.most:
                raise TooMuch("characters to look at for patterns", LOOKS if self.most == LOOKS else LOOKS_IN_ALL)
            step, position = pair
            part = program[step]
            if part.ends:
                return position
            if part.takes is not None:
                if position < len(text) and part.takes(text[position]):
                    waiting.append((step + 1, position + 1))
            elif part.stands is None or part.stands(text, position):
                # The last one pushed is tried first.
                waiting += [(step + by, position) for by in reversed(part.goes)]
        return None
