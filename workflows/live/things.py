"""Changing and deleting things in the steps of a workflow: what is stored, and what an open page holds of it."""

from collections.abc import Callable, Mapping
from typing import Any

from builder.database import db
from builder.edition import Edition
from data.things import Thing, delete_things, set_fields
from workflows.errors import NothingToChange
from workflows.live.places import split
from workflows.live.visit import Visit
from workflows.runner import Run


async def change(
    edition: Edition, data_type: str, given: Any, fields: dict[str, Any], beside: Callable[[], None]
) -> Thing:
    """Change fields of the thing a step was given. `beside` writes in the same transaction.

    Raises `NothingToChange`, or what `set_fields` raises.
    """
    found = next((thing for thing in _things_in(given) if thing.type == data_type), None)
    if found is None:
        raise NothingToChange
    return await db(set_fields, edition, data_type, found.key, fields, beside)


async def delete(edition: Edition, given: Any, beside: Callable[[], None]) -> list[Thing]:
    """Delete what a step was given, a thing or a list of them, and return it. Things already gone are no error."""
    found = _things_in(given)
    for data_type in dict.fromkeys(thing.type for thing in found):
        await db(delete_things, edition, data_type, [thing.key for thing in found if thing.type == data_type], beside)
    return found


def renew(visit: Visit, run: Run | None, now: Mapping[str, Thing | None]) -> None:
    """Update the states, groups and results of a visit, and the results that later steps of a run see, to the things'
    current versions, by key; None for one that is gone."""
    for state, value in list(visit.states.items()):
        if (found := renewed(value, now)) is not value:
            visit.set_state(state, found)
    for where, value in list(visit.groups.items()):
        if (found := renewed(value, now)) is not value:
            visit.display(*split(where), found)
    for step, value in list(visit.results.items()):
        if (found := renewed(value, now)) is not value:
            visit.set_result(step, found)
    if run is not None:
        run.results = {step: renewed(value, now) for step, value in run.results.items()}


def renewed(value: Any, now: Mapping[str, Thing | None]) -> Any:
    """A thing's current version, or a list of things without those that are gone; the value itself if nothing has
    changed."""
    if isinstance(value, Thing):
        return now.get(value.key, value)
    if not isinstance(value, list) or not any(isinstance(each, Thing) and each.key in now for each in value):
        return value
    gone = {key for key, thing in now.items() if thing is None}
    return [renewed(each, now) for each in value if not (isinstance(each, Thing) and each.key in gone)]


def _things_in(value: Any) -> list[Thing]:
    """The things among what a step received: one, a list of them, or none."""
    found = value if isinstance(value, list | tuple) else [value]
    return [each for each in found if isinstance(each, Thing)]
