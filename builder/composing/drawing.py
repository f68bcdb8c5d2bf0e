"""The context of the composer's template: cars, choices, slots and result at the current position, and what is
announced to screen readers."""

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
    """A choice in the list: its number, what it adds as JSON, and its result with samples."""

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
        # A field that takes anything has no requirement to show.
        "needs": mark_of(expects, place.catalog) if expects != "any" else None,
        "crumbs": stand.crumbs,
        "cars": cars,
        "at": at,
        "asks": _asks(car) if options else "Nothing to choose here",
        "groups": groups,
        "options": options,
        # While an argument is empty, nothing is preselected.
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
    """The link whose value is shown: the current one, as long as it is valid."""
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
    """The result of a choice; empty while it has arguments to fill in, or for values of a list's items."""
    place, value = stand.here[0], stand.level.value
    if "expression" in choice.adds:
        return brief(choice.adds["expression"], place, moment)
    if value is None or choice.hint or place.item is not None:
        return ""
    return brief({**value, "ops": [*steps(value)[: car.link - 1], choice.adds["op"]]}, place, moment)


def _slots(stand: Stand, car: Car) -> list[Slot]:
    """The slots of the current car."""
    empty = stand.level.value is None or car.role == "Next"
    return [] if empty else slots_of(stand.level.value, stand.here[0], car.link)


def _focus(car: Car, slots: list[Slot]) -> str:
    """The id of the control to focus: that of the current argument, an empty required setting, else the search
    field."""
    waits = (slot for slot in slots if slot.value is None and not slot.hint) if car.link == 0 else ()
    here = next((slot for slot in slots if slot.path == car.slot), next(iter(waits), None))
    return FIND if here is None or here.chip or here.kind == "data" else here.key


@dataclass(frozen=True, slots=True)
class About:
    """The current link: its name, its input and result, and the sentence about it."""

    label: str
    takes: Mark | None
    mark: Mark | None
    help: str
    broken: str


def _about(stand: Stand, car: Car) -> About | None:
    """The heading above the slots; for a broken link, what is wrong with it."""
    if car.role == "Next" or stand.level.value is None:
        return None
    place, value = stand.here[0], stand.level.value
    whole = next((each for each in current(stand)[0] if each.link == car.link), car)
    listed = (choice for group in choices(value, whole, place) for choice in group.choices)
    here = next((choice for choice in listed if choice.current), None)
    return About(whole.label, here.takes if here else None, whole.mark, here.help if here else "", whole.broken)


def _asks(car: Car) -> str:
    """The placeholder of the search field."""
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
    """What a gesture did, as announced to screen readers."""
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
