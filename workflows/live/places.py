"""Places on a page: an element in the cells of the lists around it, and what a browser has of one property there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from builder.expressions.shape import is_text
from connector.answers.growing import GrowingText
from connector.answers.stream import Stream
from workflows.errors import kind_sentence
from workflows.live import difference
from workflows.live.page import Binding
from workflows.live.protocol import SET
from workflows.scope import Read

Path = tuple[str, ...]
_STREAMS = ("streaming", "")


def address(element: str, path: Path) -> str:
    """An element's address on the wire: `el_k3x9q2`, in a list `el_k3x9q2@th_ab12cd`, in a list inside a list
    `…@a/b`."""
    return f"{element}@{'/'.join(path)}" if path else element


def split(where: str) -> tuple[str, Path]:
    """Split an address into the element's id and the keys of the cells around it."""
    element, _, path = where.partition("@")
    return element, tuple(path.split("/")) if path else ()


@dataclass(frozen=True, slots=True)
class Follows:
    """A text that reads nothing but the stream of one step: as long as the step has this result it only grows, and need
    not be evaluated again for every token."""

    step: str
    result: Stream
    grows: tuple[str, Any]
    text: GrowingText

    @classmethod
    def of(
        cls, binding: Binding, reads: frozenset[Read], results: Mapping[str, Any], grows: tuple[str, Any]
    ) -> "Follows | None":
        """What a text follows that reads this and grows by `(prefix, stream)`; None if something else may change it,
        such as a condition."""
        value = binding.value
        last = value["text"][-1] if is_text(value) else value
        if binding.cases or "cases" in last.get("args", ()):
            return None
        kind, step = next(iter(reads)) if len(reads) == 1 else ("", "")
        result = results.get(step)
        constant = not is_text(value) or all(isinstance(part, str) for part in value["text"][:-1])
        if kind != "step" or not constant or not isinstance(result, Stream):
            return None
        return cls(step, result, grows, result.texts[grows[1].field_id])


@dataclass(eq=False, slots=True)
class Instance:
    """One binding in one place on the page: what it reads, and what the browser has of it."""

    binding: Binding
    path: Path
    reads: frozenset[Read] = frozenset()
    shadow: difference.Shadow | None = None
    stream_state: tuple[str, str] | None = None
    follows: Follows | None = None
    # The serial of the stream it shows, if there is one.
    serial: int | None = None

    @property
    def address(self) -> str:
        return address(self.binding.element, self.path)

    @property
    def order(self) -> tuple[bool, int]:
        """Lists come before what is inside them."""
        return self.binding.way != "cells", len(self.path)

    @property
    def only_grows(self) -> bool:
        """Whether nothing but the text that it follows can have changed: the browser knows that it streams, and it
        does."""
        return self.follows is not None and self.follows.result.state == "streaming" and self.stream_state == _STREAMS

    def stands(self, stream: Any) -> list[difference.Patch]:
        """The state of the stream that a text shows, so that its element can wait, show a caret, and end."""
        self.serial = stream.serial
        state = (stream.state, kind_sentence(stream.error.kind, stream.error) if stream.error else "")
        if state == self.stream_state:
            return []
        self.stream_state = state
        patches = [[SET, self.address, "stream", state[0]]]
        return [*patches, [SET, self.address, "problem", state[1]]] if state[1] else patches

    def stands_nowhere(self) -> list[difference.Patch]:
        """For a text that used to show a stream: remove the caret or the note about its end."""
        if self.stream_state is None or self.stream_state[0] == "never":
            return []
        self.stream_state = ("never", "")
        return [[SET, self.address, "stream", "never"]]


def in_order(instances: Collection[Instance]) -> list[Instance]:
    """Lists before what is inside them."""
    return sorted(instances, key=lambda each: each.order) if len(instances) > 1 else list(instances)


def keyed(value: Any) -> dict[str, Any]:
    """A list's items by stable keys: a thing's own key, else its position."""
    items = value if isinstance(value, list | tuple) else []
    return {getattr(item, "key", None) or f"n{number}": item for number, item in enumerate(items)}
