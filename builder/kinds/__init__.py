"""Kinds of document: page, API, workflow, data type. A kind says what its nodes may be and what is wrong with them."""

from typing import Any

from builder.document import Body, Problem
from builder.registry import Registry


class Kind:
    """One kind of document.

    `prefix` begins its keys; `blank(key, name)` is a new document; `problems(body, catalog)` all that is wrong with
    one, beyond its shape. `catalog` is the app's documents (`builder.expressions.catalog.Catalog`), or None when only
    what must hold for the document alone is asked for.
    """

    name = ""
    label = ""
    prefix = ""

    def blank(self, key: str, name: str) -> Body:
        raise NotImplementedError

    def problems(self, body: Body, catalog: Any = None) -> list[Problem]:
        return []


kinds: Registry[Kind] = Registry("kind of document", "kinds")
