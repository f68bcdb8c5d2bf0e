"""Gestures on a page as changes: insert, paste, move, duplicate, delete, rename, set. Pure; the journal performs them.

    @gesture("duplicate")
    def _duplicate(said, body, catalog):
        match said:
            case {"node": str(node)}:
                return duplicate(body, node)

A gesture is what the browser sends, `{"do": "duplicate", "node": "el_k3x9q2"}`, turned into a plan; a new one is a
function in a file here. If there is nothing to do, such as moving the first element up, the plan has no changes and
says why.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from builder.document import Body
from builder.errors import Invalid
from builder.expressions.catalog import Catalog
from builder.gestures.plan import Plan
from builder.registry import Registry

Said = dict[str, Any]
Reader = Callable[[Said, Body, Catalog], Plan | None]


@dataclass(frozen=True, slots=True)
class Gesture:
    """The gesture that the browser calls `name`. `plan` parses what it sends; it returns None if that is malformed."""

    name: str
    plan: Reader


gestures: Registry[Gesture] = Registry("gesture", "gestures")


def gesture(name: str) -> Callable[[Reader], Reader]:
    """Register a function as the parser of a gesture."""

    def keep(plan: Reader) -> Reader:
        gestures.register(Gesture(name, plan))
        return plan

    return keep


def planned(said: Said, body: Body, catalog: Catalog) -> Plan:
    """The plan for a gesture of the browser."""
    from builder.gestures.arriving import arriving
    from builder.gestures.cells import giving_cells
    from builder.gestures.coming_along import Along
    from builder.gestures.reusables import refuse_circles
    from builder.gestures.turning import turning

    found = gestures.get(str(said.get("do")))
    along = Along(said, catalog)
    said, catalog = along.said, along.catalog
    plan = found.plan(said, body, catalog) if found else None
    if plan is None:
        raise Invalid("There is no such gesture.")
    refuse_circles(plan, body, catalog)
    return along.with_plan(giving_cells(turning(arriving(plan, body, catalog), body, catalog), body, catalog))
