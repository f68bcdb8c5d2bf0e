"""What the rest of the editor may know about an app's calls: which are initialized, and what can be set (S7, S14)."""

from collections.abc import Iterable

from builder.document import Node, children
from builder.expressions.catalog import Catalog
from connector.asking import placeholders
from connector.kinds.api import OF_ROWS


def offered_calls(catalog: Catalog, use_as: str) -> Iterable[tuple[str, str, str]]:
    """The initialized calls for one use: `(reference ai_…/ca_…, the API's name, the call's name)`."""
    for body in catalog.bodies("api"):
        api = body["nodes"][body["root"]]["name"]
        for key in children(body, body["root"], "calls"):
            node = body["nodes"][key]
            if node["props"].get("initialized") and node["props"].get("use_as", "action") == use_as:
                yield f"{body['root']}/{key}", api, node["name"]


def find_call(catalog: Catalog, reference: str) -> Node | None:
    """A call's node by its reference; None if it is gone."""
    api, _, call = reference.partition("/")
    body = catalog.body("api", api)
    return body["nodes"][call] if body and call in children(body, api, "calls") else None


def settable(catalog: Catalog, reference: str) -> Iterable[tuple[str, str, bool]]:
    """The parameters of a call that are not private: `(id, name, optional)`."""
    api, _, call = reference.partition("/")
    if (node := find_call(catalog, reference)) is None or (body := catalog.body("api", api)) is None:
        return
    slots = _SETTABLE if node["props"].get("body_kind") in OF_ROWS else _SETTABLE[:-1]
    found = [row for row in placeholders.settable(body, call) if row.name and row.slot in slots]
    for row in sorted(found, key=lambda row: slots.index(row.slot)):
        yield row.id, row.name, row.optional


_SETTABLE = ("parameters", "headers", "query", "form")
