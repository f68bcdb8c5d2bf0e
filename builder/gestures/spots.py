"""Where elements of a page stand, where they can go, and what they are called."""

from dataclasses import dataclass

from builder.changes import NodeGone
from builder.document import Body, Node, children, spot_of, walk
from builder.elements import elements


def node_there(body: Body, key: str) -> Node:
    """A node of the page that must still be there."""
    if key not in body["nodes"]:
        raise NodeGone(name="The element")
    return body["nodes"][key]


def holds_elements(body: Body, key: str) -> bool:
    """Whether elements can stand in this node."""
    kind = elements.get(body["nodes"][key]["type"])
    return kind is not None and "children" in kind.slots


@dataclass(frozen=True, slots=True)
class Target:
    """A place among the elements: after `after` in `parent`, first where that is None. `index` counts the elements
    that are there without the one that moves."""

    parent: str
    index: int
    after: str | None = None

    def words(self, body: Body) -> str:
        """In Answer actions, after Stop."""
        where = f"in {name_of(body, self.parent)}"
        return f"{where}, after {name_of(body, self.after)}" if self.after else f"{where}, first"


def name_of(body: Body, key: str) -> str:
    """What the author calls a node, else what it is."""
    holder = body["nodes"][key]
    return holder["name"] or (elements[holder["type"]].label if holder["type"] in elements else "It")


def target(body: Body, parent: str, index: int, moving: str | None = None) -> Target:
    """The place at an index of a parent, from 0 and counted without what moves; one that is too large is the last."""
    others = [key for key in children(body, parent) if key != moving]
    index = max(0, min(index, len(others)))
    return Target(parent, index, others[index - 1] if index else None)


def spot_for_new(body: Body, at: str, inside: bool) -> Target:
    """Where something new goes: after the selection; into it at its end, if asked for and it holds elements."""
    if at not in body["nodes"] or body["nodes"][at]["type"] not in elements:
        at = body["root"]
    if at == body["root"] or (inside and holds_elements(body, at)):
        return target(body, at, len(children(body, at)))
    here = spot_of(body, at)
    return target(body, here.parent, here.index + 1)


def targets(body: Body, key: str) -> list[Target]:
    """Every place an element can be moved to, in reading order; not where it is, and nowhere in itself."""
    own, here = set(walk(body, key)), spot_of(body, key)
    found = []

    def look_into(parent: str) -> None:
        others = [each for each in children(body, parent) if each != key]
        for index in range(len(others) + 1):
            if (parent, index) != (here.parent, here.index):
                found.append(target(body, parent, index, key))
            if index < len(others) and others[index] not in own and holds_elements(body, others[index]):
                look_into(others[index])

    look_into(body["root"])
    return found
