"""Places of a page: an element in the cells of the lists around it, and what a browser has of one property there."""

from dataclasses import dataclass
from typing import Any

from workflows.live import difference
from workflows.live.page import Binding
from workflows.scope import Read

Path = tuple[str, ...]


def address(element: str, path: Path) -> str:
    """An element's name on the wire: `el_k3x9q2`, in a list `el_k3x9q2@th_ab12cd`, in a list of a list `…@a/b`."""
    return f"{element}@{'/'.join(path)}" if path else element


def split(where: str) -> tuple[str, Path]:
    """An address as the element's id and the keys of the cells around it."""
    element, _, path = where.partition("@")
    return element, tuple(path.split("/")) if path else ()


@dataclass(eq=False, slots=True)
class Instance:
    """One binding in one place of the page: what it reads, and what the browser has of it."""

    binding: Binding
    path: Path
    reads: frozenset[Read] = frozenset()
    shadow: difference.Shadow | None = None
    stream_state: tuple[str, str] | None = None

    @property
    def address(self) -> str:
        return address(self.binding.element, self.path)

    @property
    def order(self) -> tuple[int, int]:
        """Lists before what stands in them."""
        return len(self.path), self.binding.way != "cells"


def keyed(value: Any) -> dict[str, Any]:
    """A list's items by stable keys: a thing's own key, else its place."""
    items = value if isinstance(value, list | tuple) else []
    return {getattr(item, "key", None) or f"n{number}": item for number, item in enumerate(items)}
