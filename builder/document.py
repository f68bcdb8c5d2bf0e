"""One document format for everything an author makes: a flat map of nodes with short stable ids.

    {"v": 1, "root": "pg_ab12cd", "nodes": {
        "pg_ab12cd": {"type": "page", "name": "index", "props": {}, "slots": {"children": ["el_k3x9q2"]}}, …}}

Expressions and slots refer to ids; people see names; renaming breaks nothing. The root's id is the document's key.
"""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, Literal, TypeAlias

Node: TypeAlias = dict[str, Any]
Body: TypeAlias = dict[str, Any]

VERSION = 1
# How deep nodes can be nested: everything that walks through a document goes as deep as it does.
DEEPEST = 200
_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"


def new_id(prefix: str, length: int = 6) -> str:
    """A short id such as `el_k3x9q2`: unique enough within an app, readable in a log. Rows that a server has many of
    (things, runs, captures) use nine characters."""
    return f"{prefix}_{''.join(secrets.choice(_ALPHABET) for _ in range(length))}"


def node(type: str, name: str = "", props: dict[str, Any] | None = None, **slots: list[str]) -> Node:
    """A node in its stored form. Empty slots are omitted."""
    return {
        "type": type,
        "name": name,
        "props": props or {},
        "slots": {slot: ids for slot, ids in slots.items() if ids},
    }


def body(root: str, nodes: dict[str, Node]) -> Body:
    """A document in its stored form."""
    return {"v": VERSION, "root": root, "nodes": nodes}


def address(document: Body) -> str:
    """How changes refer to a document: `page/pg_ab12cd`. Its root's type is the name of its kind."""
    return f"{document['nodes'][document['root']]['type']}/{document['root']}"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a node is: in which slot of which parent, at which index."""

    parent: str
    slot: str
    index: int


def spots(document: Body) -> dict[str, Spot]:
    """Where each node except the root is, by id."""
    return {
        child: Spot(parent, slot, index)
        for parent, holder in document["nodes"].items()
        for slot, children in holder["slots"].items()
        for index, child in enumerate(children)
    }


def spot_of(document: Body, key: str) -> Spot:
    """Where a node is. Raises KeyError for the root, and for one that is nowhere."""
    for parent, holder in document["nodes"].items():
        for slot, children in holder["slots"].items():
            if key in children:
                return Spot(parent, slot, children.index(key))
    raise KeyError(key)


def walk(document: Body, start: str | None = None) -> Iterator[str]:
    """The ids of `start` (default: the root) and everything below it, in reading order. A database may return a node's
    slots in another order than they were stored in, so they are taken by name: `children` come first."""
    key = start or document["root"]
    yield key
    slots = document["nodes"][key]["slots"]
    for slot in sorted(slots):
        for child in slots[slot]:
            yield from walk(document, child)


def children(document: Body, key: str, slot: str = "children") -> list[str]:
    """The ids in one slot of a node; none if it has no such slot."""
    return document["nodes"][key]["slots"].get(slot, [])


@dataclass(frozen=True, slots=True)
class Where:
    """A place in an app: a document such as `page/pg_ab12cd`, a node of it, a property of that."""

    doc: str = ""
    node: str = ""
    prop: str = ""


@dataclass(frozen=True, slots=True)
class Fix:
    """A one-press fix for a problem, if that is safe: the button's label ("Set it to level 2"), the resulting changes,
    and what was done in a sentence."""

    label: str
    changes: tuple[dict[str, Any], ...]
    done: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a document. An `error` makes it unreadable and is never stored; an `issue` may stay while
    the author works, but prevents publishing (S43); a `hint` is worth a look and prevents nothing."""

    where: Where
    sentence: str
    severity: Literal["error", "issue", "hint"] = "issue"
    fix: Fix | None = None


def well_formed(holder: Any) -> bool:
    """Whether a node has the stored form."""
    return (
        isinstance(holder, dict)
        and holder.keys() == {"type", "name", "props", "slots"}
        and isinstance(holder["type"], str)
        and isinstance(holder["name"], str)
        and isinstance(holder["props"], dict)
        and isinstance(holder["slots"], dict)
        and all(isinstance(ids, list) and all(isinstance(i, str) for i in ids) for ids in holder["slots"].values())
    )


def shape_problems(document: Any, doc: str = "", well_formed: Callable[[Any], bool] = well_formed) -> list[Problem]:
    """What is wrong with the structure itself, for any kind: missing keys, dangling or duplicate ids, cycles,
    depth."""

    def error(sentence: str, node: str = "") -> Problem:
        return Problem(Where(doc, node), sentence, "error")

    if not isinstance(document, dict) or not isinstance(document.get("nodes"), dict):
        return [error("The document has no nodes.")]
    nodes, root = document["nodes"], document.get("root")
    found = []
    if document.get("v") != VERSION:
        found.append(error(f"The document is of version {document.get('v')!r}; this server reads {VERSION}."))
    if not isinstance(root, str) or root not in nodes:
        return [*found, error("The document's root is not among its nodes.")]
    seen: set[str] = {root}
    waiting = [(root, 1)]
    while waiting:
        key, depth = waiting.pop()
        holder = nodes[key]
        if depth > DEEPEST:
            return [*found, error(f"It is nested more than {DEEPEST} levels deep.", key)]
        if not well_formed(holder):
            found.append(error("The node is not of the stored shape.", key))
            continue
        for child in chain.from_iterable(holder["slots"].values()):
            if child not in nodes:
                found.append(error(f"It holds {child}, which does not exist.", key))
            elif child in seen:
                found.append(error("It stands in two places.", child))
            else:
                seen.add(child)
                waiting.append((child, depth + 1))
    found += [error("It stands nowhere.", key) for key in nodes.keys() - seen]
    return found
