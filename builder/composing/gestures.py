"""Gestures of the composer: how choosing, removing and filling in change the value being composed."""

from collections.abc import Callable
from typing import Any

from builder.composing.slots import Path, Slot, slot_at, slots_of, with_value
from builder.composing.stand import Stand, as_value, entered, kept, left
from builder.composing.train import Car, train
from builder.errors import Invalid
from builder.expressions.catalog import Place
from builder.expressions.shape import Expression, check, is_expression, steps
from builder.expressions.trace import trace
from builder.expressions.values import as_date, as_number

Gesture = dict[str, Any]


def current(stand: Stand) -> tuple[list[Car], int]:
    """The cars of the level and the index of the current one, by default the last."""
    cars = train(stand.level.value, stand.here[0])
    at = stand.level.at
    return cars, len(cars) - 1 if at is None else max(0, min(at, len(cars) - 1))


def perform(stand: Stand, gesture: Gesture) -> Stand:
    """Perform one gesture. Raises Invalid for one that is malformed or cannot be applied."""
    do = GESTURES.get(str(gesture.get("do")))
    if do is None:
        raise Invalid("There is no such gesture.")
    return do(stand, gesture)


def go(stand: Stand, gesture: Gesture) -> Stand:
    """Go to another car."""
    return stand.with_level(at=_number(gesture, "at"))


def choose(stand: Stand, gesture: Gesture) -> Stand:
    """Apply a choice at the current car: a source or an operator replaces the one there or is added at the end; a
    source for an argument opens one level deeper, to be continued."""
    adds = check(gesture.get("adds"))
    cars, at = current(stand)
    car, value, place = cars[at], stand.level.value, stand.here[0]
    match adds:
        case {"expression": dict(expression)} if is_expression(expression) and car.slot is not None:
            slot = slot_at(value, place, car.slot) if value else None
            return entered(stand, car.slot, *_end_of(slot), expression)
        case {"expression": dict(expression)} if is_expression(expression):
            rest = steps(value) if value else []
            made = _what_holds({**expression, "ops": rest}, 0, place)
            return _after(stand.with_level(value=made), 0)
        case {"op": {"op": str(name), "args": list(args)}} if value is not None:
            ops, link = steps(value), max(car.link, 1)
            made = {**value, "ops": [*ops[: link - 1], {"op": name, "args": args}, *ops[link:]]}
            return _after(stand.with_level(value=_without_was(_what_holds(made, link, place))), link)
    raise Invalid("This cannot be chosen here.")


def _end_of(slot: Slot | None) -> tuple[int | None, bool]:
    """Where dynamic data is added to a slot: after the last text, or in place of the whole value."""
    if slot is None or slot.kind != "text":
        return None, False
    return len(slot.parts), True


def _after(stand: Stand, link: int) -> Stand:
    """The position after choosing a link: its first argument, settings to fill in, else the end."""
    place, value = stand.here[0], stand.level.value
    if link == 0 and value and any(slot.value is None and not slot.hint for slot in slots_of(value, place, 0)):
        return stand.with_level(at=0)
    cars = train(value, place)
    first = next((at for at, car in enumerate(cars) if car.link == link and car.slot is not None), None)
    return stand.with_level(at=first)


def _what_holds(made: Expression, link: int, place: Place) -> Expression:
    """An expression up to the first operator after `link` that no longer fits."""
    links = trace(made, place)
    broken = links[-1].problem and len(links) - 1 > link
    return {**made, "ops": steps(made)[: len(links) - 2]} if broken else made


def _without_was(made: Expression) -> Expression:
    return {name: value for name, value in made.items() if name != "was"}


def remove(stand: Stand, gesture: Gesture) -> Stand:
    """Remove the last link, or the given one; of those after it, the ones that still fit are kept."""
    value = stand.level.value
    if value is None:
        return stand
    link = _number(gesture, "link") if "link" in gesture else len(steps(value))
    if link <= 0:
        return stand.with_level(value=None, at=None)
    ops = steps(value)
    made = {**value, "ops": [*ops[: link - 1], *ops[link:]]}
    return stand.with_level(value=_without_was(_what_holds(made, link - 1, stand.here[0])), at=None)


def fill(stand: Stand, gesture: Gesture) -> Stand:
    """Put a value into a slot as its control sends it; with a `part`, into one part of its text, which null removes."""
    slot = _slot(stand, gesture)
    said = check(gesture.get("value"))
    if gesture.get("part") is not None:
        at = _number(gesture, "part")
        made = as_value([*slot.parts[:at], *([] if said is None else [str(said)]), *slot.parts[at + 1 :]])
    else:
        made = _read(slot, said)
    return stand.with_level(value=with_value(stand.level.value, slot.path, made))


def _read(slot: Slot, said: Any) -> Any:
    """Convert what a control sends into what is stored: an option from its number, a number, a date or a text."""
    if said in (None, ""):
        return None
    if slot.kind == "choice":
        options = dict(enumerate(slot.options))
        return options[int(said)][0] if str(said).isdecimal() and int(said) in options else None
    if slot.kind == "number":
        found = as_number(str(said).replace(",", "."))
        return str(said) if found is None else found
    if slot.kind == "date":
        return str(said) if as_date(said) is not None else None
    return str(said)


def enter(stand: Stand, gesture: Gesture) -> Stand:
    """Go one level deeper, to a slot's dynamic data or to where some is to be inserted."""
    part = _number(gesture, "part") if gesture.get("part") is not None else None
    return entered(stand, _path(gesture), part, bool(gesture.get("insert")))


def leave(stand: Stand, gesture: Gesture) -> Stand:
    """Go one level up without changing it."""
    return left(stand)


def keep(stand: Stand, gesture: Gesture) -> Stand:
    """Go one level up with the value."""
    return kept(stand)


def row(stand: Stand, gesture: Gesture) -> Stand:
    """Rename or remove a name of an object; without a name, add a new row."""
    slot = _slot(stand, gesture)
    held = slot.value if isinstance(slot.value, dict) and not is_expression(slot.value) else {}
    name, to = gesture.get("name"), gesture.get("to")
    if name is None:
        held = {**held, _free(held, "name"): None}
    elif to is None:
        held = {each: value for each, value in held.items() if each != name}
    elif to and to not in held:
        held = {str(to) if each == name else each: value for each, value in held.items()}
    return stand.with_level(value=with_value(stand.level.value, slot.path, check(held)))


def _free(held: dict[str, Any], name: str) -> str:
    numbered = (f"{name} {number}" for number in range(2, len(held) + 3))
    return next(each for each in (name, *numbered) if each not in held)


def _slot(stand: Stand, gesture: Gesture) -> Slot:
    slot = slot_at(stand.level.value, stand.here[0], _path(gesture)) if stand.level.value else None
    if slot is None:
        raise Invalid("There is no place for a value there any more.")
    return slot


def _path(gesture: Gesture) -> Path:
    path = gesture.get("path")
    if not isinstance(path, list) or any(not isinstance(step, str | int) for step in path):
        raise Invalid("This is not a path to a value.")
    return tuple(path)


def _number(gesture: Gesture, name: str) -> int:
    number = gesture.get(name)
    if not isinstance(number, int) or isinstance(number, bool):
        raise Invalid("This is not a number. Write digits, such as 3 or 0.5.")
    return number


GESTURES: dict[str, Callable[[Stand, Gesture], Stand]] = {
    each.__name__: each for each in (go, choose, remove, fill, enter, leave, keep, row)
}
