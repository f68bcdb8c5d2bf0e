"""Shorthand for writing documents by hand: elements, values and chips, for starters."""

from typing import Any

from builder.document import Body, Node, body, node

Part = tuple[str, dict[str, Node]]


def element(key: str, type: str, name: str, *inside: Part, **props: Any) -> Part:
    """An element with its children, as `(id, all nodes)`."""
    nodes = {key: node(type, name, props, children=[each for each, _ in inside])}
    for _, more in inside:
        nodes |= more
    return key, nodes


def page(key: str, name: str, title: str, *inside: Part, **props: Any) -> Body:
    """A page with its elements."""
    _, nodes = element(key, "page", name, *inside, title=title, **props)
    return body(key, nodes)


def document(key: str, type: str, name: str, slot: str, parts: dict[str, Node], **props: Any) -> Body:
    """A document whose root holds `parts` in one slot."""
    return body(key, {key: node(type, name, props, **{slot: list(parts)}), **parts})


def workflow(
    key: str, name: str, page: str, event: str, element: str | None, steps: dict[str, Node], **props: Any
) -> Body:
    """A workflow of a page: its event, and its steps in order."""
    options = {"element": element} if element else {}
    return document(
        key, "workflow", name, "steps", steps, page=page, event={"type": event, "options": options}, **props
    )


def source(name: str, *ops: dict[str, Any], **args: Any) -> dict[str, Any]:
    """An expression: a source with its arguments, then operators."""
    return {"from": name, "args": args, "ops": list(ops)}


def op(name: str, *args: Any) -> dict[str, Any]:
    """An operator as stored in an expression."""
    return {"op": name, "args": list(args)} if args else {"op": name}


def text(*parts: Any) -> dict[str, Any]:
    """A text with chips."""
    return {"text": list(parts)}
