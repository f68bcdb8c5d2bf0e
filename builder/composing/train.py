"""The train: an expression as cars, each with its role above and its type below. Arguments have cars of their own."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from builder.composing.marks import Mark, mark_of
from builder.composing.slots import Path, Slot, slots_of
from builder.expressions.brackets import closings
from builder.expressions.catalog import Place
from builder.expressions.chips import in_words
from builder.expressions.offers import after
from builder.expressions.shape import Expression, is_dynamic, steps
from builder.expressions.trace import Link, trace
from builder.operators import STREAM, operators

Role = Literal["Source", "Field", "Value", "Operator", "Argument", "Next"]


@dataclass(frozen=True, slots=True)
class Car:
    """One car. `link` is the link it belongs to, 0 the source; an argument's `slot` is the path of its value. An empty
    car is still to be filled; `unit` follows its words. `broken` says what is wrong. `opens` and `closes` are the
    brackets before and after it; `after_brackets`: it applies to everything in them."""

    role: Role
    label: str
    link: int
    icon: str = ""
    mark: Mark | None = None
    unit: str = ""
    live: bool = False
    empty: bool = False
    broken: str = ""
    slot: Path | None = None
    opens: str = ""
    closes: str = ""
    after_brackets: bool = False

    @property
    def name(self) -> str:
        """Its accessible name."""
        words = f"{self.role}: {self.label} {self.unit}".strip() if self.label else self.role
        words += ", of all before it" if self.after_brackets else ""
        return f"{words}, {self.broken}" if self.broken else words


def train(expression: Expression | None, place: Place) -> list[Car]:
    """The cars of an expression, with an empty one where it can be continued. Without an expression, an empty car for
    its source."""
    if expression is None:
        return [Car("Source", "", 0, empty=True)]
    links = trace(expression, place)
    cars = _bracketed([car for at, link in enumerate(links) for car in _cars(expression, link, at, place)], expression)
    for at, step in enumerate(steps(expression)[len(links) - 1 :], len(links)):
        # Nothing after a broken link has a type.
        entry = operators.get(step["op"])
        cars.append(Car("Operator", entry.label if entry else step["op"], at))
    if links[-1].type is not None and after(links[-1].type, place):
        cars.append(Car("Next", "", len(links), icon="plus", empty=True))
    return cars


def _bracketed(cars: list[Car], expression: Expression) -> list[Car]:
    """Add brackets to the cars around what is evaluated first."""
    last = {car.link: at for at, car in enumerate(cars)}
    for end in closings(expression):
        if end in last and end + 1 in last:
            at, behind = last[end], last[end] + 1
            cars[0] = replace(cars[0], opens=cars[0].opens + "(")
            cars[at] = replace(cars[at], closes=cars[at].closes + ")")
            cars[behind] = replace(cars[behind], after_brackets=True)
    return cars


def _cars(expression: Expression, link: Link, at: int, place: Place) -> Iterator[Car]:
    role, icon = _role(expression, link, at), link.icon
    if role == "Value" and link.live:
        icon = "wave"
    live = link.live and role == "Value"
    mark = mark_of(link.type, place.catalog)
    yield Car(role, link.label, at, icon, mark, live=live, broken=link.problem)
    if at:
        for slot in slots_of(expression, place, at):
            yield _argument(slot, at)


def _role(expression: Expression, link: Link, at: int) -> Role:
    if link.role == "source":
        return "Source"
    if link.role == "field":
        return "Field"
    entry = operators.get(steps(expression)[at - 1]["op"])
    return "Value" if entry and entry.group == STREAM else "Operator"


def _argument(slot: Slot, at: int) -> Car:
    words = "" if slot.value is None else in_words(slot.value, slot.place)
    if slot.kind == "choice" and isinstance(slot.value, bool):
        words = next((said for value, said in slot.options if value is slot.value), "")
    empty = not words
    return Car(
        *("Argument", words or slot.label, at),
        icon="plus" if empty and slot.kind == "data" else "",
        mark=mark_of(slot.type, slot.place.catalog),
        unit="" if empty or is_dynamic(slot.value) else slot.unit,
        empty=empty,
        slot=slot.path,
    )
