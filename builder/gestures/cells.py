"""An instance put into a cell of a list is automatically given the cell's thing, for the only property it fits."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from builder.changes import ChangeJSON
from builder.chosen_types import type_of
from builder.document import Body, walk
from builder.expressions.catalog import Catalog, Place
from builder.expressions.chips import remember
from builder.gestures.plan import Plan, after_plan, doc_of
from builder.gestures.spots import name_of
from builder.own_properties import properties_of
from builder.sources import Offer, sources
from builder.types import accepts


def giving_cells(plan: Plan, body: Body, catalog: Catalog) -> Plan:
    """The same plan, in which every instance that it puts into a cell is given what the cell shows."""
    coming = list(_coming(plan, body))
    if not coming:
        return plan
    after = after_plan(plan, body)
    around = catalog.replacing([(doc_of(body).partition("/")[0], after)])
    given, said = list[ChangeJSON](), ""
    for key in coming:
        cell = _cell(key, body["root"], around)
        if cell and (key not in body["nodes"] or _list(cell) != _list(_cell(key, body["root"], catalog))):
            for prop in _one_that_fits(key, cell, around):
                value = remember(cell.expression, Place(around, page=body["root"], element=key))
                given.append({"do": "update", "doc": doc_of(body), "node": key, "set": {prop: value}})
                said = f"{name_of(after, key)} shows the {cell.label[:1].lower()}{cell.label[1:]}"
    return replace(plan, changes=[*plan.changes, *given], say=f"{plan.say}. {said}" if said else plan.say)


def _coming(plan: Plan, body: Body) -> Iterator[str]:
    """The instances that a plan places somewhere, new ones and moved ones."""
    for change in plan.changes:
        if change["doc"] == doc_of(body) and change["do"] == "insert":
            yield from (key for key, holder in change["nodes"].items() if holder["type"] == "instance")
        elif change["doc"] == doc_of(body) and change["do"] == "move" and change["node"] in body["nodes"]:
            yield from (key for key in walk(body, change["node"]) if body["nodes"][key]["type"] == "instance")


def _cell(key: str, page: str, catalog: Catalog) -> Offer | None:
    """What the nearest cell around an element shows; None if there is no cell, or its type is unknown."""
    cell = next(iter(sources["cell"].offers(Place(catalog, page=page, element=key))), None)
    return cell if cell and cell.type != "any" else None


def _list(cell: Offer | None) -> str:
    return cell.expression["args"]["element"] if cell else ""


def _one_that_fits(key: str, cell: Offer, catalog: Catalog) -> Iterator[str]:
    """The property of an instance that accepts what a cell shows, if it is the only one and is empty."""
    props = (catalog.node(key) or {"props": {}})["props"]
    types = {prop: type_of(holder) for prop, holder in properties_of(catalog, props.get("of")).items()}
    same = [prop for prop, type in types.items() if type == cell.type]
    fitting = same or [prop for prop, type in types.items() if accepts(type, cell.type)]
    if len(fitting) == 1 and _is_empty(fitting[0], props, key, catalog):
        yield fitting[0]


def _is_empty(prop: str, props: dict[str, Any], key: str, catalog: Catalog) -> bool:
    """Whether it has neither a value nor a default, or only the value of a cell that it has left."""
    if prop not in props:
        return (catalog.node(prop) or {"props": {}})["props"].get("default") in (None, "")
    given = props[prop]
    is_cell = isinstance(given, dict) and given.get("from") == "cell" and not given.get("ops")
    return is_cell and given["args"].get("element") not in catalog.ancestors(key)
