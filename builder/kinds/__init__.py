"""Kinds of document: page, API, workflow, data type. A kind says what its nodes may be and what is wrong with them."""

from collections.abc import Iterator
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
    # Of documents that are gone to one by one; of others none.
    icon = ""
    # The slots of its root whose nodes are found by name, beside the document itself.
    found: tuple[str, ...] = ()

    def blank(self, key: str, name: str) -> Body:
        raise NotImplementedError

    def problems(self, body: Body, catalog: Any = None) -> list[Problem]:
        return []

    def private(self, body: Body) -> Iterator[tuple[str, str]]:
        """The values in it that nobody but its authors is to see, each with the words for where it stands."""
        return iter(())

    def words(self, body: Body, node: str, catalog: Any) -> str:
        """What a node of it is called where the whole app is looked at: "Live answer on page chat"."""
        name = body["nodes"][body["root"]]["name"]
        return f"{body['nodes'][node]['name']} of {name}" if node != body["root"] else name

    def url(self, app: str, body: Body, node: str) -> str:
        """The address in the editor where a node is worked on. `app` is the app's own address."""
        raise NotImplementedError

    def part(self, body: Body, node: str, prop: str) -> str:
        """The id of what is mended there where something is wrong with a property of the node; "" where that is the
        whole of it."""
        return ""


kinds: Registry[Kind] = Registry("kind of document", "kinds")
