"""A cache of documents with structural sharing. Reading an unchanged text returns the same object, and in a changed
document every unchanged node is the same object as before. A gesture changes few of a page's hundreds of nodes, so
whatever was computed from a node alone (`per_node`) is kept with the node, and whatever was computed from a document
(`per_body`) with the document.

Documents obtained here must never be modified.
"""

import json
from collections.abc import Callable
from copy import deepcopy
from functools import wraps
from inspect import unwrap
from json.encoder import encode_basestring_ascii as _in_json
from typing import Any, Concatenate, ParamSpec, TypeVar

from builder.caching import SizedCache
from builder.document import Body, Node, walk

Given = ParamSpec("Given")
Found = TypeVar("Found")
# App, kind and key of a document.
Name = tuple[str, str, str]

# The most characters of all cached documents, and the most results kept with one node or document.
AT_HAND, ANSWERS = 4_000_000, 24
_documents: SizedCache[Name, tuple[str, Body]] = SizedCache(AT_HAND)


class FrozenNode(dict[str, Any]):
    """An immutable node with its exact content (`exact`, which also distinguishes 1 from true) and what was computed
    from it: `text`, its JSON, once requested, and `found`. A copy of it is an ordinary node."""

    __slots__ = ("__weakref__", "exact", "found", "text")

    def __init__(self, node: Node, exact: str):
        super().__init__(node)
        self.exact, self.text, self.found = exact, "", dict[Any, Any]()

    def __deepcopy__(self, memo: dict[int, Any]) -> Node:
        return deepcopy(dict(self), memo)


class FrozenBody(dict[str, Any]):
    """An immutable document, and what was computed from it. A copy of it is an ordinary document."""

    __slots__ = ("__weakref__", "found")

    def __init__(self, body: Body):
        super().__init__(body)
        self.found = dict[Any, Any]()

    def __deepcopy__(self, memo: dict[int, Any]) -> Body:
        return deepcopy(dict(self), memo)


def read(name: Name, text: str) -> Body:
    """Parse a document's stored text."""
    before = _documents.get(name)
    if before and before[0] == text:
        return before[1]
    body = frozen(json.loads(text), before[1] if before else None)
    put(name, text, body)
    return body


def put(name: Name, text: str, body: Body) -> None:
    """Cache a document for whoever reads this text of it. If it is not stored in the end, nobody does."""
    _documents.put(name, (text, body), len(text))


def newest(name: Name, body: Body) -> Body:
    """A document as it would be read if it were stored."""
    before = _documents.get(name)
    return frozen(body, before[1] if before else None)


def frozen(body: Body, before: Body | None = None) -> Body:
    """An immutable version of a document that shares unchanged nodes with the one before it."""
    nodes, known = {}, before["nodes"] if before else {}
    for key, each in body["nodes"].items():
        if not isinstance(each, FrozenNode):
            exact = repr(each)
            each = known[key] if key in known and known[key].exact == exact else FrozenNode(each, exact)
        nodes[key] = each
    return FrozenBody({**body, "nodes": nodes})


def _cached(
    function: Callable[Concatenate[dict[str, Any], Given], Found], kind: type[FrozenNode] | type[FrozenBody]
) -> Callable[Concatenate[dict[str, Any], Given], Found]:
    @wraps(function)
    def asked(about: dict[str, Any], *given: Given.args, **named: Given.kwargs) -> Found:
        if not isinstance(about, kind):
            return function(about, *given, **named)
        question: Any = (function, *given) if given else function
        try:
            found: Found = about.found[question]
            return found
        except KeyError:
            found = function(about, *given, **named)
        if len(about.found) >= ANSWERS:
            about.found.clear()
        about.found[question] = found
        return found

    return asked


def per_node(function: Callable[Concatenate[Node, Given], Found]) -> Callable[Concatenate[Node, Given], Found]:
    """Cache a function of a node and a few other hashable values: its result is kept with the node."""
    return _cached(function, FrozenNode)


def per_body(function: Callable[Concatenate[Body, Given], Found]) -> Callable[Concatenate[Body, Given], Found]:
    """The same for a document. The result must never be modified."""
    return _cached(function, FrozenBody)


def for_all_nodes(asked: Callable[[Node], Found], body: Body) -> dict[str, Found]:
    """The results of such a function for each node of a document, computed only for nodes that have none yet."""
    question, found = unwrap(asked), {}
    for key, node in body["nodes"].items():
        try:
            found[key] = node.found[question]
        except (AttributeError, KeyError):
            found[key] = asked(node)
    return found


@per_body
def order(body: Body) -> tuple[str, ...]:
    """The ids of a document in reading order."""
    return tuple(walk(body))


def node_written(node: Node) -> str:
    """A node as JSON."""
    if not isinstance(node, FrozenNode):
        return json.dumps(node)
    node.text = node.text or json.dumps(node)
    return node.text


def written(body: Body) -> str:
    """A document as JSON: the text that `json.dumps` makes of it, in which only what is new is written anew."""
    nodes = ", ".join([f"{_in_json(key)}: {node_written(each)}" for key, each in body["nodes"].items()])
    rest = {name: each for name, each in body.items() if name != "nodes"}
    return f'{json.dumps(rest)[:-1]}{", " if rest else ""}"nodes": {{{nodes}}}}}'
