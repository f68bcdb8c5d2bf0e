"""What keeps a call from streaming, as a rule for any service, and the changes of one press that mend it."""

from collections.abc import Callable

from builder.document import Body, children, new_id, node
from connector.document import Changes, address_of, asking_for_stream, asking_for_usage, updated

EVENTS = "text/event-stream"


def asks_for_stream(api: Body, call: str) -> bool:
    """Whether the body has `"stream": true`, whatever stands in the rest of it."""
    text = "".join((api["nodes"][call]["props"].get("body") or "").split())
    return '"stream":true' in text or '"stream":"true"' in text


def row_named(api: Body, call: str, slot: str, name: str) -> str | None:
    """The key of a call's row, or of one its API shares, by its name whatever its case."""
    keys = [*children(api, call, slot), *children(api, api["root"], slot)]
    return next((key for key in keys if api["nodes"][key]["name"].strip().lower() == name.lower()), None)


def as_post(api: Body, call: str) -> Changes:
    """With the method POST, which sends a body."""
    return updated(api, call, {"method": "POST"})


def accepting_events(api: Body, call: str) -> Changes:
    """With a header that says that events are understood."""
    return _with_row(api, call, "headers", "Accept", EVENTS)


def as_events(api: Body, call: str) -> Changes:
    """With the query parameter by which Google's services stream events and not pieces of a list."""
    return _with_row(api, call, "query", "alt", "sse")


def saying_its_type(api: Body, call: str) -> Changes:
    """With a header that says what the raw body is."""
    body = (api["nodes"][call]["props"].get("body") or "").lstrip()
    return _with_row(api, call, "headers", "Content-Type", "application/json" if body[:1] in "{[" else "text/plain")


def _with_row(api: Body, call: str, slot: str, name: str, value: str) -> Changes:
    """With a row of this name and value: the one there is, else a new last one."""
    if (key := row_named(api, call, slot, name)) is not None:
        return updated(api, key, {"value": value})
    type, prefix = {"headers": ("header", "hd"), "query": ("query", "qp")}[slot]
    key, props = new_id(prefix), {"value": value, "private": True, "optional": False, "allow_blank": False}
    insert = {"do": "insert", "doc": address_of(api), "nodes": {key: node(type, name, props)}, "node": key}
    return [insert | {"parent": call, "slot": slot, "index": len(children(api, call, slot))}]


# The mends by the name their button sends.
MENDS: dict[str, Callable[[Body, str], Changes]] = {
    "stream": asking_for_stream,
    "usage": asking_for_usage,
    "post": as_post,
    "accept": accepting_events,
    "alt": as_events,
    "content-type": saying_its_type,
}
