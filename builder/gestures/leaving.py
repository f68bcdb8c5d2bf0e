"""A group whose elements were fixed and now follow each other: they do so in the order in which they were read."""

from dataclasses import replace

from builder.changes import ChangeJSON
from builder.document import Body, children
from builder.elements import elements
from builder.expressions.catalog import Catalog
from builder.gestures.plan import Plan, after_plan, doc_of
from builder.gestures.spots import name_of
from builder.styling.fixed import as_read, is_fixed
from builder.styling.looks import Styles, resolved, styles_of


def leaving(plan: Plan, body: Body, catalog: Catalog) -> Plan:
    """The same plan, in which the elements of groups that are fixed at no width any more are in order. As long as they
    are at some, their order says what is in front there, and stays."""
    styles = styles_of(catalog)
    changed = {change["node"]: None for change in plan.changes if _is_update(change, body)}
    groups = [key for key in changed if is_fixed(body["nodes"][key], styles)]
    if not groups:
        return plan
    after, moves, left = after_plan(plan, body), list[ChangeJSON](), list[str]()
    for key in groups:
        stays = key in after["nodes"] and not is_fixed(after["nodes"][key], styles)
        if stays and (made := _in_order(body, after, key, styles)):
            moves += made
            left.append(name_of(after, key))
    if not moves:
        return plan
    say = plan.say or f"What is in {' and '.join(left)} is now in the order in which it was read"
    return replace(plan, changes=[*plan.changes, *moves], say=say)


def _is_update(change: ChangeJSON, body: Body) -> bool:
    return change["do"] == "update" and change["doc"] == doc_of(body) and change["node"] in body["nodes"]


def _in_order(before: Body, after: Body, key: str, styles: Styles) -> list[ChangeJSON]:
    """The moves after which the elements of a group are in the order in which they were read."""
    holder, now = after["nodes"][key], list(children(after, key))
    is_row = resolved(elements[holder["type"]], holder["props"], styles)["direction"] == "row"
    read = [child for child in as_read(before, key, styles, is_row) if child in now]
    moves: list[ChangeJSON] = []
    for index, child in enumerate([*read, *(child for child in now if child not in read)]):
        if now[index] != child:
            now.remove(child)
            now.insert(index, child)
            move: ChangeJSON = {"do": "move", "doc": doc_of(after), "node": child, "parent": key}
            moves.append(move | {"slot": "children", "index": index})
    return moves
