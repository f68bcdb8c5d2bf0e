"""What fits at a car: sources at the start of a value, fields and operators after it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from builder.composing.marks import Mark, mark_of
from builder.composing.slots import Slot, slot_at
from builder.composing.train import Car
from builder.expressions.catalog import Place
from builder.expressions.chips import in_words
from builder.expressions.offers import Next, after, offers
from builder.expressions.shape import Expression, is_dynamic, steps
from builder.expressions.trace import trace
from builder.expressions.values import as_text, is_stream
from builder.operators import CALCULATE, CHANGE, CHECK, GET, Example


@dataclass(frozen=True, slots=True)
class Choice:
    """One option. `adds` is its JSON: `{"expression": …}` or `{"op": …}`. `takes` is the mark of its input, `mark` of
    its result; `current`: the car holds it already."""

    label: str
    hint: str
    icon: str
    takes: Mark | None
    mark: Mark | None
    help: str
    adds: dict[str, Any]
    example: tuple[str, str, str] | None = None
    current: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    choices: list[Choice]


def choices(expression: Expression | None, car: Car, place: Place) -> list[Group]:
    """The options for a car, in groups; none for an argument that takes no dynamic data."""
    if expression is None or car.link == 0:
        return list(_sources(place, expression))
    if car.slot is not None:
        slot = slot_at(expression, place, car.slot)
        return list(_sources(slot.place, None)) if slot and takes_data(slot) else []
    before = trace({**expression, "ops": steps(expression)[: car.link - 1]}, place)[-1]
    if before.type is None:
        return []
    here = next(iter(steps(expression)[car.link - 1 : car.link]), None)
    takes = mark_of(before.type, place.catalog)
    return [
        Group(group, [_following(each, takes, here, place) for each in sorted(found, key=_is_for_anything)])
        for group, found in sorted(after(before.type, place).items(), key=lambda found: _late(found[0], before.type))
    ]


def _is_for_anything(each: Next) -> bool:
    """For sorting: operators for values of any type come after those made for this one."""
    return each.operator is not None and "any" in each.operator.takes


# The most common things to do with a value of a type come first; for other types the order is unchanged.
USUAL = {
    "text": (CHANGE, CHECK, GET),
    "number": (CALCULATE, CHECK, CHANGE, GET),
    "date": (CALCULATE, CHANGE, CHECK, GET),
    "yes_no": (CHECK, CHANGE),
}


def _late(group: str, type: str) -> int:
    usual = USUAL.get(type, ())
    return usual.index(group) if group in usual else 0


def takes_data(slot: Slot) -> bool:
    """Whether a slot accepts dynamic data; the names of an object do not."""
    return not slot.fixed and slot.kind != "rows"


# A stream as an example, in words.
STATES = {
    "never": "a reply that was never asked for",
    "waiting": "a reply that is on its way",
    "streaming": "a reply that has come as far as “{text}”",
    "done": "the whole reply “{text}”",
    "failed": "a reply that broke off after “{text}”",
    "stopped": "a reply that was stopped after “{text}”",
}


def _sources(place: Place, now: Expression | None) -> Iterator[Group]:
    for source, offered in sorted(offers(place), key=lambda found: found[0].comes):
        found = []
        for offer in offered:
            same = now is not None and _same_source(now, offer.expression)
            mark = mark_of(offer.type, place.catalog)
            adds = {"expression": offer.expression}
            found.append(Choice(offer.label, offer.hint, offer.icon, None, mark, source.help, adds, current=same))
        yield Group(source.label, found)


def _same_source(one: Expression, other: Expression) -> bool:
    """Whether an expression has the source of an offer, whatever else its author has set."""
    mine, given = one.get("args", {}), other.get("args", {})
    plain = {name: value for name, value in given.items() if isinstance(value, str | bool)}
    return one["from"] == other["from"] and all(mine.get(name) == value for name, value in plain.items())


def _following(each: Next, takes: Mark | None, here: dict[str, Any] | None, place: Place) -> Choice:
    current = here is not None and here["op"] == each.op["op"]
    if current and each.operator is None:
        current = here.get("args") == each.op["args"]
    mark = mark_of(each.type, place.catalog)
    example = _example(each, place) if each.operator else None
    return Choice(each.label, each.hint, "", takes, mark, each.help, {"op": each.op}, example, current)


def _example(each: Next, place: Place) -> tuple[str, str, str] | None:
    """An example in words: the value, the operation, the result. None without an example whose values can be shown."""
    known = each.operator.examples if each.operator else ()
    shown = [one for one in known if one.value is not None and not _hides(one)]
    # An example with a result is the most instructive one.
    example = next((one for one in shown if one.gives not in (None, "", False)), next(iter(shown), None))
    if example is None or each.operator is None:
        return None
    given = zip(each.operator.args, example.args, strict=False)
    done = " ".join([each.label, *(f"{_quoted(value, place)} {arg.unit}".rstrip() for arg, value in given)])
    return _said(example.value), done, _said(example.gives)


def _quoted(value: Any, place: Place) -> str:
    words = in_words(value, place)
    return f"“{words}”" if isinstance(value, str) else words


def _hides(example: Example) -> bool:
    return any(is_dynamic(arg) for arg in example.args)


def _said(value: Any) -> str:
    if is_stream(value):
        return STATES[value.state].format(text=value.text)
    return as_text(value) or "nothing"
