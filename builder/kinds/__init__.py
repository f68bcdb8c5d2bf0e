"""Kinds of document: page, API, workflow, data type. A kind defines which nodes are allowed and what is wrong with
them."""

from collections.abc import Iterator
from typing import Any

from builder.document import Body, Problem
from builder.registry import Registry


class Kind:
    """One kind of document.

    `prefix` is the start of its keys; `blank(key, name)` returns a new document; `problems(body, catalog)` everything
    wrong with one, beyond its shape. `catalog` is the app's documents (`builder.expressions.catalog.Catalog`), or None
    to check only the document by itself.
    """

    name = ""
    label = ""
    prefix = ""
    # Set for documents that can be opened individually, empty for others.
    icon = ""
    # The slots of its root whose nodes can be found by name, in addition to the document itself.
    found: tuple[str, ...] = ()

    def blank(self, key: str, name: str) -> Body:
        raise NotImplementedError

    def problems(self, body: Body, catalog: Any = None) -> list[Problem]:
        return []

    def private(self, body: Body) -> Iterator[tuple[str, str]]:
        """Values in it that only its authors may see, each with its location in words."""
        return iter(())

    def words(self, body: Body, node: str, catalog: Any) -> str:
        """The name of one of its nodes in the context of the whole app: "Live answer on page chat"."""
        name = body["nodes"][body["root"]]["name"]
        return f"{body['nodes'][node]['name']} of {name}" if node != body["root"] else name

    def url(self, app: str, body: Body, node: str) -> str:
        """The editor's URL for working on a node. `app` is the app's slug."""
        raise NotImplementedError

    def part(self, body: Body, node: str, prop: str) -> str:
        """The id of the part of that page where a problem with a property of the node is fixed; "" for the page as a
        whole."""
        return ""


kinds: Registry[Kind] = Registry("kind of document", "kinds")
