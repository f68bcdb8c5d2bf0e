"""One-press fixes of a problem, as changes of a single node. Pure; the journal performs them."""

from typing import TYPE_CHECKING

from builder.document import Body, Fix

if TYPE_CHECKING:
    from builder.elements import Repair


def setting(doc: str, node: str, props: dict[str, object], label: str, done: str) -> Fix:
    """A fix that sets properties."""
    return Fix(label, ({"do": "update", "doc": doc, "node": node, "set": props},), done)


def unsetting(doc: str, node: str, prop: str, label: str, done: str) -> Fix:
    """A fix that removes a property's value; a name with dots is nested in another property."""
    return Fix(label, ({"do": "update", "doc": doc, "node": node, "unset": [prop]},), done)


def repairing(doc: str, node: str, repair: "Repair | None") -> Fix | None:
    """The fix for a repair proposed by an element or a step."""
    if repair is None:
        return None
    sets = {prop: value for prop, value in repair.props.items() if value is not None}
    gone = [prop for prop, value in repair.props.items() if value is None]
    change = (
        {"do": "update", "doc": doc, "node": node} | ({"set": sets} if sets else {}) | ({"unset": gone} if gone else {})
    )
    return Fix(repair.label, (change,), repair.done)


def renaming(doc: str, node: str, name: str) -> Fix:
    """A fix that renames a node. Nothing refers to a node by its name."""
    change = {"do": "update", "doc": doc, "node": node, "name": name}
    return Fix(f"Rename it {name}", (change,), f"It is now named {name}.")


def without_condition(doc: str, body: Body, node: str, condition: str) -> Fix:
    """A fix that removes one condition of an element."""
    conditions = body["nodes"][node]["props"]["conditions"]
    left = [each for each in conditions if each["id"] != condition]
    number = next(at for at, each in enumerate(conditions, 1) if each["id"] == condition)
    label, done = f"Remove condition {number}", f"Condition {number} of {body['nodes'][node]['name']} was removed."
    if not left:
        return unsetting(doc, node, "conditions", label, done)
    return setting(doc, node, {"conditions": left}, label, done)
