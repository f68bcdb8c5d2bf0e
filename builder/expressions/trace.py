"""Follows an expression link by link, without evaluating it: each link's name, its type, and what is wrong with it.

Types, checks, chips and what a step waits for are all derived from this one walk.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from builder.expressions.catalog import Place
from builder.expressions.shape import Expression, Value, is_expression, is_text, steps
from builder.operators import Arg, Operator, operators, same
from builder.sources import sources
from builder.types import family, fields, item_type, known, list_of, phrase, types


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain: a source, a field or an operator.

    `type` is the type after it, None if it is broken; `problem` is a sentence that says why and what to do. `live`: the
    value after it changes while shown. `final`: it is empty until a stream has ended. `personal`: it is somebody's
    e-mail address. `args` are an operator's arguments, each with its expected type and its place.
    """

    role: Literal["source", "field", "operator"]
    label: str
    icon: str = ""
    type: str | None = None
    live: bool = False
    final: bool = False
    personal: bool = False
    problem: str = ""
    args: tuple[tuple[Arg, Value, Place], ...] = ()


def trace(expression: Expression, place: Place) -> list[Link]:
    """The links of an expression as far as they are valid: its source, then its operators in order. There is always at
    least one; if there is a problem, the last one has it."""
    links = [_source(expression, place)]
    for step in steps(expression):
        if links[-1].type is None:
            break
        links.append(_step(step["op"], step.get("args", []), links[-1], place))
    return links


def type_of(value: Value, place: Place) -> str | None:
    """The type of a value in its place: None if it is broken, `any` if it is empty."""
    if is_expression(value):
        return trace(value, place)[-1].type
    if is_text(value):
        return "text"
    return _literal_type(value)


def _literal_type(value: Value) -> str:
    if value is None:
        return "any"
    if isinstance(value, bool):
        return "yes_no"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, list):
        return list_of("any")
    return "object" if isinstance(value, dict) else "text"


def _source(expression: Expression, place: Place) -> Link:
    name, args, was = expression["from"], expression.get("args", {}), expression.get("was", "")
    if name not in sources:
        return Link("source", was or name, problem=f"There is no source named {name}. Choose another source.")
    source = sources[name]
    complete = all(isinstance(args.get(each), str) and args[each] for each in source.required)
    type = source.type_of(args, place) if complete else None
    if type is None or not known(type, place.catalog):
        # The stored name extends to the first operator: "Ask the model's Reply › text so far".
        gone = was or source.label
        return Link("source", gone, source.icon, problem=f"{gone} is gone. Choose another source.")
    live = types[family(type)].live
    return Link("source", source.label_of(args, place), source.icon_of(args, place), type, live)


def _step(name: str, args: list[Value], before: Link, place: Place) -> Link:
    if name not in operators:
        return Link("operator", name, problem=f"There is no operator named {name}. Remove it.")
    entry = operators[name]
    if name == "field":
        return _field(args, before, place)
    if not entry.works_on(before.type):
        here = phrase(before.type, place.catalog)
        problem = f"“{entry.label}” does not work on {here}. Remove it, or choose another value before it."
        return Link("operator", entry.label, problem=problem)
    type = entry.result_type(before.type, args, place)
    if type is None:
        return Link("operator", entry.label, problem=f"“{entry.label}” finds no such field. Choose another one.")
    return Link(
        "operator",
        entry.label,
        type=type,
        live=before.live and not entry.final,
        final=entry.final,
        args=tuple(_arguments(entry, args, before.type, place)),
    )


def _field(args: list[Value], before: Link, place: Place) -> Link:
    key = args[0] if args else None
    if before.type in ("object", "any"):
        return Link("field", str(key or "field"), type="any", live=before.live)
    found = next((each for each in fields(before.type, place.catalog) if each.key == key), None)
    if found is None:
        return Link("field", "field", problem=f"A field of {before.label} is gone. Choose another one.")
    # A thing's field follows its thing without being a stream, so the surroundings decide, too.
    live = found.live and before.live
    return Link("field", found.label, type=found.type, live=live, final=found.final, personal=found.personal)


def _arguments(entry: Operator, args: list[Value], type: str, place: Place) -> Iterator[tuple[Arg, Value, Place]]:
    """Each argument with its expected type here: `same` means the type before it; inside a list, the place knows the
    item."""
    for index, arg in enumerate(entry.args):
        value = args[index] if index < len(args) else None
        wanted = same(type) if arg.type == "same" else arg.type
        there = place.within(item_type(type)) if arg.each else place
        yield replace(arg, type=wanted), value, there
