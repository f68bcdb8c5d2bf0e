"""What the inputs of a page hold: as a browser says it, as expressions read it, and as a browser is told."""

from collections.abc import Callable
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
    """The inputs of one open page. By address: `values`, what can be chosen (`choices`, by key), those that the visitor
    has `typed` in since they were set, and of those whose initial value is dynamic the one they were set to last
    (`initials`). `changed` is called when one holds something that is worth saving."""

    def __init__(self, page: LivePage, readers: Readers, changed: Callable[[], None]):
        self.page, self.readers, self.changed = page, readers, changed
        self.values: dict[str, Any] = dict(page.inputs)
        self.choices: dict[str, dict[str, Choice]] = {}
        self.typed: set[str] = set()
        self.initials: dict[str, str] = {}
        # Of those that got their first value back, and that no binding says.
        self._owed: list[Patch] = []

    def value_of(self, where: str) -> Any:
        """What an input gives to expressions, as its type. One that nobody has touched, also in a cell, has its
        first."""
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
        """What a visitor reads in an input whose choices move, in any other what it gives."""
        node, value = self.page.body["nodes"][split(where)[0]], self.values.get(where)
        return [each.words for each in self._chosen(where, elements[node["type"]], value)] or self.value_of(where)

    # What changes them

    def type(self, where: str, value: Any) -> None:
        """The visitor changed an input: from now on no initial value that moves takes its place."""
        self.typed.add(where)
        # What was to be set before the hand came is out of date.
        self._owed = [patch for patch in self._owed if patch[1] != where]
        self.set(where, value)

    def set(self, where: str, value: Any) -> None:
        """An input holds something else now."""
        self.values[where] = value
        self.changed()
        self.readers.mark(("element", where))

    def reset(self, element: str, path: Path) -> None:
        """Give an input its first value back, in the browser too."""
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
        """Let go of all whose cell is gone."""
        for kept in (self.values, self.initials, self.choices):
            for where in [each for each in kept if is_gone(each)]:
                del kept[where]
        self.typed -= {where for where in self.typed if is_gone(where)}

    # What a browser is told of them

    def owed(self) -> list[Patch]:
        """What is to be said of inputs that got their first value back. Once."""
        patches, self._owed = self._owed, []
        return patches

    def all_told(self) -> list[Patch]:
        """What all of them hold, to a browser that has nothing."""
        return [[SET, where, "value", self._told(where)] for where, value in self.values.items() if value is not None]

    def begin(self, instance: Instance, value: Any) -> list[Patch]:
        """An initial value that is dynamic: set when it is first known and when it moves, never over what the visitor
        has typed."""
        where, version = instance.address, sha256(repr(value).encode("utf-8", "replace")).hexdigest()
        if self.initials.get(where) == version:
            return []
        self.initials[where] = version
        if where in self.typed:
            return []
        self.set(where, value)
        return [[SET, where, "value", self._told(where)]]

    def offer(self, instance: Instance, value: Any) -> list[Patch]:
        """What can be chosen: said when it changes, with what is chosen of it."""
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
        """What a browser is told that an input holds."""
        node, value = self.page.body["nodes"][split(where)[0]], self.values.get(where)
        kind = elements[node["type"]]
        if isinstance(kind, Choosing) and (found := self._chosen(where, kind, value)):
            return kind.written([each.key for each in found])
        return kind.told(value, node["props"])

    def _chosen(self, where: str, kind: Element, value: Any) -> list[Choice]:
        return kind.named(self.choices.get(where, {}), value) if isinstance(kind, Choosing) else []
