"""What the composer's template shows: cars, choices, slots and result of where one stands, and what is said aloud."""

import json
from dataclasses import dataclass
from typing import Any

from builder.composing.choices import Choice, choices
from builder.composing.gestures import current
from builder.composing.marks import Mark, mark_of
from builder.composing.result import Result, brief, result
from builder.composing.slots import Slot, slots_of
from builder.composing.stand import Stand
from builder.composing.train import Car
from builder.expressions.shape import steps
from builder.expressions.trace import trace
from builder.types import phrase

FIND = "composer-find"


@dataclass(frozen=True, slots=True)
class Option:
    """A choice in the list: its number, what it adds as JSON, and what it would be with samples."""

    number: int
    choice: Choice
    adds: str
    sample: str


def draw(stand: Stand, moment: int | None) -> dict[str, Any]:
    """The context of `composer/composer.html`."""
    place, expects = stand.here
    cars, at = current(stand)
    car = cars[at]
    groups = _options(stand, car, moment)
    options = [option for _, found in groups for option in found]
    active = next((option.number for option in options if option.choice.current), 0)
    found, slots = result(stand, moment, _upto(stand, car)), _slots(stand, car)
    return {
        # A field that takes anything needs nothing of its own.
        "needs": mark_of(expects, place.catalog) if expects != "any" else None,
        "crumbs": stand.crumbs,
        "cars": cars,
        "at": at,
        "asks": _asks(car) if options else "Nothing to choose here",
        "groups": groups,
        "options": options,
        # Where an argument waits, nothing is chosen until somebody does.
        "active": None if car.slot is not None else active,
        "slots": slots,
        "focus": _focus(car, slots),
        "link": _about(stand, car),
        "slot_here": car.slot,
        "result": found,
        "usable": found is None or not found.problem,
        "says": _verdict(found),
    }


def _upto(stand: Stand, car: Car) -> int | None:
    """The link whose value is looked at: the one at hand, as long as nothing is wrong with it."""
    value = stand.level.value
    if value is None or car.role == "Next" or car.broken or car.link >= len(trace(value, stand.here[0])):
        return None
    return car.link


def _options(stand: Stand, car: Car, moment: int | None) -> list[tuple[str, list[Option]]]:
    place, value = stand.here[0], stand.level.value
    groups, number = [], 0
    for group in choices(value, car, place):
        listed = []
        for choice in group.choices:
            listed.append(Option(number, choice, json.dumps(choice.adds), _sample(stand, car, choice, moment)))
            number += 1
        groups.append((group.label, listed))
    return groups


def _sample(stand: Stand, car: Car, choice: Choice, moment: int | None) -> str:
    """What a choice would give: nothing while it has arguments to fill in, or within a list's items."""
    place, value = stand.here[0], stand.level.value
    if "expression" in choice.adds:
        return brief(choice.adds["expression"], place, moment)
    if value is None or choice.hint or place.item is not None:
        return ""
    return brief({**value, "ops": [*steps(value)[: car.link - 1], choice.adds["op"]]}, place, moment)


def _slots(stand: Stand, car: Car) -> list[Slot]:
    """The slots that belong to the car one is at."""
    empty = stand.level.value is None or car.role == "Next"
    return [] if empty else slots_of(stand.level.value, stand.here[0], car.link)


def _focus(car: Car, slots: list[Slot]) -> str:
    """The id of the control that the hand goes to: the argument one is at, a setting that waits, else the search."""
    waits = (slot for slot in slots if slot.value is None and not slot.hint) if car.link == 0 else ()
    here = next((slot for slot in slots if slot.path == car.slot), next(iter(waits), None))
    return FIND if here is None or here.chip or here.kind == "data" else here.key


@dataclass(frozen=True, slots=True)
class About:
    """The link one is at: its name, what it takes and gives, and the sentence about it."""

    label: str
    takes: Mark | None
    mark: Mark | None
    help: str
    broken: str


def _about(stand: Stand, car: Car) -> About | None:
    """What stands above its slots; for a link that is broken, what is wrong with it."""
    if car.role == "Next" or stand.level.value is None:
        return None
    place, value = stand.here[0], stand.level.value
    whole = next((each for each in current(stand)[0] if each.link == car.link), car)
    listed = (choice for group in choices(value, whole, place) for choice in group.choices)
    here = next((choice for choice in listed if choice.current), None)
    return About(whole.label, here.takes if here else None, whole.mark, here.help if here else "", whole.broken)


def _asks(car: Car) -> str:
    """What the search field asks for."""
    if car.slot is not None:
        return "Dynamic data instead"
    if car.role == "Next":
        return "What next?"
    return "Which data?" if car.link == 0 else f"Instead of {car.label}"


def _verdict(found: Result | None) -> str:
    if found is None:
        return "Choose where the value comes from."
    return found.problem or f"Result {found.mark.label if found.mark else ''}, fits {found.needs or 'here'}."


def said(before: Stand, after: Stand, gesture: dict[str, Any]) -> str:
    """What a gesture did, for those who cannot see it."""
    cars, at = current(after)
    if gesture.get("do") == "go":
        return cars[at].name
    if gesture.get("do") == "fill":
        return ""
    verdict = _verdict(result(after, None))
    if len(after.levels) > len(before.levels):
        return f"One level deeper: {after.crumbs[-1]}. Needs {phrase(after.here[1], after.place.catalog)}."
    if len(after.levels) < len(before.levels):
        return f"Back one level. {verdict}"
    if gesture.get("do") == "choose":
        added = next((car for car in reversed(cars[: at + 1]) if not car.empty and car.slot is None), None)
        waits = f" Fill in {cars[at].label}." if cars[at].slot and cars[at].empty else ""
        return f"{added.label if added else ''} added.{waits or ' ' + verdict}"
    return verdict if gesture else ""
