"""The style sheet of one page: its app's theme, and the lengths, colours and fonts used by its elements. Pure.

Properties with a few fixed values are styled by static/css/app through their attribute. Free values have a rule here
for each one that occurs: `[data-max_width="320"]`. So a condition changes them like any other look, through the
attribute alone.
"""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from builder.document import Body, Node
from builder.document_cache import for_all_nodes, order, per_node
from builder.drawing.render import look_word
from builder.elements import Element, elements
from builder.elements.props import Pixels, Token
from builder.expressions.catalog import Catalog
from builder.reusing import expanded
from builder.styling.looks import Styles, style_set, styles_of, theme_of
from builder.styling.modifiers import unfit
from builder.styling.narrowing import narrowed
from builder.styling.theme import variables

# An element type, a property and a value.
Written = tuple[str, str, Any]


def sheet(body: Body, catalog: Catalog | None) -> str:
    """The page's own style sheet; "" if it needs none."""
    body, catalog = expanded(body, catalog)
    theme = variables(theme_of(catalog))
    rules, ranged = _rules(body, styles_of(catalog))
    parts = [f"@layer tokens {{ :root {{ {theme} }} }}"] if theme else []
    if rules:
        own = f"@layer utilities {{ {' '.join(rules)} }}"
        parts.append(narrowed(own, ranged) if ranged else own)
    return "\n".join(parts)


def digest(text: str) -> str:
    """A name for a style sheet that changes with its content."""
    return sha256(text.encode()).hexdigest()[:16]


def _rules(body: Body, styles: Styles) -> tuple[list[str], set[str]]:
    """A rule for each value that occurs, in a fixed order, and the properties that differ at breakpoints."""
    found: set[Written] = set()
    ranged: set[str] = set()
    counts = for_all_nodes(_counts, body)
    for key in order(body):
        if counts[key]:
            holder = body["nodes"][key]
            found.update(_lengths(holder, styles))
            ranged |= {prop for values in (holder["props"].get("at") or {}).values() for prop in values}
    return [_rule(*each) for each in sorted(found, key=str)], ranged & {prop for _, prop, _ in found}


@per_node
def _counts(holder: Node) -> bool:
    """Whether an element may have lengths, colours or fonts, of its own or from a named style, or differs at
    breakpoints."""
    return not holder["props"].keys().isdisjoint(("uses", "at")) or any(_lengths(holder, {}))


def _lengths(holder: Node, styles: Styles) -> Iterator[Written]:
    """The lengths, colours and fonts of an element."""
    element = elements.get(holder["type"])
    for prop, value in _written(element, holder["props"], styles) if element else ():
        field = element.Props.base_fields.get(prop) if element else None
        if isinstance(field, Pixels | Token) and value not in (None, "") and not unfit(element, prop, value):
            yield holder["type"], prop, value


def _written(element: Element, props: dict[str, Any], styles: Styles) -> Iterator[tuple[str, Any]]:
    """Every value that a property of the element can have while the page is open."""
    yield from style_set(element, props, styles).items()
    yield from props.items()
    for values in (props.get("at") or {}).values():
        yield from values.items()
    for condition in props.get("conditions") or ():
        yield from condition["set"].items()


def _rule(type: str, prop: str, value: Any) -> str:
    field = elements[type].Props.base_fields[prop]
    assert isinstance(field, Pixels | Token)
    return f'[data-type="{type}"][data-{prop}="{look_word(value)}"] {{ {field.rule(value)}; }}'
