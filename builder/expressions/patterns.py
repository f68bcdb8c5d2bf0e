"""Patterns in texts, found in bounded time: no pattern and no text can make it slow (P31).

Understood is what people know of regular expressions: letters, `.`, `[a-z]`, `[^a-z]`, `\\d \\w \\s` and their
opposites, `\\b`, `^ $`, groups, `|`, and `* + ? {2,5}`, each also with a `?` behind it for as little as possible.
A place that was tried and led nowhere is never tried again, so the work is at most the text's length times the
pattern's; Python's own `re` would try some patterns for longer than the world is old.
"""

from builder.expressions.bounds import TooMuch
from builder.expressions.pattern_parts import Misread, Program, compiled

# Characters looked at while one pattern is searched for, over all places.
LOOKS = 400_000

__all__ = ["Misread", "found_in", "wrong"]


def wrong(pattern: str) -> str:
    """What is wrong with a pattern, as a sentence; "" when it can be read."""
    try:
        compiled(pattern)
    except Misread as error:
        return str(error)
    return ""


def found_in(text: str, pattern: str, most: int | None = None) -> list[tuple[int, int]]:
    """The places where a pattern matches, from left to right, as (begin, end); empty ones are left out.

    Raises `Misread` for a pattern that cannot be read, `TooMuch` when the search takes too long.
    """
    search = _Search(text, compiled(pattern))
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
    """One search through a text. `tried` are the pairs of step and position that were gone through already: all of
    them failed, or the search would be over."""

    def __init__(self, text: str, program: Program):
        self.text, self.program, self.tried, self.looks = text, program, set[tuple[int, int]](), 0

    def at(self, begin: int) -> int | None:
        """The end of the match that begins at a position; None when none does."""
        waiting = [(0, begin)]
        text, program, tried = self.text, self.program, self.tried
        while waiting:
            pair = waiting.pop()
            if pair in tried:
                continue
            tried.add(pair)
            self.looks += 1
            if self.looks > LOOKS:
                raise TooMuch("characters to look at for one pattern", LOOKS)
            step, position = pair
            part = program[step]
            if part.ends:
                return position
            if part.takes is not None:
                if position < len(text) and part.takes(text[position]):
                    waiting.append((step + 1, position + 1))
            elif part.stands is None or part.stands(text, position):
                # The last one is tried first.
                waiting += [(step + by, position) for by in reversed(part.goes)]
        return None
