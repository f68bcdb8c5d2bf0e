"""The places of elements in groups of the direction “fixed”: they are set by dragging and by the arrow keys, and come
along when something is dropped into such a group or a group becomes one."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from builder.changes import ChangeJSON
from builder.document import Body, Node, spots
from builder.elements import elements
from builder.elements.props import PLACED
from builder.errors import Invalid
from builder.expressions.catalog import Catalog
from builder.gestures import Said, gesture
from builder.gestures.plan import NotSet, Plan, after_plan, doc_of
from builder.gestures.spots import name_of, node_there
from builder.styling.breakpoints import BASE, BREAKPOINTS
from builder.styling.fixed import Point, can_be_placed, is_fixed, point_of
from builder.styling.looks import styles_of
from builder.styling.modifiers import unfit

# Where elements stand, by their ids.
Places = dict[str, Point]


def place(body: Body, places: Places, catalog: Catalog, at: str = BASE) -> Plan:
    """Move elements within the fixed groups they are in, at a breakpoint. Raises `NotSet` with a field's sentence, or
    `Invalid` for an element that stands in no such group."""
    around, styles = spots(body), styles_of(catalog)
    for key in places:
        holder = node_there(body, key)
        if key not in around or not is_fixed(body["nodes"][around[key].parent], styles, at):
            raise Invalid(f"{name_of(body, key)} is not in a group of the direction “Fixed”, so it has no place there.")
        if not can_be_placed(holder):
            raise Invalid(f"{name_of(body, key)} stands over the page, so it has no place in its group.")
        _check(holder, places[key])
    made = [change for key in places if (change := _placing(body, key, places[key], at))]
    name = name_of(body, next(iter(places))) if len(places) == 1 else f"{len(places)} elements"
    return Plan(f"Move {name}", made, say=_said(body, name, places, at)) if made else Plan()


def with_places(
    plan: Plan, said: Said, body: Body, catalog: Catalog, copies: Mapping[str, str] | None = None
) -> Plan | None:
    """A plan after which elements stand where the browser says, as far as they are in fixed groups then; one that is
    new in its group stands there at every width. `copies` are the new ids of what was copied. None for malformed
    places."""
    if "places" not in said:
        return plan
    read = read_places(said)
    if read is None:
        return None
    places = {(copies or {}).get(key, key): place for key, place in read[0].items()}
    after, before, styles = after_plan(plan, body), spots(body), styles_of(catalog)
    around, made, names = spots(after), list[ChangeJSON](), list[str]()
    for key, point in places.items():
        parent = around[key].parent if key in around else ""
        if not parent or not can_be_placed(after["nodes"][key]) or not is_fixed(after["nodes"][parent], styles):
            continue
        _check(after["nodes"][key], point)
        names.append(name_of(after, key))
        is_new = key not in before or before[key].parent != parent
        change = settling(after, key, {BASE: point}) if is_new else _placing(after, key, point, read[1])
        made += [change] if change else []
    if not names:
        return plan
    words = names[0] if len(names) == 1 else f"{len(names)} elements"
    say = _said(body, words, places, read[1]) if not plan.changes else plan.say
    if plan.changes and plan.select in places and len(places) == 1:
        say = f"{plan.say}, at {_spoken(places[plan.select])}"
    changes = [*plan.changes, *made]
    return replace(plan, label=plan.label or f"Move {words}", changes=changes, say=say, placed=list(places))


def read_places(said: Said) -> tuple[Places, str] | None:
    """The places that the browser sends, and the breakpoint they are for; None if they are malformed."""
    places, at = said.get("places"), str(said.get("at") or BASE)
    if not isinstance(places, dict) or not places or at not in BREAKPOINTS:
        return None
    wrong = [key for key, place in places.items() if not isinstance(key, str) or not _is_place(place)]
    return None if wrong else ({key: Point(**place) for key, place in places.items()}, at)


def _is_place(place: Any) -> bool:
    return isinstance(place, dict) and place.keys() == set(PLACED) and all(type(each) is int for each in place.values())


def _placing(body: Body, key: str, place: Point, at: str) -> ChangeJSON | None:
    """The change that moves an element at a breakpoint; None if it stands there already."""
    there, now = place._asdict(), point_of(body["nodes"][key], at)._asdict()
    sets = {_path(prop, at): there[prop] for prop in PLACED if there[prop] != now[prop]}
    return {"do": "update", "doc": doc_of(body), "node": key, "set": sets} if sets else None


def settling(body: Body, key: str, points: Mapping[str, Point]) -> ChangeJSON | None:
    """The change that lets an element stand at these places, by breakpoint, the base among them; where none is given,
    it stands as at the next wider one. None if it does already."""
    holder = body["nodes"][key]["props"]
    sets, gone = dict[str, int](), list[str]()
    for prop in PLACED:
        inherited = 0
        for at in (each for each in BREAKPOINTS if each in points or each in (holder.get("at") or {})):
            there, path = holder if at == BASE else holder["at"].get(at, {}) if "at" in holder else {}, _path(prop, at)
            wanted = getattr(points[at], prop) if at in points else inherited
            if wanted == inherited:
                gone += [path] if prop in there else []
            elif there.get(prop) != wanted:
                sets[path] = wanted
            inherited = wanted
    return {"do": "update", "doc": doc_of(body), "node": key, "set": sets, "unset": gone} if sets or gone else None


def _path(prop: str, at: str) -> str:
    return prop if at == BASE else f"at.{at}.{prop}"


def _check(holder: Node, place: Point) -> None:
    element = elements[holder["type"]]
    for prop, value in place._asdict().items():
        if sentence := unfit(element, prop, value):
            raise NotSet(sentence, prop)


def _said(body: Body, name: str, places: Places, at: str) -> str:
    """Button is at 120, 40; 3 elements were moved by 10, −4."""
    if len(places) == 1:
        return f"{name} is at {_spoken(next(iter(places.values())))}"
    before = {key: point_of(body["nodes"][key], at) for key in places}
    by = {Point(place.x - before[key].x, place.y - before[key].y) for key, place in places.items()}
    return f"{name} were moved by {_spoken(by.pop())}" if len(by) == 1 else f"{name} were moved"


def _spoken(point: Point) -> str:
    return f"{point.x}, {point.y}".replace("-", "−")


@gesture("place")
def _read_place(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    read = read_places(said)
    return place(body, read[0], catalog, read[1]) if read else None
