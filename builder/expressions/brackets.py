"""Brackets: an expression goes from left to right, whatever its operators are. Where people would read it otherwise,
brackets are drawn around what comes first: (Price plus 2) times 3."""

from builder.expressions.shape import Expression, Value, is_expression, steps
from builder.operators import operators

# Operators that people do from left to right among each other.
FAMILIES = {"plus": "sum", "minus": "sum", "times": "product", "divided_by": "product"}


def closings(expression: Expression) -> list[int]:
    """The links behind which a bracket closes that opens before the source, the inner ones first."""
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
    """Whether an argument is more than one thing: what joins something to something."""
    return is_expression(value) and any(
        step["op"] in operators and operators[step["op"]].joins for step in steps(value)
    )
