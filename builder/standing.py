"""Documents as they were read last. One whose text is the same is the very same object, and of one that has changed all
nodes that have not are the very nodes of before: of a page's hundreds a gesture changes few, and what was worked out of
a node alone (`of_node`) stands with it for as long as it does.

Whoever gets a document here never changes it.
"""

import json
from collections.abc import Callable
from copy import deepcopy
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from builder.document import Body, Node
from builder.remembered import Shelf

Given = ParamSpec("Given")
Found = TypeVar("Found")
# App, kind and key of a document.
Name = tuple[str, str, str]

# Characters of all documents at hand, and the answers that stand with one node.
AT_HAND, ANSWERS = 4_000_000, 16
_documents: Shelf[Name, tuple[str, Body]] = Shelf(AT_HAND)


class Standing(dict[str, Any]):
    """A node that never changes, what it is exactly (`exact`: also whether a 1 is a yes), and what was worked out of
    it: `text`, itself as JSON, once somebody has asked for it, and `found`. A copy of it is a node like any other."""

    __slots__ = ("__weakref__", "exact", "found", "text")

    def __init__(self, node: Node, exact: str):
        super().__init__(node)
        self.exact, self.text, self.found = exact, "", dict[Any, Any]()

    def __deepcopy__(self, memo: dict[int, Any]) -> Node:
        return deepcopy(dict(self), memo)


def read(name: Name, text: str) -> Body:
    """A document out of its stored text."""
    before = _documents.get(name)
    if before and before[0] == text:
        return before[1]
    body = standing(json.loads(text), before[1] if before else None)
    put(name, text, body)
    return body


def put(name: Name, text: str, body: Body) -> None:
    """Have a document at hand, for who reads this text of it. Should it not be stored in the end, nobody does."""
    _documents.put(name, (text, body), len(text))


def newest(name: Name, body: Body) -> Body:
    """A document as it would be read, were it stored."""
    before = _documents.get(name)
    return standing(body, before[1] if before else None)


def standing(body: Body, before: Body | None = None) -> Body:
    """A document that never changes, with those nodes of the one before it that are the same."""
    nodes, known = {}, before["nodes"] if before else {}
    for key, each in body["nodes"].items():
        if not isinstance(each, Standing):
            exact = repr(each)
            each = known[key] if key in known and known[key].exact == exact else Standing(each, exact)
        nodes[key] = each
    return {**body, "nodes": nodes}


def of_node(
    function: Callable[Concatenate[Node, Given], Found],
) -> Callable[Concatenate[Node, Given], Found]:
    """A function of a node, and of few other hashable values: what it found stands with the node."""

    @wraps(function)
    def asked(node: Node, *given: Given.args, **named: Given.kwargs) -> Found:
        if not isinstance(node, Standing):
            return function(node, *given, **named)
        question = (function, given)
        try:
            return node.found[question]
        except KeyError:
            found = function(node, *given, **named)
        if len(node.found) >= ANSWERS:
            node.found.clear()
        node.found[question] = found
        return found

    return asked


def node_written(node: Node) -> str:
    """A node as JSON."""
    if not isinstance(node, Standing):
        return json.dumps(node)
    node.text = node.text or json.dumps(node)
    return node.text


def written(body: Body) -> str:
    """A document as JSON: the text that `json.dumps` makes of it, in which only what is new is written anew."""
    nodes = ", ".join(f"{json.dumps(key)}: {node_written(each)}" for key, each in body["nodes"].items())
    rest = {name: each for name, each in body.items() if name != "nodes"}
    return f'{json.dumps(rest)[:-1]}{", " if rest else ""}"nodes": {{{nodes}}}}}'
