"""Brackets: an expression is evaluated from left to right, whatever its operators are. Where people would read it
differently, brackets are drawn around what comes first: (Price plus 2) times 3."""

from builder.expressions.shape import Expression, Value, is_expression, steps
from builder.operators import operators

# Operators that people evaluate from left to right among each other.
FAMILIES = {"plus": "sum", "minus": "sum", "times": "product", "divided_by": "product"}


def closings(expression: Expression) -> list[int]:
    """The links after which a bracket closes that opens before the source, inner ones first."""
    found, joined = [], ""
    for link, step in enumerate(steps(expression), 1):
        entry = operators.get(step["op"])
        if entry is None or step["op"] == "field":
            continue
        name = FAMILIES.get(entry.name, entry.name)
        if joined and joined != name:
            found.append(link - 1)
            joined = ""
        joined = name if entry.joins else joined
    return found


def needs_brackets(value: Value) -> bool:
    """Whether an argument consists of several joined parts."""
    return is_expression(value) and any(
        step["op"] in operators and operators[step["op"]].joins for step in steps(value)
    )
