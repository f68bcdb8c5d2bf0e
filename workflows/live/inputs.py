"""What the inputs of a page hold: as a browser sends it, as expressions read it, and as a browser is told."""

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

from builder.elements import Element, elements
from builder.elements.choosing import Choice, Choosing, choices_of
from workflows.live.difference import Patch, Shadow
from workflows.live.page import LivePage
from workflows.live.places import Instance, Path, address, split
from workflows.live.protocol import SET
from workflows.live.readers import Readers


class Inputs:
    """The inputs of one open page. By address: `values`, the options (`choices`, by key), those the visitor has `typed`
    in since they were set and, for those with a dynamic initial value, the one they were last set to (`initials`).
    `changed` is called when one holds something worth saving."""

    def __init__(self, page: LivePage, readers: Readers, changed: Callable[[], None]):
        self.page, self.readers, self.changed = page, readers, changed
        self.values: dict[str, Any] = dict(page.inputs)
        self.choices: dict[str, dict[str, Choice]] = {}
        self.typed: set[str] = set()
        self.initials: dict[str, str] = {}
        # Patches for inputs that were reset and have no binding to report it.
        self._owed: list[Patch] = []
        # Those in cells that a browser which had nothing has not been told yet, by the address of the list.
        self._in_cells: dict[str, list[str]] = {}

    def value_of(self, where: str) -> Any:
        """The value of an input for expressions, in its type. One that nobody has touched, including in a cell, has its
        initial value."""
        element = split(where)[0]
        node = self.page.body["nodes"].get(element)
        if node is None or element not in self.page.inputs:
            return self.values.get(where)
        said = self.values[where] if where in self.values else self.page.inputs[element]
        kind = elements[node["type"]]
        if isinstance(kind, Choosing) and self.page.is_bound(element, "source", "choices"):
            return kind.picked(kind.named(self.choices.get(where, {}), said))
        return kind.read(said, node["props"])

    def in_words(self, where: str) -> Any:
        """What a visitor reads in an input with dynamic options; for any other its value."""
        node, value = self.page.body["nodes"][split(where)[0]], self.values.get(where)
        return [each.words for each in self._chosen(where, elements[node["type"]], value)] or self.value_of(where)

    # What changes them

    def type(self, where: str, value: Any) -> None:
        """The visitor changed an input: from now on a changing initial value no longer replaces it."""
        self.typed.add(where)
        # What was about to be set before the visitor's change is out of date.
        self._owed = [patch for patch in self._owed if patch[1] != where]
        self.set(where, value)

    def set(self, where: str, value: Any) -> None:
        """An input holds another value now."""
        self.values[where] = value
        self.changed()
        self.readers.mark(("element", where))

    def reset(self, element: str, path: Path) -> None:
        """Restore an input's initial value, in the browser too."""
        where = address(element, path)
        self.changed()
        self.typed.discard(where)
        initial = self.readers.find(element, "initial", path)
        if initial and not self.page.clears(element):
            self.initials.pop(where, None)
            self.readers.dirty.add(initial)
        else:
            value = "" if self.page.clears(element) else self.page.inputs[element]
            self.set(where, value)
            self._owed.append([SET, where, "value", "" if value is None else self._told(where)])
        self.readers.touch()

    def forget(self, is_gone: Callable[[str], bool]) -> None:
        """Forget all inputs whose cell is gone."""
        for kept in (self.values, self.initials, self.choices):
            for where in [each for each in kept if is_gone(each)]:
                del kept[where]
        self.typed -= {where for where in self.typed if is_gone(where)}

    # What a browser is told about them

    def owed(self) -> list[Patch]:
        """Patches for inputs that were reset; each is returned once."""
        patches, self._owed = self._owed, []
        return patches

    def all_told(self) -> list[Patch]:
        """What all of them hold, for a browser that has nothing; those in cells follow with their cells."""
        self._in_cells = {}
        for where in self.values:
            element, path = split(where)
            if path and (lists := self.page.lists.get(element)):
                self._in_cells.setdefault(address(lists[-1], path[:-1]), []).append(where)
        return self._those_told(where for where in self.values if "@" not in where)

    def told_in(self, group: str) -> list[Patch]:
        """What those in the cells of a list hold, for a browser that gets these cells with all the others."""
        return self._those_told(self._in_cells.pop(group, ()))

    def _those_told(self, those: Iterable[str]) -> list[Patch]:
        held = ((where, self.values.get(where)) for where in those)
        return [[SET, where, "value", self._told(where)] for where, value in held if value is not None]

    def begin(self, instance: Instance, value: Any) -> list[Patch]:
        """A dynamic initial value: set when it is first known and when it changes, but never over what the visitor has
        typed."""
        where, version = instance.address, sha256(repr(value).encode("utf-8", "replace")).hexdigest()
        if self.initials.get(where) == version:
            return []
        self.initials[where] = version
        if where in self.typed:
            return []
        self.set(where, value)
        return [[SET, where, "value", self._told(where)]]

    def offer(self, instance: Instance, value: Any) -> list[Patch]:
        """The options: sent when they change, together with what is chosen."""
        where, node = instance.address, self.page.body["nodes"][instance.binding.element]
        self.choices[where] = choices = choices_of(value, node["props"].get("caption", ""))
        said = [[choice.key, choice.words] for choice in choices.values()]
        version = hash(tuple(map(tuple, said)))
        self.readers.mark(("element", where))
        if instance.shadow is not None and instance.shadow.version == version:
            return []
        instance.shadow = Shadow(version)
        known = [[SET, where, "value", self._told(where)]] if self.values.get(where) is not None else []
        return [[SET, where, "choices", said], *known]

    def _told(self, where: str) -> Any:
        """The value of an input as a browser is told."""
        node, value = self.page.body["nodes"][split(where)[0]], self.values.get(where)
        kind = elements[node["type"]]
        if isinstance(kind, Choosing) and (found := self._chosen(where, kind, value)):
            return kind.written([each.key for each in found])
        return kind.told(value, node["props"])

    def _chosen(self, where: str, kind: Element, value: Any) -> list[Choice]:
        return kind.named(self.choices.get(where, {}), value) if isinstance(kind, Choosing) else []
