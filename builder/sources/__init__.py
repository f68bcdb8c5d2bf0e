"""Sources: where the values of expressions come from. One per file, in any of the Django apps."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from builder.registry import Registry

if TYPE_CHECKING:
    from builder.edition import Edition
    from builder.expressions.catalog import Place
    from builder.expressions.values import CallResult
    from builder.people.visitor import Visitor

# What a value reads, so that a page knows what to look at again when something has changed:
#   ("element", el)  ("state", st)  ("step", sp, field | None)  ("cell", el)  ("group", el)
#   ("resource", source, which data: a call, a data type)
# A key that ends in None is about the whole; a `field` operator right after the source narrows it to that field.
Key = tuple[str | None, ...]


class Context(Protocol):
    """What sources need from whatever evaluates them: a visit's page, a workflow's run, the editor's samples."""

    def element_value(self, element: str) -> Any: ...
    def state(self, state: str) -> Any: ...
    def parameter(self, parameter: str) -> Any: ...
    def step(self, step: str) -> CallResult | Any | None: ...
    def cell(self, repeating_group: str) -> Any: ...
    def group(self, group: str) -> Any: ...
    def item(self) -> Any: ...
    def event_value(self) -> Any: ...
    def resource(self, source: str, args: dict[str, Any]) -> Any: ...
    def now(self) -> Any: ...
    def running(self, step: str) -> bool: ...

    # Whether data that loads by itself waits for arguments whose text is still arriving. It does on a page, where it
    # would be requested for every word (S36). A workflow's step has already waited (S25).
    waits_for_text: bool


class Resource(Protocol):
    """Data that loads by itself and is shown meanwhile: `value` is the current data, None before the first response."""

    value: Any

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Offer:
    """A source with its arguments filled in, as the composer lists it, with a sample to show next to it."""

    label: str
    hint: str
    icon: str
    type: str
    expression: dict[str, Any]
    sample: Any = None


@dataclass(frozen=True, slots=True)
class Setting:
    """An argument of a source that the author sets in the composer: its path among the arguments, its name, and its
    type. `options` are the only values allowed, each with its name; `fixed`: no dynamic data."""

    path: tuple[str, ...]
    label: str
    type: str
    options: tuple[tuple[Any, str], ...] = ()
    hint: str = ""
    fixed: bool = False


# How near a source's data is: the current item; visitors' input and results of steps; everything on the page; the rest.
AT_HAND, NEAR, ABOUT, BESIDE = range(4)


class Source:
    """One kind of source.

    `help` is the composer's sentence about it. `args` are stored by the expression under "args"; `value` receives them
    evaluated and never evaluates them again, because what came out of data is data. `required` names the arguments that
    must be present, as texts. `comes` determines where the composer lists it: the nearest first.
    """

    name = ""
    label = ""
    icon = ""
    help = ""
    required: tuple[str, ...] = ()
    comes = ABOUT
    example: dict[str, Any] = {}
    # The arguments its value is chosen from: whatever follows it applies to them.
    passes_on: tuple[str, ...] = ()

    def type_of(self, args: dict[str, Any], place: Place) -> str | None:
        """The type of its value; None if what it refers to is gone."""
        raise NotImplementedError

    def label_of(self, args: dict[str, Any], place: Place) -> str:
        """Its name in a chip: "Question's value". Only called if `type_of` returned a type."""
        return self.label

    def icon_of(self, args: dict[str, Any], place: Place) -> str:
        return self.icon

    def reads(self, args: dict[str, Any]) -> Key | None:
        """What it reads; None if that never changes by itself."""
        raise NotImplementedError

    def value(self, args: dict[str, Any], context: Context) -> Any:
        """Its current value; None if there is none."""
        raise NotImplementedError

    def sample(self, args: dict[str, Any], place: Place) -> Any:
        """An earlier value to show in the editor, such as what the last Initialize brought; None if none is known."""
        return None

    def open(self, edition: Edition, args: dict[str, Any], moved: Callable[[], None], visitor: Visitor) -> Resource:
        """For a source that loads by itself (it reads `("resource", …)`): open its data for one page until it is
        closed; `moved` is called on the loop whenever it has changed (S35, S36)."""
        raise NotImplementedError

    async def fetch(self, edition: Edition, args: dict[str, Any], visitor: Visitor) -> Any:
        """Fetch the same data once, for a workflow's step: an object whose `value` is complete."""
        raise NotImplementedError

    def offers(self, place: Place) -> Iterable[Offer]:
        """Each way it can be used here, with its arguments filled in."""
        return ()

    def settings(self, args: dict[str, Any], place: Place) -> Iterable[Setting]:
        """The arguments that can be set, apart from those the offer has filled in."""
        return ()

    def problems(self, args: dict[str, Any], place: Place) -> Iterable[str]:
        """What is wrong with its arguments even though it exists, in sentences that say what to do."""
        return ()

    def expression(self, **args: Any) -> dict[str, Any]:
        """An expression consisting of this source alone."""
        return {"from": self.name, "args": args, "ops": []}


sources: Registry[Source] = Registry("source", "sources")
