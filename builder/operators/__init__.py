"""Operators: what can be done with a value in an expression. One function each, by the type it works on.

    @operator(label="followed by", group=CHANGE, takes="text", args=[Arg("text", "text")], gives="text",
              examples=[Example("Hello", [", Maya"], "Hello, Maya")])
    def followed_by(value: str, text: str) -> str:
        \"\"\"Adds text at the end. The text can hold dynamic data too.\"\"\"

The function's name is the stored name, its docstring the composer's help, its examples the contract test. It gets its
value and arguments already read as the declared types (`builder.expressions.values`), so it never meets wrong data: a
text that is empty is "", an empty number is None, an empty list is []. What several in a file declare alike, such as
all that check a text, stands in a `partial` of `operator` above them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from builder.registry import Registry
from builder.types import accepts, family, item_type

if TYPE_CHECKING:
    from builder.expressions.catalog import Place

STREAM = "Values of the stream"
CHANGE = "Change it"
CALCULATE = "Calculate"
CHECK = "Check it"
GET = "Get something from it"
LIST = "Change the list"


@dataclass(frozen=True, slots=True)
class Arg:
    """An argument: its name within the sentence, its type, and what follows it in a chip ("characters").

    The type `same` is the type of the value the operator is applied to. `each`: a value evaluated for every item of a
    list, with the source "This item" being that item; the function receives a callable. `options` are the only texts
    allowed; `wrong` returns what is wrong with a text, or "".
    """

    label: str
    type: str
    unit: str = ""
    each: bool = False
    options: tuple[str, ...] = ()
    wrong: Callable[[str], str] | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A case that holds: the value, the arguments as stored JSON, the result."""

    value: Any
    args: list[Any]
    gives: Any


# The result's type, from the value's type, the stored arguments and the place; None if there is none.
Gives = Callable[[str, list[Any], "Place"], str | None]


@dataclass(frozen=True, slots=True)
class Operator:
    """One operator. `final`: its result is empty until a stream has ended, so a step that uses it waits (S25)."""

    name: str
    label: str
    group: str
    takes: tuple[str, ...]
    args: tuple[Arg, ...]
    gives: str | Gives
    examples: tuple[Example, ...]
    final: bool
    offered: bool
    run: Callable[..., Any]

    @property
    def help(self) -> str:
        return self.run.__doc__ or ""

    @property
    def joins(self) -> bool:
        """Whether it ends in another value, so that whatever follows could be read as applying to that value alone."""
        last = self.args[-1] if self.args else None
        return last is not None and not (last.unit or last.options or last.each or self.name == "field")

    def works_on(self, type: str) -> bool:
        """Whether it can follow a value of this type; operators for texts can also follow anything a text can show."""
        return any(accepts(taken, type) or taken == family(type) for taken in self.takes)

    def is_for(self, type: str) -> bool:
        """Whether the composer offers it for this type; operators for texts are offered for texts only."""
        return self.offered and (type == "any" or any(taken in ("any", type, family(type)) for taken in self.takes))

    def result_type(self, type: str, args: list[Any], place: Place) -> str | None:
        return self.gives if isinstance(self.gives, str) else self.gives(type, args, place)


operators: Registry[Operator] = Registry("operator", "operators")


def operator(
    *,
    label: str,
    group: str,
    takes: str | tuple[str, ...],
    gives: str | Gives,
    args: Iterable[Arg] = (),
    examples: Iterable[Example] = (),
    final: bool = False,
    offered: bool = True,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function as an operator under its own name, without the trailing underscore that avoids a keyword."""

    def register(run: Callable[..., Any]) -> Callable[..., Any]:
        taken = (takes,) if isinstance(takes, str) else takes
        name = run.__name__.rstrip("_")
        operators.register(
            Operator(name, label, group, taken, tuple(args), gives, tuple(examples), final, offered, run)
        )
        return run

    return register


def operators_for(type: str) -> dict[str, list[Operator]]:
    """The operators that the composer offers after a value of this type, by heading."""
    groups: dict[str, list[Operator]] = {}
    for entry in operators.values():
        if entry.is_for(type):
            groups.setdefault(entry.group, []).append(entry)
    order = (STREAM, GET, CHANGE, CALCULATE, LIST, CHECK)
    return {group: groups[group] for group in order if group in groups}


def same(type: str) -> str:
    """What an argument of the type `same` must be: after a stream it is text, since it is compared with the text so
    far."""
    return "text" if type == "stream" else type


def same_type(type: str, args: list[Any], place: Place) -> str:
    """The result has the type of the value."""
    return same(type)


def one_item(type: str, args: list[Any], place: Place) -> str:
    """The result has the type of the list's items."""
    return item_type(type)
