"""Results of calls: `call:<api key>/<call id>`, with the call's response fields."""

from collections.abc import Iterable
from typing import Any

from builder.document import children
from builder.expressions.catalog import Catalog
from builder.types import Field, Type, types
from connector.captures.samples import sample_of
from connector.offered import find_call, offered_calls

# The type that expressions see for each type of response field.
AS = {
    "text_stream": "stream",
    "text": "text",
    "number": "number",
    "yes_no": "yes_no",
    "live": "any",
    "frames": "list:any",
    # The address of the file, which an image can show.
    "file": "text",
}
# Types whose value changes while the call is running.
_LIVE = ("text_stream", "live", "frames")


@types.register
class CallType(Type):
    name = "call"
    label = "API call"
    phrase = "an API call's result"
    icon = "plug"
    live = True
    of_each = True

    def whole(self, catalog: Catalog) -> Iterable[str]:
        """Those that were initialized (S14)."""
        return (f"call:{each}" for use in ("data", "action") for each, _, _ in offered_calls(catalog, use))

    def samples(self, type: str, catalog: Catalog) -> list[Any]:
        found = sample_of(catalog, type.partition(":")[2])
        return [found] if found else []

    def fields(self, type: str, catalog: Catalog) -> list[Field]:
        reference = type.partition(":")[2]
        api, _, call = reference.partition("/")
        body = catalog.body("api", api)
        if body is None or find_call(catalog, reference) is None:
            return []
        found = [(key, body["nodes"][key]) for key in children(body, call, "fields")]
        return [Field(key, node["name"], _type(node["props"]), node["props"]["type"] in _LIVE) for key, node in found]

    def label_of(self, type: str, catalog: Catalog) -> str:
        call = find_call(catalog, type.partition(":")[2])
        return call["name"] if call else "A removed call"

    def exists(self, type: str, catalog: Catalog) -> bool:
        return find_call(catalog, type.partition(":")[2]) is not None


def _type(props: dict[str, Any]) -> str:
    """A live value restricted to numbers or yes/no has that type."""
    mode = props.get("mode")
    return mode if props["type"] == "live" and mode in ("number", "yes_no") else AS[props["type"]]
