"""Where the elements of a page are, where they can go, and what they are called."""

from dataclasses import dataclass

from builder.changes import NodeGone
from builder.document import Body, Node, children, spot_of, walk
from builder.elements import elements


def node_there(body: Body, key: str) -> Node:
    """A node of the page that must still exist. Raises `NodeGone`."""
    if key not in body["nodes"]:
        raise NodeGone(name="The element")
    return body["nodes"][key]


def holds_elements(body: Body, key: str) -> bool:
    """Whether this node can contain elements."""
    kind = elements.get(body["nodes"][key]["type"])
    return kind is not None and "children" in kind.slots


@dataclass(frozen=True, slots=True)
class Target:
    """A place among the elements: after `after` in `parent`, or the first if that is None. `index` counts the elements
    there without the one being moved."""

    parent: str
    index: int
    after: str | None = None

    def words(self, body: Body) -> str:
        """In Answer actions, after Stop."""
        where = f"in {name_of(body, self.parent)}"
        return f"{where}, after {name_of(body, self.after)}" if self.after else f"{where}, first"


def name_of(body: Body, key: str) -> str:
    """The author's name for a node, else the label of its type."""
    holder = body["nodes"][key]
    return holder["name"] or (elements[holder["type"]].label if holder["type"] in elements else "It")


def target(body: Body, parent: str, index: int, moving: str | None = None) -> Target:
    """The place at an index of a parent, from 0 and counted without the moved element; an index that is too large means
    the end."""
    others = [key for key in children(body, parent) if key != moving]
    index = max(0, min(index, len(others)))
    return Target(parent, index, others[index - 1] if index else None)


def spot_for_new(body: Body, at: str, inside: bool) -> Target:
    """The place for something new: after the selection, or at its end if requested and it can contain elements."""
    if at not in body["nodes"] or body["nodes"][at]["type"] not in elements:
        at = body["root"]
    if at == body["root"] or (inside and holds_elements(body, at)):
        return target(body, at, len(children(body, at)))
    here = spot_of(body, at)
    return target(body, here.parent, here.index + 1)


def targets(body: Body, key: str) -> list[Target]:
    """Every place an element can be moved to, in reading order, except its current one and those inside it."""
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
