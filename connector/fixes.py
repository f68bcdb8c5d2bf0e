"""What keeps a call from streaming, as rules for any service, and the one-press changes that fix it."""

from collections.abc import Callable

from builder.document import Body, children, new_id, node
from connector.document import Changes, address_of, asking_for_stream, asking_for_usage, updated

EVENTS = "text/event-stream"


def asks_for_stream(api: Body, call: str) -> bool:
    """Whether the body has `"stream": true`, whatever else is in it."""
    text = "".join((api["nodes"][call]["props"].get("body") or "").split())
    return '"stream":true' in text or '"stream":"true"' in text


def row_named(api: Body, call: str, slot: str, name: str) -> str | None:
    """The key of a row of a call, or of its API, by its name in any case."""
    keys = [*children(api, call, slot), *children(api, api["root"], slot)]
    return next((key for key in keys if api["nodes"][key]["name"].strip().lower() == name.lower()), None)


def as_post(api: Body, call: str) -> Changes:
    """Set the method to POST, which sends a body."""
    return updated(api, call, {"method": "POST"})


def accepting_events(api: Body, call: str) -> Changes:
    """Add a header that accepts an event stream."""
    return _with_row(api, call, "headers", "Accept", EVENTS)


def as_events(api: Body, call: str) -> Changes:
    """Add the query parameter that makes Google's services send events instead of parts of a list."""
    return _with_row(api, call, "query", "alt", "sse")


def saying_its_type(api: Body, call: str) -> Changes:
    """Add a header with the raw body's content type."""
    body = (api["nodes"][call]["props"].get("body") or "").lstrip()
    return _with_row(api, call, "headers", "Content-Type", "application/json" if body[:1] in "{[" else "text/plain")


def _with_row(api: Body, call: str, slot: str, name: str, value: str) -> Changes:
    """Set a row to this name and value: an existing one, else a new one at the end."""
    if (key := row_named(api, call, slot, name)) is not None:
        return updated(api, key, {"value": value})
    type, prefix = {"headers": ("header", "hd"), "query": ("query", "qp")}[slot]
    key, props = new_id(prefix), {"value": value, "private": True, "optional": False, "allow_blank": False}
    insert = {"do": "insert", "doc": address_of(api), "nodes": {key: node(type, name, props)}, "node": key}
    return [insert | {"parent": call, "slot": slot, "index": len(children(api, call, slot))}]


# The fixes by the name their button submits.
FIXES: dict[str, Callable[[Body, str], Changes]] = {
    "stream": asking_for_stream,
    "usage": asking_for_usage,
    "post": as_post,
    "accept": accepting_events,
    "alt": as_events,
    "content-type": saying_its_type,
}
