"""What the clipboard holds: copied elements, and what comes along with them when they are pasted in another app. Pure.

    {"root": "el_k3x9q2", "nodes": {"el_k3x9q2": {…}, …}, "along": [{"v": 1, "root": "rs_ab12cd", "nodes": {…}}, …]}

Several elements have `roots` in place of `root`. `along` are documents: the reusable elements whose instances are
among the elements or inside one of these, each followed by its workflows; and one theme with just the named styles and
the added colours and fonts that any of them use. There is none if they need nothing. APIs, data types, pages and files
stay in their app: what refers to them says so where it is pasted.
"""

import json
from collections.abc import Iterator
from typing import Any

from builder.document import Body, Node, body, children, node, walk
from builder.expressions.catalog import Catalog
from builder.rewriting import texts
from builder.styling.looks import theme_of

# The slots of a theme whose nodes can come along.
PARTS = ("colours", "fonts", "styles")
# The most of it: reusable elements, and characters of JSON. Beyond, nothing comes along.
MOST, LARGEST = 100, 500_000


def clip(page: Body, keys: list[str], catalog: Catalog) -> dict[str, Any]:
    """The elements `keys` of a page, none inside another, as the clipboard holds them."""
    nodes = {each: page["nodes"][each] for key in keys for each in walk(page, key)}
    held: dict[str, Any] = {"root": keys[0]} if len(keys) == 1 else {"roots": keys}
    held["nodes"] = nodes
    along = going_along(nodes, catalog)
    return held | {"along": along} if along else held


def going_along(nodes: dict[str, Node], catalog: Catalog) -> list[Body]:
    """The documents that elements need in another app; none if that is too much."""
    parts = dict(parts_of(theme_of(catalog)))
    reusables: dict[str, list[Body]] = {}
    used: set[str] = set()
    waiting: list[Any] = [nodes]
    while waiting:
        for text in sorted(texts(waiting.pop())):
            if text in parts and text not in used:
                used.add(text)
                waiting.append(parts[text][2]["props"])
            elif text not in reusables and (found := catalog.body("reusable", text)):
                own = [catalog.body("workflow", key) for key in catalog.workflows(text)]
                reusables[text] = [found, *filter(None, own)]
                waiting.append(reusables[text])
    along = [each for documents in reusables.values() for each in documents]
    if used:
        along.append(_theme([parts[text] for text in parts if text in used]))
    return along if len(reusables) <= MOST and len(json.dumps(along)) <= LARGEST else []


def parts_of(theme: Body | None) -> Iterator[tuple[str, tuple[str, str, Node]]]:
    """What the author added to a theme, by the name that elements use: the id of a style, the token of a colour or a
    font. Each with its slot, id and node."""
    for slot in PARTS:
        for key in children(theme, theme["root"], slot) if theme else ():
            holder = theme["nodes"][key]  # type: ignore[index]
            token = holder["props"].get("token", key)
            if token in (key, token_of(key)):  # Other tokens are those that every theme has.
                yield token, (slot, key, holder)


def token_of(key: str) -> str:
    """The token of an added colour or font: derived from its id, so that renaming breaks nothing."""
    return key.replace("_", "-")


def _theme(parts: list[tuple[str, str, Node]]) -> Body:
    """A theme of just these parts."""
    slots = {slot: [key for each, key, _ in parts if each == slot] for slot in PARTS}
    return body("tm_theme", {"tm_theme": node("theme", "", {}, **slots)} | {key: holder for _, key, holder in parts})
