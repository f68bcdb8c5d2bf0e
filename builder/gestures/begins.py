"""How workflows begin with what happens to an element of a page."""

from collections.abc import Iterable
from dataclasses import dataclass

from builder.document import Body, new_id
from builder.elements import elements
from builder.errors import Invalid
from builder.expressions.catalog import Catalog
from builder.gestures import Said, gesture
from builder.gestures.plan import Plan
from builder.gestures.spots import name_of, node_there
from builder.kinds import kinds


@dataclass(frozen=True, slots=True)
class Begins:
    """How a workflow begins with an element's event: the type of its event, its first name, and words for a button."""

    type: str
    name: str
    words: str


EVENTS = {
    "clicked": Begins("clicked", "{name} is clicked", "when clicked"),
    "changed": Begins("value_changed", "{name}'s value changes", "when its value changes"),
    "submitted": Begins("submitted", "Enter is pressed in {name}", "when Enter is pressed"),
    "closed": Begins("closed", "{name} is closed", "when closed by hand"),
}


def workflows_of(catalog: Catalog, page: str) -> Iterable[tuple[str, str | None]]:
    """The workflows of a page, each with the element its event is about."""
    for key in catalog.workflows(page):
        root = catalog.node(key) or {"props": {}}
        event = root["props"].get("event") or {}
        yield key, (event.get("options") or {}).get("element")


def add_workflow(body: Body, key: str, event: str) -> Plan:
    """An empty workflow that begins with an element's event."""
    if event not in elements[node_there(body, key)["type"]].events or event not in EVENTS or "workflow" not in kinds:
        raise Invalid("There is no such event.")
    begins, new = EVENTS[event], new_id("wf")
    name = begins.name.format(name=name_of(body, key))
    made = kinds["workflow"].blank(new, name)
    made["nodes"][new]["props"] |= {
        "page": body["root"],
        "event": {"type": begins.type, "options": {"element": key}},
    }
    return Plan(f"Add workflow {name}", [{"do": "create", "doc": f"workflow/{new}", "body": made}], key)


@gesture("add_workflow")
def _read_add(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    match said:
        case {"node": str(node), "event": str(event)}:
            return add_workflow(body, node, event)
    return None
