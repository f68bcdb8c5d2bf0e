"""How workflows start from events of a page's elements."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from builder.document import Body, new_id
from builder.elements import elements
from builder.errors import Invalid
from builder.expressions.catalog import Catalog
from builder.gestures import Said, gesture
from builder.gestures.plan import Plan
from builder.gestures.spots import name_of, node_there
from builder.kinds import kinds
from builder.outwards import events_of, shown_by


@dataclass(frozen=True, slots=True)
class Begins:
    """How a workflow starts from an element's event: the type of its event, its initial name, words for a button, and
    the options of the event besides the element."""

    type: str
    name: str
    words: str
    options: Mapping[str, str] = field(default_factory=dict)


EVENTS = {
    "clicked": Begins("clicked", "{name} is clicked", "when clicked"),
    "changed": Begins("value_changed", "{name}'s value changes", "when its value changes"),
    "submitted": Begins("submitted", "Enter is pressed in {name}", "when Enter is pressed"),
    "closed": Begins("closed", "{name} is closed", "when closed by hand"),
}


def workflows_of(catalog: Catalog, page: str) -> Iterable[tuple[str, str | None]]:
    """The workflows of a page, each with the element of its event."""
    for key in catalog.workflows(page):
        root = catalog.node(key) or {"props": {}}
        event = root["props"].get("event") or {}
        yield key, (event.get("options") or {}).get("element")


def beginnings(body: Body, key: str, catalog: Catalog) -> dict[str, Begins]:
    """The ways a workflow can start from an element: its events, and for an instance what its reusable element
    tells."""
    if "workflow" not in kinds or node_there(body, key)["type"] not in elements:
        return {}
    happens = {event: EVENTS[event] for event in elements[body["nodes"][key]["type"]].events if event in EVENTS}
    told = events_of(catalog, shown_by(catalog, key))
    return happens | {
        event: Begins("told", f"{{name}}: {name}", f"when it tells “{name}”", {"told": event})
        for event, name in told.items()
    }


def add_workflow(body: Body, key: str, event: str, catalog: Catalog) -> Plan:
    """Add an empty workflow that starts from an element's event."""
    begins, new = beginnings(body, key, catalog).get(event), new_id("wf")
    if begins is None:
        raise Invalid("There is no such event.")
    name = begins.name.replace("{name}", name_of(body, key), 1)
    made = kinds["workflow"].blank(new, name)
    made["nodes"][new]["props"] |= {
        "page": body["root"],
        "event": {"type": begins.type, "options": {"element": key, **begins.options}},
    }
    return Plan(f"Add workflow {name}", [{"do": "create", "doc": f"workflow/{new}", "body": made}], key)


@gesture("add_workflow")
def _read_add(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    match said:
        case {"node": str(node), "event": str(event)}:
            return add_workflow(body, node, event, catalog)
    return None
