"""What each gesture in the Data tab comes to: its changes and its name in the journal. Pure: a body in, a plan out."""

from builder.document import Body, body, children, new_id, node
from builder.gestures.plan import Plan
from builder.kinds import kinds
from data.kinds.data_type import FIELD_TYPES


def address(data_type: Body) -> str:
    """How changes name a data type."""
    return f"data_type/{data_type['root']}"


def name_of(data_type: Body) -> str:
    """What the author calls a data type."""
    return str(data_type["nodes"][data_type["root"]]["name"])


def new_type(name: str) -> tuple[str, Plan]:
    """A data type without fields: its key, and the plan."""
    key = new_id(kinds["data_type"].prefix)
    made = body(key, {key: node("data_type", name)})
    return key, Plan(f"Add data type {name}", [{"do": "create", "doc": f"data_type/{key}", "body": made}])


def renamed(data_type: Body, key: str, name: str) -> Plan:
    """Another name for a data type or one of its fields; the same name is no gesture."""
    before = data_type["nodes"][key]["name"]
    if before == name:
        return Plan()
    label = f"Rename {before} to {name}"
    return Plan(label, [{"do": "update", "doc": address(data_type), "node": key, "name": name}])


def deleted_type(data_type: Body) -> Plan:
    """Take a data type away. Its things stay stored, so that an undo brings all back."""
    return Plan(f"Delete data type {name_of(data_type)}", [{"do": "delete", "doc": address(data_type)}])


def added_field(data_type: Body, name: str, kind: str) -> Plan:
    """A field of a type such as `text` or `yes_no`, after the others."""
    key, root = new_id("df"), data_type["root"]
    change = {"do": "insert", "doc": address(data_type), "node": key, "parent": root, "slot": "fields"}
    change |= {"nodes": {key: node("field", name, {"type": kind})}, "index": len(children(data_type, root, "fields"))}
    return Plan(f"Add {name} to {name_of(data_type)}", [change], select=key)


def retyped(data_type: Body, field: str, kind: str) -> Plan:
    """Another type for a field. What things hold in it stays as it is stored; what does not fit reads as empty."""
    found = data_type["nodes"][field]
    if found["props"].get("type") == kind:
        return Plan()
    label = f"Change {found['name']} to {FIELD_TYPES[kind]}"
    return Plan(label, [{"do": "update", "doc": address(data_type), "node": field, "set": {"type": kind}}])


def removed_field(data_type: Body, field: str) -> Plan:
    """Take a field away. What things hold in it stays stored, so that an undo brings it back."""
    label = f"Delete {data_type['nodes'][field]['name']} of {name_of(data_type)}"
    return Plan(label, [{"do": "remove", "doc": address(data_type), "node": field}])
