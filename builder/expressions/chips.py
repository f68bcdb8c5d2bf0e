"""Values as the editor shows them: text and chips. A chip shows one piece of dynamic data in words."""

from dataclasses import dataclass

from builder.expressions.brackets import closings, needs_brackets
from builder.expressions.catalog import Place
from builder.expressions.check import problems
from builder.expressions.evaluate import evaluate_samples
from builder.expressions.shape import Expression, Value, expressions, inner_values, is_dynamic, is_expression, is_text
from builder.expressions.trace import Link, trace
from builder.expressions.values import as_text, as_yes
from builder.operators import Arg
from builder.sources import sources


@dataclass(frozen=True, slots=True)
class Chip:
    """One piece of dynamic data: `source` › `tail`. `live`: its value changes while shown. `broken`: what is wrong, in
    a sentence; its words are then those it had when it was saved."""

    icon: str
    source: str
    tail: str
    live: bool
    broken: str | None
    expression: Expression

    @property
    def words(self) -> str:
        return f"{self.source} › {self.tail}" if self.tail else self.source


def parts(value: Value, place: Place) -> list[str | Chip]:
    """A value as texts and chips in order; nothing if it is empty."""
    if is_expression(value):
        return [chip(value, place)]
    if is_text(value):
        return [chip(part, place) if is_expression(part) else part for part in value["text"]]
    if is_dynamic(value):
        return [each for inner in inner_values(value) for each in parts(inner, place)]
    return [as_text(value)] if value not in (None, "") else []


def chip(expression: Expression, place: Place) -> Chip:
    """One expression in words: the source with its fields, then the operators with their arguments."""
    links = trace(expression, place)
    problem = links[-1].problem
    if problem and "was" in expression:
        source, _, tail = expression["was"].partition(" › ")
    else:
        source, tail = _in_brackets(expression, links)
    live = links[-1].live and not problem
    return Chip(links[0].icon, source, tail, live, problem or None, expression)


def _in_brackets(expression: Expression, links: list[Link]) -> tuple[str, str]:
    """The source with the fields right after it, "Ask the model's Reply", and the operators; with brackets around what
    is evaluated before what follows."""
    closed = [end for end in closings(expression) if end < len(links)]
    said = ["(" * len(closed) + links[0].label]
    for at, link in enumerate(links[1:], 1):
        if link.role == "operator":
            said.append(_operator(link))
        else:
            said[-1] += f"'s {link.label}"
        said[-1] += ")" * closed.count(at)
    return said[0], " ".join(said[1:])


def _operator(link: Link) -> str:
    """An operator with its arguments: "shortened to 280 characters"."""
    given = [_argument(arg, value, place) for arg, value, place in link.args]
    return " ".join([link.label, *(each for each in given if each)])


def _argument(arg: Arg, value: Value, place: Place) -> str:
    words = in_words(value, place)
    quoted = f"“{words}”" if isinstance(value, str) and not arg.options and words else words
    if needs_brackets(value):
        quoted = f"({words})"
    return f"{quoted} {arg.unit}".strip() if quoted else ""


def in_words(value: Value, place: Place) -> str:
    """A whole value in words, with chips by their names."""
    if isinstance(value, dict) and not is_text(value) and not is_expression(value):
        return ", ".join(f"{name}: {in_words(inner, place)}" for name, inner in value.items())
    return "".join(part if isinstance(part, str) else part.words for part in parts(value, place))


def sample(value: Value, place: Place) -> str:
    """What the canvas shows for a value: its text, with a sample in place of each chip that has one."""
    return "".join(part if isinstance(part, str) else part.words for part in sampled(value, place))


def sampled(value: Value, place: Place) -> list[str | Chip]:
    """A value as texts and chips in order, with a text in place of each chip whose sources have samples."""
    found = (_sampled(part, place) for part in (value["text"] if is_text(value) else [value]))
    return [each for part in found for each in part]


def _sampled(part: Value, place: Place) -> list[str | Chip]:
    words = as_text(evaluate_samples(part, place)) if is_sampled(part, place) else ""
    return [words] if words else parts(part, place)


def is_sampled(value: Value, place: Place) -> bool:
    """Whether it contains dynamic data, none of which is broken, and every source has a sample."""
    inside = list(expressions(value))
    return bool(inside) and not problems(value, "any", place) and all(_has_sample(each, place) for each in inside)


def is_off_in_cell(visible: Value, place: Place) -> bool:
    """Whether a condition about what a cell shows is false in the current cell."""
    asks = any(each["from"] == "cell" for each in expressions(visible))
    return asks and bool(place.cells) and is_sampled(visible, place) and not as_yes(evaluate_samples(visible, place))


def _has_sample(expression: Expression, place: Place) -> bool:
    return sources[expression["from"]].sample(expression.get("args", {}), place) is not None


def remember(value: Value, place: Place) -> Value:
    """The value with the current name of each top-level expression stored under "was", in case its source is removed
    one day."""
    if is_text(value):
        return {"text": [remember(part, place) for part in value["text"]]}
    if not is_expression(value):
        return value
    named = chip(value, place)
    return value if named.broken else {**value, "was": named.words}
