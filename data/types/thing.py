"""Things: `thing:<data type key>`, with the author's fields and the built-in ones."""

import re
from collections.abc import Iterable
from typing import Any

from builder.document import children
from builder.expressions.catalog import Catalog
from builder.types import Field, Type, types
from data.samples import newest
from data.things import BUILT_IN

# Recognises a field for e-mail addresses by its name.
_IS_ADDRESS = re.compile(r"\be-?mail\b", re.IGNORECASE)
NAMES = {"created": "Created date", "changed": "Modified date", "creator": "Creator", "key": "Unique id"}


@types.register
class ThingType(Type):
    name = "thing"
    label = "Thing"
    phrase = "a thing"
    icon = "data"
    mark = "{ }"
    of_each = True

    def whole(self, catalog: Catalog) -> Iterable[str]:
        return (f"thing:{body['root']}" for body in catalog.bodies("data_type"))

    def samples(self, type: str, catalog: Catalog) -> list[Any]:
        return list(newest(catalog, type.partition(":")[2]))

    def fields(self, type: str, catalog: Catalog) -> list[Field]:
        body = catalog.body("data_type", type.partition(":")[2])
        if body is None:
            return []
        own = [(key, body["nodes"][key]) for key in children(body, body["root"], "fields")]
        found = [
            Field(key, node["name"], node["props"]["type"], live=True, personal=bool(_IS_ADDRESS.search(node["name"])))
            for key, node in own
        ]
        built_in = BUILT_IN.items()
        return found + [Field(key, NAMES[key], kind, live=True, personal=key == "creator") for key, kind in built_in]

    def label_of(self, type: str, catalog: Catalog) -> str:
        body = catalog.body("data_type", type.partition(":")[2])
        return body["nodes"][body["root"]]["name"] if body else "A removed data type"

    def exists(self, type: str, catalog: Catalog) -> bool:
        return catalog.body("data_type", type.partition(":")[2]) is not None
