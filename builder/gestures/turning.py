"""Groups that turn to the direction “fixed” and back. Back from it, their elements follow each other as they were read;
turned to it without a browser that has measured them, as by a pasted style, they stand clear of each other."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from builder.changes import ChangeJSON
from builder.document import Body, Node, children
from builder.elements import elements
from builder.elements.props import PLACED
from builder.expressions.catalog import Catalog
from builder.gestures.fixed import settling
from builder.gestures.plan import Plan, after_plan, doc_of
from builder.gestures.spots import name_of
from builder.styling.breakpoints import BASE
from builder.styling.fixed import GROUPS, Point, as_read, can_be_placed, is_fixed
from builder.styling.looks import Styles, resolved, styles_of

# How far elements of unknown size stand from each other in pixels: beside each other, and below each other.
BESIDE, BELOW = 160, 48


def turning(plan: Plan, body: Body, catalog: Catalog) -> Plan:
    """The same plan, in which the elements of such groups have their order or their places. As long as they are fixed
    at some width, their order says what is in front there, and stays."""
    groups = {change["node"]: None for change in plan.changes if _is_of_group(change, body)}
    if not groups:
        return plan
    after, styles = after_plan(plan, body), styles_of(catalog)
    made, left = list[ChangeJSON](), list[str]()
    for key in (each for each in groups if each in after["nodes"]):
        was, now = is_fixed(body["nodes"][key], styles), is_fixed(after["nodes"][key], styles)
        if was and not now and (moves := list(_in_order(body, after, key, styles))):
            made += moves
            left.append(name_of(after, key))
        elif now and not was:
            made += _apart(body, after, key, styles)
    say = plan.say or (f"What is in {' and '.join(left)} is now in the order in which it was read" if left else "")
    return replace(plan, changes=[*plan.changes, *made], say=say) if made else plan


def _is_of_group(change: ChangeJSON, body: Body) -> bool:
    is_update = change["do"] == "update" and change["doc"] == doc_of(body)
    return is_update and body["nodes"].get(change["node"], {}).get("type") in GROUPS


def _in_order(before: Body, after: Body, key: str, styles: Styles) -> Iterator[ChangeJSON]:
    """The moves after which the elements of a group are in the order in which they were read."""
    now = list(children(after, key))
    read = [child for child in as_read(before, key, styles, _is_row(after["nodes"][key], styles)) if child in now]
    for index, child in enumerate([*read, *(child for child in now if child not in read)]):
        if now[index] != child:
            now.remove(child)
            now.insert(index, child)
            move: ChangeJSON = {"do": "move", "doc": doc_of(after), "node": child, "parent": key}
            yield move | {"slot": "children", "index": index}


def _apart(before: Body, after: Body, key: str, styles: Styles) -> Iterator[ChangeJSON]:
    """The changes that give places to the elements of a group, unless one of them has or was given one."""
    inside = [child for child in children(after, key) if can_be_placed(after["nodes"][child])]
    if not any(_has_place(after["nodes"][child]["props"]) for child in inside):
        x, y = (BESIDE, 0) if _is_row(before["nodes"][key], styles) else (0, BELOW)
        for number, child in enumerate(inside):
            if change := settling(after, child, {BASE: Point().further(x * number, y * number)}):
                yield change


def _has_place(props: dict[str, Any]) -> bool:
    return any(prop in layer for layer in (props, *(props.get("at") or {}).values()) for prop in PLACED)


def _is_row(holder: Node, styles: Styles) -> bool:
    return bool(resolved(elements[holder["type"]], holder["props"], styles)["direction"] == "row")
