"""Slots: the places for values in a link of an expression: an operator's arguments, a source's settings."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from builder.expressions.catalog import Place
from builder.expressions.chips import Chip, chip
from builder.expressions.shape import Expression, Value, is_expression, is_text
from builder.expressions.trace import Link, trace
from builder.expressions.values import as_text
from builder.operators import Arg
from builder.sources import sources
from builder.types import family

# The path from an expression to a value in it: ("ops", 1, "args", 0), ("args", "parameters", "pa_ab12cd").
Path = tuple[str | int, ...]
Kind = Literal["choice", "text", "number", "date", "rows", "data"]
KINDS: dict[str, Kind] = {"text": "text", "any": "text", "number": "number", "date": "date", "object": "rows"}
YES_NO = ((True, "Yes"), (False, "No"))


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a value. `kind` says how it is filled in: a choice, a text that may contain dynamic data, a number, a
    date, rows of name and value, or only dynamic data. `fixed`: no dynamic data. `parts` are a text's texts and
    expressions in turn; `rows` the slots of an object."""

    path: Path
    label: str
    type: str
    value: Value
    place: Place
    kind: Kind
    unit: str = ""
    hint: str = ""
    options: tuple[tuple[Any, str], ...] = ()
    fixed: bool = False
    each: bool = False

    @property
    def rows(self) -> list["Slot"]:
        """One slot per name of an object, in order."""
        held = self.value if self.kind == "rows" and isinstance(self.value, dict) else {}
        return [
            Slot((*self.path, name), name, "any", value, self.place, "text", each=self.each)
            for name, value in held.items()
        ]

    @property
    def parts(self) -> list[Value]:
        """Its texts and expressions, with a text first and last, so that something can be typed everywhere."""
        return list(alternating(self.value)) if self.kind == "text" else []

    @property
    def shown(self) -> list[str | Chip]:
        """Its parts as shown: texts and chips."""
        return [chip(part, self.place) if is_expression(part) else part for part in self.parts]

    @property
    def chip(self) -> Chip | None:
        """The dynamic data of a slot that can hold nothing beside it."""
        return chip(self.value, self.place) if is_expression(self.value) else None

    @property
    def key(self) -> str:
        """The id of its control in the page."""
        return "-".join(["composer", *map(str, self.path)]).replace(" ", "_")

    @property
    def written(self) -> str:
        """Its path as JSON."""
        return json.dumps(self.path)

    @property
    def literal(self) -> str:
        """The content of its control; "" for dynamic data."""
        if isinstance(self.value, bool):
            return "true" if self.value else "false"
        return "" if isinstance(self.value, dict | list) else as_text(self.value)

    @property
    def chosen(self) -> list[tuple[str, str, bool]]:
        """Its options as (value of the control, words, whether it is selected)."""
        return [(str(at), words, value == self.value) for at, (value, words) in enumerate(self.options)]


def alternating(value: Value) -> Iterator[Value]:
    """Texts and expressions in turn: "a", {…}, ""."""
    given = value["text"] if is_text(value) else [value]
    typed = ""
    for part in given:
        if is_expression(part):
            yield typed
            yield part
            typed = ""
        elif not isinstance(part, dict | list):
            typed += as_text(part)
    yield typed


def slots_of(expression: Expression, place: Place, at: int) -> list[Slot]:
    """The slots of one link, 0 being the source; none for a broken one."""
    links = trace(expression, place)
    if at >= len(links) or links[at].type is None:
        return []
    return list(_settings(expression, place) if at == 0 else _arguments(expression, links[at], at - 1))


def slot_at(expression: Expression, place: Place, path: Path) -> Slot | None:
    """The slot at a path; None if there is none."""
    link = path[1] + 1 if path[:1] == ("ops",) and len(path) > 1 and isinstance(path[1], int) else 0
    for slot in slots_of(expression, place, link) if link >= 0 else ():
        if slot.path == path:
            return slot
        if slot.kind == "rows" and slot.path == path[:-1]:
            return next((row for row in slot.rows if row.path == path), None)
    return None


def _settings(expression: Expression, place: Place) -> Iterator[Slot]:
    args = expression.get("args", {})
    for setting in sources[expression["from"]].settings(args, place):
        kind: Kind = "choice" if setting.options else KINDS.get(family(setting.type), "data")
        value = value_at(args, setting.path)
        yield Slot(
            *(("args", *setting.path), setting.label, setting.type, value, place, kind),
            hint=setting.hint,
            options=setting.options,
            fixed=setting.fixed,
        )


def _arguments(expression: Expression, link: Link, op: int) -> Iterator[Slot]:
    for number, (arg, value, place) in enumerate(link.args):
        kind, options = _kind(arg)
        path: Path = ("ops", op, "args", number)
        fixed = bool(arg.options)
        yield Slot(path, arg.label, arg.type, value, place, kind, arg.unit, "", options, fixed, arg.each)


def _kind(arg: Arg) -> tuple[Kind, tuple[tuple[Any, str], ...]]:
    if arg.options:
        return "choice", tuple((each, each) for each in arg.options)
    if arg.type == "yes_no":
        # A condition that is the same for every item would not be a condition.
        return ("data", ()) if arg.each else ("choice", YES_NO)
    return KINDS.get(family(arg.type), "data"), ()


def value_at(holder: Any, path: Path) -> Value:
    """The value at a path; None if there is none."""
    for step in path:
        if isinstance(holder, dict):
            holder = holder.get(step)
        elif isinstance(holder, list) and isinstance(step, int) and 0 <= step < len(holder):
            holder = holder[step]
        else:
            return None
    return holder


def with_value(holder: Any, path: Path, value: Value) -> Any:
    """A copy with another value at a path. Missing objects on the path are created, and lists extended as needed."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        items = list(holder) if isinstance(holder, list) else []
        items += [None] * (step + 1 - len(items))
        items[step] = with_value(items[step], rest, value)
        return items
    inner = holder.get(step) if isinstance(holder, dict) else None
    return {**(holder if isinstance(holder, dict) else {}), step: with_value(inner, rest, value)}
