"""Compiles patterns: from their characters to the steps of a search."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

# The longest pattern, the most steps it may compile to, the deepest nesting of groups.
LETTERS, STEPS, DEPTH = 500, 2_000, 20
SPECIAL: dict[str, Callable[[str], bool]] = {
    "d": str.isdecimal,
    "w": lambda letter: letter.isalnum() or letter == "_",
    "s": str.isspace,
}
TOO_MANY = "This pattern comes to too many steps. Use smaller numbers in { }."
ESCAPED = {"n": "\n", "t": "\t", "r": "\r"}

Takes: TypeAlias = Callable[[str], bool]
Stands: TypeAlias = Callable[[str, int], bool]


class Misread(ValueError):
    """A pattern that cannot be parsed, in a sentence."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: it consumes a character and goes to the next step; or it goes to others (relative to itself, the first
    one first), possibly only if it `stands` at the right position; or it is the end."""

    takes: Takes | None = None
    goes: tuple[int, ...] = (1,)
    stands: Stands | None = None
    ends: bool = False


Program: TypeAlias = tuple[Step, ...]


@lru_cache(maxsize=256)
def compiled(pattern: str) -> Program:
    """A pattern as steps. Raises `Misread`."""
    if len(pattern) > LETTERS:
        raise Misread(f"A pattern has {LETTERS} characters at most. Make it shorter.")
    reader = _Reader(pattern)
    steps = reader.either(0)
    if reader.at < len(pattern):
        raise Misread("A “)” closes nothing. Write \\) for the character.")
    return (*steps, Step(ends=True))


class _Reader:
    """Goes through a pattern once. Each method returns the steps of a part, to be followed by whatever comes next."""

    def __init__(self, pattern: str):
        self.pattern, self.at = pattern, 0

    def next(self) -> str:
        return self.pattern[self.at] if self.at < len(self.pattern) else ""

    def take(self) -> str:
        letter = self.next()
        self.at += 1
        return letter

    def either(self, depth: int) -> list[Step]:
        """Parts separated by |."""
        if depth > DEPTH:
            raise Misread(f"Groups can stand {DEPTH} deep in each other at most.")
        rows = [self.row(depth)]
        while self.next() == "|":
            self.take()
            rows.append(self.row(depth))
        steps = rows.pop()
        for row in reversed(rows):
            # A choice at the beginning, and a jump past the alternatives at the end.
            steps = _bounded([Step(goes=(1, len(row) + 2)), *row, Step(goes=(len(steps) + 1,)), *steps])
        return steps

    def row(self, depth: int) -> list[Step]:
        """A sequence of parts."""
        steps: list[Step] = []
        while self.next() not in ("", "|", ")"):
            steps = _bounded(steps + self.several(depth))
        return steps

    def several(self, depth: int) -> list[Step]:
        """One part, and how often it may occur."""
        once = self.one(depth)
        if self.next() not in ("*", "+", "?", "{") or not self.next():
            return once
        least, most = self.times()
        little = self.next() == "?" and bool(self.take())
        if self.next() and self.next() in "*+?":
            raise Misread(f"A “{self.next()}” follows another one. Write \\{self.next()} for the character.")
        size = len(once)
        if (most if most is not None else least + 1) * (size + 2) > STEPS:
            raise Misread(TOO_MANY)
        if most is None:
            return [*once * least, Step(goes=_order(1, size + 2, little)), *once, Step(goes=(-size - 1,))]
        return [*once * least, *[Step(goes=_order(1, size + 1, little)), *once] * (most - least)]

    def times(self) -> tuple[int, int | None]:
        sign = self.take()
        if sign != "{":
            return {"*": (0, None), "+": (1, None), "?": (0, 1)}[sign]
        inside, closed, _ = self.pattern[self.at :].partition("}")
        low, comma, high = inside.partition(",")
        numbers = [each for each in (low, high) if each]
        if (
            not closed
            or not numbers
            or not all(each.isascii() and each.isdecimal() and len(each) < 4 for each in numbers)
        ):
            raise Misread("Between { and } stand numbers, such as {3} or {2,5}. Write \\{ for the character.")
        self.at += len(inside) + 1
        least = int(low or 0)
        most = int(high) if high else None if comma else least
        if most is not None and most < least:
            raise Misread("In { } the smaller number stands first.")
        return least, most

    def one(self, depth: int) -> list[Step]:
        letter = self.take()
        if letter == "(":
            return self.group(depth + 1)
        if letter in "*+?{":
            raise Misread(f"Nothing stands before “{letter}”. Write \\{letter} for the character.")
        if letter == "^":
            return [Step(stands=lambda text, at: at == 0)]
        if letter == "$":
            return [Step(stands=lambda text, at: at == len(text))]
        if letter == "\\" and self.next() == "b":
            self.take()
            return [Step(stands=_at_a_words_edge)]
        return [Step(takes=self.letters(letter))]

    def group(self, depth: int) -> list[Step]:
        if self.pattern.startswith("?:", self.at):
            self.at += 2
        elif self.next() == "?":
            raise Misread("What begins with (? is not understood here. Use a plain group ( ).")
        inside = self.either(depth)
        if self.take() != ")":
            raise Misread("A group “(” is not closed. Add a “)”, or write \\( for the character.")
        return inside

    def letters(self, letter: str) -> Takes:
        """Which characters a part accepts."""
        if letter == ".":
            return lambda given: given != "\n"
        if letter == "[":
            return self.set()
        return self.escaped() if letter == "\\" else _just(letter)

    def escaped(self) -> Takes:
        letter = self.take()
        if not letter:
            raise Misread("A \\ stands at the end. Write \\\\ for the character.")
        if letter in SPECIAL:
            return SPECIAL[letter]
        if letter.lower() in SPECIAL:
            inner = SPECIAL[letter.lower()]
            return lambda given: not inner(given)
        if letter.isalnum() and letter not in ESCAPED:
            raise Misread(f"\\{letter} is not understood here.")
        return _just(ESCAPED.get(letter, letter))

    def set(self) -> Takes:
        other = self.next() == "^" and bool(self.take())
        found: list[Takes] = []
        first = True
        while first or self.next() != "]":
            letter, first = self.take(), False
            if not letter:
                raise Misread("A set “[” is not closed. Add a “]”, or write \\[ for the character.")
            if letter == "\\":
                found.append(self.escaped())
            elif self.next() == "-" and self.pattern[self.at + 1 : self.at + 2] not in ("", "]"):
                self.take()
                last = self.take()
                if last < letter:
                    raise Misread(f"In [ ] “{letter}-{last}” runs backwards. Write the first letter first.")
                found.append(_between(letter, last))
            else:
                found.append(_just(letter))
        self.take()
        return lambda given: any(each(given) for each in found) != other


def _order(more: int, after: int, little: bool) -> tuple[int, int]:
    return (after, more) if little else (more, after)


def _bounded(steps: list[Step]) -> list[Step]:
    if len(steps) > STEPS:
        raise Misread(TOO_MANY)
    return steps


def _just(letter: str) -> Takes:
    return lambda given: given == letter


def _between(first: str, last: str) -> Takes:
    return lambda given: first <= given <= last


def _at_a_words_edge(text: str, at: int) -> bool:
    before, behind = at > 0 and SPECIAL["w"](text[at - 1]), at < len(text) and SPECIAL["w"](text[at])
    return before != behind
