"""Evaluates values: a closed interpreter over stored JSON, bounded in depth and steps (P31).

What sources and operators return is data and is never evaluated as an expression again.
"""

from collections.abc import Callable
from typing import Any

from builder.expressions import bounds
from builder.expressions.bounds import TooMuch, bounded_text, joined
from builder.expressions.catalog import Place
from builder.expressions.patterns import SharingLooks
from builder.expressions.shape import Expression, Value, is_expression, is_text, steps
from builder.expressions.values import StreamValue, as_date, as_list, as_number, as_text, as_yes, is_stream
from builder.operators import Arg, Operator, operators
from builder.sources import Context, Source, sources
from builder.types import family

Look = Callable[[Source, dict[str, Any], Any], Any]

# How a value is converted to the type an operator declares. Values of other types are passed as they are.
READINGS: dict[str, Callable[[Any], Any]] = {
    "text": as_text,
    "number": as_number,
    "yes_no": as_yes,
    "date": as_date,
    "list": as_list,
    "stream": lambda value: value if is_stream(value) else None,
    "call": lambda value: value if hasattr(value, "state") else None,
}


def evaluate(value: Value, context: Context) -> Any:
    """The current result of a value. A literal is itself; if a source is empty, the operators get an empty value.

    Raises `TooMuch` at a bound, `UnknownEntry` for a source or operator that does not exist.
    """
    with SharingLooks():
        return _Evaluation().of(value, context, 0)


def evaluate_samples(value: Value, place: Place, at: Callable[[Any], Any] = lambda sample: sample) -> Any:
    """What a value would be with the samples of its sources, which are empty if unknown. `at` selects the moment of a
    sample that is being looked at."""

    def look(source: Source, args: dict[str, Any], context: Any) -> Any:
        # The current item belongs to the operator and is not a sample.
        return context.item() if source.name == "item" else at(source.sample(args, place))

    nowhere: Any = _NoPage()
    with SharingLooks():
        return _Evaluation(look).of(value, nowhere, 0)


def growing(value: Value, context: Context) -> tuple[str, StreamValue] | None:
    """The constant prefix and the stream of a value that consists of these and nothing after them; otherwise None.

    As long as the prefix and `epoch` stay the same, such a text only grows by what the stream gains: it can be sent as
    appends, without comparing whole texts.
    """
    parts = value["text"] if is_text(value) else [value]
    if not parts or not is_expression(parts[-1]) or not _ends_in_stream(parts[-1]):
        return None
    evaluation, last = _Evaluation(), parts[-1]
    with SharingLooks():
        stream = evaluation.of({**last, "ops": _without_text_so_far(last)}, context, 0)
        if not is_stream(stream):
            return None
        return joined(as_text(evaluation.of(part, context, 0)) for part in parts[:-1]), stream


def _without_text_so_far(expression: Expression) -> list[dict[str, Any]]:
    ops = steps(expression)
    return ops[:-1] if ops and ops[-1]["op"] == "text_so_far" else ops


def _ends_in_stream(expression: Expression) -> bool:
    """Whether it may be a stream: there are only fields between the source and the text so far."""
    return all(step["op"] == "field" for step in _without_text_so_far(expression))


class _Evaluation:
    """One evaluation with its budget of steps. `look` asks a source for its value. `arriving`: the current value has
    read the text of a stream that is still running."""

    __slots__ = ("arriving", "look", "taken")

    def __init__(self, look: Look = lambda source, args, context: source.value(args, context)) -> None:
        self.look, self.taken, self.arriving = look, 0, False

    def of(self, value: Value, context: Context, depth: int) -> Any:
        self._step()
        if depth > bounds.DEPTH:
            raise TooMuch("values inside each other", bounds.DEPTH)
        if is_expression(value):
            return self._expression(value, context, depth + 1)
        if is_text(value):
            return joined(as_text(self.of(part, context, depth + 1)) for part in value["text"])
        if isinstance(value, dict):
            return {name: self.of(inner, context, depth + 1) for name, inner in value.items()}
        if isinstance(value, list):
            return [self.of(inner, context, depth + 1) for inner in value]
        return value

    def _expression(self, expression: Expression, context: Context, depth: int) -> Any:
        around, self.arriving = self.arriving, False
        args = {name: self.of(arg, context, depth) for name, arg in expression.get("args", {}).items()}
        source, value = sources[expression["from"]], None
        if not (self.arriving and _waits(source, args, context)):
            value = self.look(source, args, context)
        for step in steps(expression):
            value = self._operator(operators[step["op"]], value, step.get("args", []), context, depth)
        self.arriving = self.arriving or around or _goes_on(value)
        return value

    def _operator(self, entry: Operator, value: Any, args: list[Value], context: Context, depth: int) -> Any:
        self._step()
        # Arguments missing in the stored JSON are empty; surplus ones are ignored.
        given = [args[index] if index < len(args) else None for index in range(len(entry.args))]
        if _goes_on(value) and (entry.gives == "text" or "stream" not in entry.takes):
            self.arriving = True
        result = entry.run(
            _reading(entry.takes[0])(value),
            *(self._argument(arg, each, context, depth) for arg, each in zip(entry.args, given, strict=True)),
        )
        if isinstance(result, str):
            return bounded_text(result)
        if isinstance(result, list) and len(result) > bounds.ITEMS:
            raise TooMuch("items in one list", bounds.ITEMS)
        return result

    def _argument(self, arg: Arg, value: Value, context: Context, depth: int) -> Any:
        read = _reading(arg.type)
        if arg.each:
            return lambda item: read(self.of(value, _Within(context, item), depth))
        return read(self.of(value, context, depth))

    def _step(self) -> None:
        self.taken += 1
        if self.taken > bounds.STEPS:
            raise TooMuch("steps to work out one value", bounds.STEPS)


def _reading(type: str) -> Callable[[Any], Any]:
    return READINGS.get(family(type), lambda value: value)


def _goes_on(value: Any) -> bool:
    return is_stream(value) and value.state in ("waiting", "streaming")


def _waits(source: Source, args: dict[str, Any], context: Any) -> bool:
    """Whether data that loads by itself is not requested yet because its arguments are incomplete (S36)."""
    key = source.reads(args)
    return key is not None and key[0] == "resource" and getattr(context, "waits_for_text", False)


class _NoPage:
    """The context of samples: there is no page, and no current item outside operators that go through a list."""

    def item(self) -> None:
        return None


class _Within:
    """The context inside an operator that goes through a list: "This item" is the current item."""

    def __init__(self, around: Context, item: Any):
        self._around, self._item = around, item

    def item(self) -> Any:
        return self._item

    def __getattr__(self, name: str) -> Any:
        return getattr(self._around, name)
