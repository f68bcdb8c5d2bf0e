"""What a visit holds, as JSON and back into a new visit of the same page (S33).

Inputs, states, results, displayed groups, what was shown and hidden, loaded data, and which events were heard. Not the
cells of lists, which follow from what is shown in them, and not what is typed where nobody may read it, such as a
password.
"""

import logging
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from connector.answers.stream import Stream
from workflows.live.frozen import LARGE, freeze, thaw, write, write_large
from workflows.live.loaded import Remembered, remembered
from workflows.live.places import split
from workflows.live.visit import Visit

log = logging.getLogger(__name__)

# How many events may have been heard without the browser knowing, so that it may send them again.
RECENT = 100
# The most characters stored of one visit; the largest values of one that holds more are left out.
MOST = 8 * 2**20
_GIVING_WAY = ("states", "values", "groups", "results")


def held(visit: Visit, heard: Iterable[str], name: Callable[[Stream], str]) -> dict[str, Any]:
    """What a visit holds, and the ids of the events it has heard, newest last."""
    known = {
        "values": {where: value for where, value in visit.values.items() if split(where)[0] not in visit.page.hidden},
        "states": visit.states,
        "groups": visit.groups,
        "results": visit.results,
        "overrides": [[where, prop, value] for (where, prop), value in visit.overrides.items()],
        "initials": visit.inputs.initials,
        "typed": sorted(visit.inputs.typed),
        "loaded": [[*read[1:], kept.value] for read, kept in remembered(visit.resources).items()],
        "moment": visit.moment,
        "replay": visit.replay,
        "heard": list(heard)[-RECENT:],
    }
    frozen: dict[str, Any] = freeze(known, name)
    return frozen


def recall(visit: Visit, frozen: dict[str, Any], find: Callable[[str], Stream | None]) -> list[str]:
    """Restore into a new visit what another one of its page held; returns the ids of the events that one had heard."""
    known = thaw(frozen, find)
    visit.moment, visit.replay = known["moment"], known["replay"]
    visit.inputs.typed, visit.inputs.initials = set(known["typed"]), known["initials"]
    visit.inputs.values |= known["values"]
    for state, value in known["states"].items():
        visit.set_state(state, value)
    for where, value in known["groups"].items():
        visit.display(*split(where), value)
    for step, result in known["results"].items():
        visit.set_result(step, result)
    for source, arguments, stream in known["loaded"]:
        if stream:
            visit.resources["resource", source, arguments] = Remembered(stream)
    for where, prop, value in known["overrides"]:
        element, path = split(where)
        visit.overrides[where, prop] = value
        if not path:
            visit.show_override(element, path, prop)
    heard: list[str] = known["heard"]
    return heard


def bounded(frozen: dict[str, Any], size: int = 0) -> str:
    """What a visit holds, as text; if that is too long, without the largest of its values. `size` is its length the
    last time."""
    text = (write_large if size > LARGE else write)(frozen)
    if len(text) <= MOST:
        return text
    frozen, length = frozen | {part: dict(frozen[part]) for part in _GIVING_WAY}, len(text)
    sizes = [(len(write(value)), part, key) for part in _GIVING_WAY for key, value in frozen[part].items()]
    for size, part, key in sorted(sizes, reverse=True):
        if length <= MOST:
            break
        _say_left_out(part, key)
        del frozen[part][key]
        length -= size
    return write_large(frozen)


@lru_cache(maxsize=1000)
def _say_left_out(part: str, key: str) -> None:
    """Log it once per element, state or step."""
    log.warning("A page holds more than %d characters: %s (%s) is not stored", MOST, key, part)
