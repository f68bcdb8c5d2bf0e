"""What a value reads and which steps it needs, without evaluating it."""

from typing import Literal

from builder.expressions.catalog import Catalog, Place
from builder.expressions.shape import Expression, Value, expressions, steps
from builder.expressions.trace import trace
from builder.sources import Key, sources


def reads(value: Value) -> set[Key]:
    """The keys of everything a value reads, including in arguments. An unknown source reads nothing."""
    return {key for expression in expressions(value) if (key := _key(expression))}


def _key(expression: Expression) -> Key | None:
    if expression["from"] not in sources:
        return None
    source, args = sources[expression["from"]], expression.get("args", {})
    if any(not args.get(each) for each in source.required):
        return None
    key = source.reads(args)
    if key and any(isinstance(each, list | dict) for each in key):
        return None  # No id: it reads nothing.
    return (*key[:-1], _first_field(expression)) if key and key[-1] is None else key


def _first_field(expression: Expression) -> str | None:
    first = next(iter(steps(expression)), {"op": ""})
    key = first["args"][0] if first["op"] == "field" and first.get("args") else None
    return key if isinstance(key, str) else None


def needs(value: Value, catalog: Catalog) -> dict[str, Literal["first", "full"]]:
    """Which steps' results a value uses, by the step's id, and whether it needs a final value (S25).

    `full` for the full text and for a Text, Number or Yes/no field; `first` for the text so far, a Live value, the
    states and the result as a whole. References to something that is gone are empty, so nothing waits for them.
    """
    found: dict[str, Literal["first", "full"]] = {}
    passed_on: list[Value] = []
    for expression in expressions(value):
        key = _key(expression)
        final = any(link.final for link in trace(expression, Place(catalog)))
        if key and key[0] == "step" and key[1]:
            found[key[1]] = "full" if final or found.get(key[1]) == "full" else "first"
        elif final and expression["from"] in sources:
            passed_on += [expression["args"].get(each) for each in sources[expression["from"]].passes_on]
    # If a value is one of several, these are needed in full.
    return found | {step: "full" for each in passed_on for step in needs(each, catalog)}
