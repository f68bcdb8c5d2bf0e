"""The shape of stored values: which JSON is an expression, which is text with chips, and which is neither.

    expression        {"from": "<source>", "args": {…}, "ops": [{"op": "<operator>", "args": [<value>, …]}]}
    text with chips   {"text": ["Hello ", <expression>, "!"]}
    literal           everything else; lists and objects may hold values

An expression stores under "was" what it was called when it was last saved, in case its source is removed one day.
"""

from collections.abc import Iterator
from typing import Any, TypeAlias

from builder.errors import Invalid
from builder.expressions.bounds import DEPTH, PARTS, TEXT, TooMuch

Value: TypeAlias = Any
Expression: TypeAlias = dict[str, Any]


class Misshapen(Invalid):
    """JSON that looks like an expression but is not a valid one."""

    code = "misshapen_value"
    sentence = "This is not an expression: {problem}"
    todo = "Remove it and put it together again."


def is_expression(value: Value) -> bool:
    """Whether a value is a single expression rather than a literal or text."""
    return isinstance(value, dict) and isinstance(value.get("from"), str) and ("ops" in value or "args" in value)


def steps(expression: Expression) -> list[dict[str, Any]]:
    """The operators of an expression, in order."""
    return expression.get("ops", [])


def is_text(value: Value) -> bool:
    """Whether it is a text with chips."""
    return isinstance(value, dict) and value.keys() == {"text"} and isinstance(value["text"], list)


def is_dynamic(value: Value) -> bool:
    """Whether it has to be evaluated while the page lives, because it is or contains an expression."""
    return is_expression(value) or is_text(value) or any(is_dynamic(inner) for inner in inner_values(value))


def inner_values(value: Value) -> Iterator[Value]:
    """The values directly inside a value: a text's parts, the arguments of a source and its operators, a list's
    items."""
    if is_expression(value):
        yield from value.get("args", {}).values()
        for step in steps(value):
            yield from step.get("args", ())
    elif is_text(value):
        yield from value["text"]
    elif isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list):
        yield from value


def expressions(value: Value) -> Iterator[Expression]:
    """Every expression in a value, outer ones before inner ones."""
    if is_expression(value):
        yield value
    for inner in inner_values(value):
        yield from expressions(inner)


def check(value: Value) -> Value:
    """Return the value if its shape and size can be stored. Raises `Misshapen` or `TooMuch` with a sentence."""
    waiting, parts = [(value, 1)], 0
    while waiting:
        each, depth = waiting.pop()
        parts += 1
        if depth > DEPTH:
            raise TooMuch("values inside each other", DEPTH)
        if parts > PARTS:
            raise TooMuch("parts in one value", PARTS)
        if isinstance(each, str) and len(each) > TEXT:
            raise TooMuch("characters in one text", TEXT)
        if isinstance(each, dict):
            _check_object(each)
            parts += len(steps(each)) if is_expression(each) else 0
        elif not isinstance(each, str | int | float | list) and each is not None:
            raise Misshapen(problem=f"a {type(each).__name__} is not JSON.")
        waiting += [(inner, depth + 1) for inner in inner_values(each)]
    return value


def _check_object(value: dict[str, Any]) -> None:
    if any(not isinstance(name, str) for name in value):
        raise Misshapen(problem="a name is not a text.")
    if is_expression(value):
        _check_expression(value)
    elif is_text(value) and any(not isinstance(part, str) and not is_expression(part) for part in value["text"]):
        raise Misshapen(problem="a text holds something that is neither text nor dynamic data.")


def _check_expression(value: Expression) -> None:
    if value.keys() - {"from", "args", "ops", "was"}:
        raise Misshapen(problem="it holds more than a source and operators.")
    if not isinstance(value.get("args", {}), dict) or not isinstance(value.get("was", ""), str):
        raise Misshapen(problem="its source is not described well.")
    if not isinstance(steps(value), list):
        raise Misshapen(problem="its operators are no list.")
    for step in steps(value):
        if not isinstance(step, dict) or step.keys() - {"op", "args"} or not isinstance(step.get("op"), str):
            raise Misshapen(problem="an operator has no name.")
        if not isinstance(step.get("args", []), list):
            raise Misshapen(problem=f"the arguments of the operator {step['op']} are no list.")


def tidy(value: Value) -> Value:
    """A value in its canonical stored form: a text has no empty or adjacent text parts and, without chips, is a plain
    string."""
    if not is_text(value):
        return value
    parts: list[Any] = []
    for part in value["text"]:
        if isinstance(part, str) and parts and isinstance(parts[-1], str):
            parts[-1] += part
        elif part != "":
            parts.append(part)
    if all(isinstance(part, str) for part in parts):
        return "".join(parts)
    return {"text": parts}
