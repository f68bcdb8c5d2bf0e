"""A small page for previewing a theme or a named style: made of the elements' examples, in light or dark."""

from typing import Any

from builder.document import Body, Node, body, node
from builder.elements import elements
from builder.elements.html import SAMPLE

# The content of the page: element types with the properties set in addition to their example.
SHOWN: tuple[tuple[str, dict[str, Any]], ...] = (
    ("heading", {"text": "Ask Juniper"}),
    ("text", {"text": "Plant care answers, written while you watch.", "tone": "quiet"}),
    (
        "text",
        {"text": "My fig is dropping leaves. What should I do?", "style": "bubble", "align": "end", "tone": "accent"},
    ),
    ("text", {"text": "Move it to within a metre of a bright window.", "style": "bubble", "align": "start"}),
    ("input", {"label": "Your question"}),
    ("button", {"label": "Send", "kind": "primary"}),
    ("button", {"label": "Start again", "kind": "plain"}),
)


def sample_page(side: str, style: str = "", element: str = "") -> Body:
    """The page in light or dark; for a style, with an element of its type that uses it."""
    nodes: dict[str, Node] = {}
    if element:
        # Properties that a style could set are left to it.
        kind = elements[element]
        props = {prop: value for prop, value in kind.example.items() if prop not in kind.styled} | {"uses": style}
        for inner, y in (("text", 0), ("button", 40)) if "children" in kind.slots else ():
            nodes[f"el_in_{inner}"] = node(inner, inner, {**elements[inner].example, "y": y})
        nodes["el_styled"] = node(element, "Sample", props, children=list(nodes))
        top = ["el_styled"]
    else:
        nodes = {f"el_show{at}": _shown(type, props) for at, (type, props) in enumerate(SHOWN)}
        top = list(nodes)
    page = node("page", "Sample", {"theme": side, "width": "fill", "padding": "md"}, children=top)
    return body(SAMPLE, {SAMPLE: page, **nodes})


def _shown(type: str, props: dict[str, Any]) -> Node:
    known = elements[type].Props.base_fields
    return node(type, type, {prop: value for prop, value in props.items() if prop in known})
