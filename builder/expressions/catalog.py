"""All documents of an app as plain JSON, and a place among them: what an expression there can refer to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from builder.document import Body, Node, children, spots, walk


class Catalog:
    """The documents of one app, `(kind, key, body)`, in order. It reads them and never changes them.

    Nodes are looked up by id alone, since ids are unique within an app. `app` is the app's id, by which sources find
    their samples; None if there are none. `is_release`: these are the documents that visitors have, and they never
    change.
    """

    def __init__(
        self, documents: Iterable[tuple[str, str, Body]] = (), app: str | None = None, is_release: bool = False
    ):
        self.app, self.is_release = app, is_release
        self._documents = {(kind, key): body for kind, key, body in documents}
        self._parents: dict[tuple[str, str], dict[str, str]] = {}

    def body(self, kind: str, key: str | None) -> Body | None:
        """One document's body; None if it does not exist."""
        return self._documents.get((kind, key)) if key else None

    def bodies(self, kind: str) -> list[Body]:
        """The bodies of one kind, in order. A body's root is its document's key."""
        return [body for (each, _), body in self._documents.items() if each == kind]

    @cached_property
    def _homes(self) -> dict[str, tuple[str, str]]:
        return {node: home for home, body in self._documents.items() for node in body["nodes"]}

    def home(self, node: str | None) -> tuple[str, str] | None:
        """The document that contains a node, as `(kind, key)`; None if the node is gone."""
        return self._homes.get(node) if isinstance(node, str) else None

    def node(self, node: str | None, type: str | None = None) -> Node | None:
        """A node by its id; None if it is gone or, if a type is given, of another type."""
        home = self.home(node)
        found = self._documents[home]["nodes"][node] if home else None
        return found if found and type in (None, found["type"]) else None

    def name(self, node: str | None) -> str:
        """What the author calls a node; "" if it is gone."""
        found = self.node(node)
        return found["name"] if found else ""

    def parent(self, node: str) -> str | None:
        home = self.home(node)
        if home is None:
            return None
        if home not in self._parents:
            self._parents[home] = {child: spot.parent for child, spot in spots(self._documents[home]).items()}
        return self._parents[home].get(node)

    def ancestors(self, node: str | None) -> Iterator[str]:
        """The ids of a node's ancestors, the nearest first, the document's root last."""
        around = self.parent(node) if node else None
        while around:
            yield around
            around = self.parent(around)

    def around(self, node: str | None, type: str) -> list[str]:
        """The ids of a node's ancestors of one type, the nearest first: the repeating groups an element is in."""
        return [each for each in self.ancestors(node) if self.node(each, type)]

    def replacing(self, changed: Iterable[tuple[str, Body]]) -> "Catalog":
        """The same documents with these added, or replacing those of the same kind and key."""
        documents = self._documents | {(kind, body["root"]): body for kind, body in changed}
        return Catalog(((kind, key, body) for (kind, key), body in documents.items()), self.app, self.is_release)

    def page(self, page: str | None) -> Body | None:
        """The document that elements are in: a page, or a reusable element."""
        return self.body("page", page) or self.body("reusable", page)

    def elements(self, page: str | None) -> list[str]:
        """The elements of a page in reading order, without the page itself."""
        body = self.page(page)
        top = children(body, body["root"]) if body else []
        return [each for element in top for each in walk(body, element)] if body else []

    def states(self, page: str | None) -> list[str]:
        """The states of a page."""
        body = self.page(page)
        return children(body, body["root"], "states") if body else []

    def properties(self, reusable: str | None) -> list[str]:
        """The properties of a reusable element."""
        body = self.body("reusable", reusable)
        return children(body, body["root"], "properties") if body else []

    def by_name(self, page: str | None, name: str) -> str | None:
        """The first element of a page with a name."""
        return next((element for element in self.elements(page) if self.name(element) == name), None)

    def workflows(self, page: str | None = None) -> list[str]:
        """The keys of the app's workflows, or of those of one page."""
        found = {body["root"]: body["nodes"][body["root"]]["props"] for body in self.bodies("workflow")}
        return [key for key, props in found.items() if page is None or props.get("page") == page]

    def steps(self, workflow: str | None) -> list[str]:
        """The steps of a workflow in order."""
        body = self.body("workflow", workflow)
        return children(body, body["root"], "steps") if body else []

    def steps_before(self, workflow: str | None, step: str | None) -> list[str]:
        """The steps before a given one; all of them if none is given."""
        found = self.steps(workflow)
        return found[: found.index(step)] if step in found else found


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value is: on a page, at an element of it, in a workflow, at one of its steps.

    `item` is the type of "This item", inside an operator that goes through a list. `cells` are the surrounding cells
    whose samples are wanted, as `(repeating group, number)`; by default the first of each. `passed` are the containers
    whose data source is being followed, so that one that leads back to itself comes to an end.
    """

    catalog: Catalog
    page: str | None = None
    element: str | None = None
    workflow: str | None = None
    step: str | None = None
    item: str | None = None
    cells: tuple[tuple[str, int], ...] = ()
    passed: frozenset[str] = frozenset()

    @classmethod
    def of_workflow(cls, catalog: Catalog, workflow: str, step: str | None = None) -> "Place":
        """The place of a workflow: on its page, at the element that its event is about."""
        root = catalog.node(workflow) or {"props": {}}
        options = root["props"].get("event", {}).get("options", {})
        return cls(catalog, root["props"].get("page"), options.get("element"), workflow, step)

    def within(self, item: str) -> "Place":
        """The same place inside an operator that goes through a list of such items."""
        return replace(self, item=item)
