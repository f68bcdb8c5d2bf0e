"""What each gesture in the Data tab amounts to: its changes and its name in the journal. Pure: a document in, a plan
out."""

from builder.document import Body, body, children, new_id, node
from builder.gestures.plan import Plan
from builder.kinds import kinds
from data.kinds.data_type import FIELD_TYPES


def address(data_type: Body) -> str:
    """How changes refer to a data type."""
    return f"data_type/{data_type['root']}"


def name_of(data_type: Body) -> str:
    """What the author calls a data type."""
    return str(data_type["nodes"][data_type["root"]]["name"])


def new_type(name: str) -> tuple[str, Plan]:
    """Create a data type without fields; return its key and the plan."""
    key = new_id(kinds["data_type"].prefix)
    made = body(key, {key: node("data_type", name)})
    return key, Plan(f"Add data type {name}", [{"do": "create", "doc": f"data_type/{key}", "body": made}])


def renamed(data_type: Body, key: str, name: str) -> Plan:
    """Rename a data type or one of its fields; an unchanged name is no gesture."""
    before = data_type["nodes"][key]["name"]
    if before == name:
        return Plan()
    label = f"Rename {before} to {name}"
    return Plan(label, [{"do": "update", "doc": address(data_type), "node": key, "name": name}])


def deleted_type(data_type: Body) -> Plan:
    """Remove a data type. Its things stay stored, so that undo brings everything back."""
    return Plan(f"Delete data type {name_of(data_type)}", [{"do": "delete", "doc": address(data_type)}])


def added_field(data_type: Body, name: str, kind: str) -> Plan:
    """Add a field of a type such as `text` or `yes_no`, after the others."""
    key, root = new_id("df"), data_type["root"]
    change = {"do": "insert", "doc": address(data_type), "node": key, "parent": root, "slot": "fields"}
    change |= {"nodes": {key: node("field", name, {"type": kind})}, "index": len(children(data_type, root, "fields"))}
    return Plan(f"Add {name} to {name_of(data_type)}", [change], select=key)


def retyped(data_type: Body, field: str, kind: str) -> Plan:
    """Give a field another type. Stored values stay as they are; those that do not fit read as empty."""
    found = data_type["nodes"][field]
    if found["props"].get("type") == kind:
        return Plan()
    label = f"Change {found['name']} to {FIELD_TYPES[kind]}"
    return Plan(label, [{"do": "update", "doc": address(data_type), "node": field, "set": {"type": kind}}])


def removed_field(data_type: Body, field: str) -> Plan:
    """Remove a field. Its stored values stay, so that undo brings them back."""
    label = f"Delete {data_type['nodes'][field]['name']} of {name_of(data_type)}"
    return Plan(label, [{"do": "remove", "doc": address(data_type), "node": field}])
