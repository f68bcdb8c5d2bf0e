"""Checks a value in its place: each problem is a sentence that says what is wrong and what to do (S43)."""

from collections.abc import Iterator

from builder.expressions.catalog import Place
from builder.expressions.shape import Value, inner_values, is_expression, is_text
from builder.expressions.trace import Link, trace, type_of
from builder.expressions.values import as_date, as_number, is_empty
from builder.operators import Arg
from builder.sources import sources
from builder.types import accepts, family, fields, phrase


def problems(value: Value, expected: str, place: Place) -> list[str]:
    """What is wrong with a value that should be of type `expected`; nothing if it is empty."""
    if is_expression(value):
        return _dynamic(value, expected, place)
    if is_text(value):
        inside = [each for part in value["text"] if is_expression(part) for each in _dynamic(part, "text", place)]
        return inside or _of_type("text", "Text with dynamic data", expected, place)
    if isinstance(value, dict | list):
        inside = [each for inner in inner_values(value) for each in problems(inner, "any", place)]
        return inside or _of_type(type_of(value, place) or "any", "What stands here", expected, place)
    return (
        []
        if value is None or _literal_fits(value, expected)
        else [f"This needs {phrase(expected, place.catalog)}. Write one, or insert dynamic data that gives one."]
    )


def _dynamic(expression: Value, expected: str, place: Place) -> list[str]:
    links = trace(expression, place)
    found = [sentence for link in links for sentence in _in_link(link)]
    if links[-1].problem or found:
        return found
    name, args = expression["from"], expression.get("args", {})
    found = [each for arg in args.values() for each in problems(arg, "any", place)]
    found += sources[name].problems(args, place)
    return found or _of_type(links[-1].type or "any", _named(links), expected, place)


def _in_link(link: Link) -> Iterator[str]:
    if link.problem:
        yield link.problem
    for arg, value, place in link.args:
        if is_empty(value) and arg.type in ("number", "yes_no", "date", "object"):
            yield f"“{link.label}” needs {phrase(arg.type, place.catalog)} for “{arg.label}”. Fill it in."
        else:
            for sentence in _argument(arg, value, place):
                yield f"In “{link.label}”: {sentence}"


def _argument(arg: Arg, value: Value, place: Place) -> list[str]:
    if arg.options and value not in arg.options:
        return [f"Choose one of {', '.join(arg.options)} for “{arg.label}”."]
    if arg.wrong and isinstance(value, str) and (bad := arg.wrong(value)):
        return [bad]
    return problems(value, arg.type, place)


def _of_type(given: str, name: str, expected: str, place: Place) -> list[str]:
    if accepts(expected, given):
        return []
    needs, gives = phrase(expected, place.catalog), phrase(given, place.catalog)
    has_fields = bool(fields(given, place.catalog))
    todo = "Choose one of its fields." if has_fields else "Choose another value, or add an operator that makes one."
    return [f"This needs {needs}, but {name} gives {gives}. {todo}"]


def _named(links: list[Link]) -> str:
    """An expression's end in words: "is done" alone would not say of what."""
    return " › ".join(link.label for link in (links[0], *links[1:][-1:]))


def _literal_fits(value: str | int | float | bool, expected: str) -> bool:
    """Whether what an author typed can be read as the type. An empty text counts as empty for any type."""
    if value == "" and isinstance(value, str):
        return True
    if family(expected) == "date":
        return as_date(value) is not None
    if family(expected) == "number":
        return as_number(value) is not None
    literal = "yes_no" if isinstance(value, bool) else "number" if isinstance(value, int | float) else "text"
    return accepts(expected, literal)
