"""Changes: the named editing commands. Each knows its inverse, which is the basis of undo, history, live editing and
tests.

A change is plain JSON, `{"do": "move", "doc": "page/pg_ab12cd", "node": "el_k3x9q2", …}`, and a pure function of one
document. It never sees a request, a row or another document.
"""

from copy import deepcopy
from typing import Any

from builder.document import Body, Node
from builder.errors import Gone, Invalid
from builder.registry import Registry

ChangeJSON = dict[str, Any]


class NodeGone(Gone):
    code = "node_gone"
    sentence = "{name} is no longer there."
    why = "It was removed, by you in another tab or by somebody else."
    todo = "Look at the page as it is now."


class ChangedSince(Gone):
    code = "changed_since"
    sentence = "{name} has been changed since, so this was not undone."
    why = "Undo only takes back what nobody has changed since."
    todo = "Change it by hand."


class IntoItself(Invalid):
    code = "into_itself"
    status = 409
    sentence = "{name} cannot be moved into itself."


class Change:
    """One editing command.

    `fields` lists what its JSON must contain besides `do` and `doc`, with the types. `apply(body, change)` returns a
    new body (None for a deleted document) and the inverse change, whose `expect` says what must still hold for an undo.
    It does not modify `body` (None for a document that does not exist yet), and shares with it all nodes that it does
    not change.
    """

    name = ""
    fields: dict[str, type | tuple[type, ...]] = {}
    optional: dict[str, type | tuple[type, ...]] = {}

    def check(self, change: ChangeJSON) -> None:
        """Raise `Invalid` for JSON that does not have the form of this command."""
        known = {"do": str, "doc": str, "expect": object} | self.fields | self.optional
        for field, value in change.items():
            if field not in known:
                raise Invalid(f"The change {self.name!r} has no field {field!r}.")
            if not isinstance(value, known[field]) or (isinstance(value, bool) and known[field] is int):
                raise Invalid(f"The field {field!r} of the change {self.name!r} is of the wrong type.")
        for field in self.fields:
            if field not in change:
                raise Invalid(f"The change {self.name!r} needs {field!r}.")

    def apply(self, body: Body, change: ChangeJSON) -> tuple[Body | None, ChangeJSON]:
        raise NotImplementedError


changes: Registry[Change] = Registry("change", "changes")


def opened(body: Body) -> Body:
    """A copy of a body to which nodes can be added and from which they can be removed. It shares the nodes themselves;
    see `own`."""
    return {**body, "nodes": {**body["nodes"]}}


def own(body: Body, key: str) -> Node:
    """A copy of a node of an opened body that can be modified without changing the original."""
    body["nodes"][key] = copied = deepcopy(node_of(body, key))
    return copied


def node_of(body: Body, key: str) -> Node:
    """A node by its id. Raises `NodeGone`."""
    if key not in body["nodes"]:
        raise NodeGone(name="The element" if key.startswith("el_") else "It")
    return body["nodes"][key]


def slot_of(body: Body, parent: str, slot: str) -> list[str]:
    """The list of one slot in an opened body, created if the node has no such slot yet."""
    slots: dict[str, list[str]] = own(body, parent)["slots"]
    return slots.setdefault(slot, [])


def take_out(body: Body, parent: str, slot: str, key: str) -> None:
    """Remove a node's id from a slot of an opened body; an empty slot is not stored."""
    siblings = slot_of(body, parent, slot)
    siblings.remove(key)
    if not siblings:
        del body["nodes"][parent]["slots"][slot]


def expect(change: ChangeJSON, now: Any, name: str) -> None:
    """Refuse an undo whose target no longer contains what the undone change wrote."""
    if "expect" in change and change["expect"] != now:
        raise ChangedSince(name=name or "This")
