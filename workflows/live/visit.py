"""A visit: one open page of one visitor. It owns what the page holds, and outlives its socket by a grace time.

Everything here runs on the loop's thread, and nothing else does between two awaits, so its state needs no lock. Values
are read through `PageScope`, which notes what each property reads; a change marks exactly those properties dirty, and
the outbox asks for their differences when it may send.
"""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.utils import timezone

from builder.edition import Edition
from builder.elements import elements
from builder.elements.choosing import Choice
from builder.errors import StreamwrightError
from builder.expressions.evaluate import evaluate, growing
from builder.expressions.values import as_text
from builder.people.visitor import NOBODY, Visitor
from workflows.live import difference, inputs
from workflows.live.loaded import remembered
from workflows.live.outbox import Outbox
from workflows.live.page import Binding, LivePage
from workflows.live.places import Follows, Instance, Path, address, in_order, keyed, split
from workflows.live.protocol import CELLS, SET, write
from workflows.scope import PageScope, Read

log = logging.getLogger(__name__)


def key_of(visit: str) -> str:
    """Under what a visit is stored. Its id, which lets in whoever has it, is nowhere."""
    return sha256(visit.encode()).hexdigest()


@dataclass(eq=False)
class Visit:
    """The state of one open page.

    By address: `values` of inputs, `states`, `groups` what is displayed in a group; `results` the newest result of each
    step (S24), `cells` the items of each list by address and key, `told` what its address told the page.
    """

    edition: Edition
    page: LivePage
    visitor: Visitor = NOBODY
    values: dict[str, Any] = field(default_factory=dict)
    states: dict[str, Any] = field(default_factory=dict)
    groups: dict[str, Any] = field(default_factory=dict)
    results: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, dict[str, Any]] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)
    resources: dict[Read, Any] = field(default_factory=dict)
    # Opens a source that loads by itself (API data, searches): (source, arguments, told when it moved) → resource.
    open_resource: Callable[[str, dict[str, Any], Callable[[], None]], Any] | None = None
    # Whether a step runs, or with "" anything of the page.
    is_running: Callable[[str], bool] = field(default=lambda step: False, repr=False)
    # How fast recordings answer the calls of this visit; None lets the services answer (S19).
    replay: float | None = None
    id: str = field(default_factory=lambda: f"vi_{secrets.token_urlsafe(18)}", repr=False)

    def __post_init__(self) -> None:
        self.moment = timezone.now()
        # Whether it holds something that is not stored yet (S33).
        self.unsaved = False
        self.states = dict(self.page.states)
        self.values = dict(self.page.inputs)
        self.outbox = Outbox(self._collect)
        self._instances: dict[tuple[str, str, Path], Instance] = {}
        self._readers: dict[Read, set[Instance]] = {}
        self._dirty: set[Instance] = set()
        # What an action set by hand (show, hide): wins over what the property says.
        self.overrides: dict[tuple[str, str], Any] = {}
        # Of each input whose initial value is dynamic: the one it was set to last.
        self.initials: dict[str, str] = {}
        # How to let go of each stream that a state holds or a group shows.
        self._followed: dict[Read, Callable[[], None]] = {}
        # What can be chosen in each input whose choices move, by key.
        self.choices: dict[str, dict[str, Choice]] = {}
        # Inputs that the visitor has typed in since they were set.
        self.typed: set[str] = set()
        # Patches that no binding stands behind, such as an input that gets its first value back.
        self._extra: list[list[Any]] = []
        # What each resource held when it moved last.
        self._loaded: dict[Read, Any] = {}
        for binding in self.page.bindings:
            if not binding.lists:
                self._mount(binding, ())

    @cached_property
    def key(self) -> str:
        """Under what it is stored."""
        return key_of(self.id)

    def is_there(self, element: str, path: Path) -> bool:
        """Whether an element is on the page, in these cells."""
        lists = self.page.lists.get(element)
        return (
            lists is not None
            and len(lists) == len(path)
            and all(
                key in self.cells.get(address(group, path[:depth]), {})
                for depth, (group, key) in enumerate(zip(lists, path, strict=True))
            )
        )

    def is_input(self, element: str, path: Path) -> bool:
        """Whether a browser may say what this element holds."""
        return element in self.page.inputs and self.is_there(element, path)

    def value_of(self, where: str) -> Any:
        """What an input gives to expressions."""
        return inputs.value_of(self, where)

    # What changes it

    def type_value(self, where: str, value: Any) -> None:
        """The visitor changed an input: from now on no initial value that moves takes its place."""
        self.typed.add(where)
        # What was to be set before the hand came is out of date.
        self._extra = [patch for patch in self._extra if patch[1] != where]
        self.set_value(where, value)

    def set_value(self, where: str, value: Any) -> None:
        """An input holds something else now."""
        self.values[where] = value
        self.unsaved = True
        self.mark(("element", where))

    def reset_value(self, element: str, path: Path) -> None:
        """Give an input its first value back, in the browser too."""
        where = address(element, path)
        self.unsaved = True
        self.typed.discard(where)
        initial = self._instances.get((element, "initial", path))
        if initial and not self.page.clears(element):
            self.initials.pop(where, None)
            self._dirty.add(initial)
        else:
            value = "" if self.page.clears(element) else self.page.inputs[element]
            self.set_value(where, value)
            self._extra.append([SET, where, "value", "" if value is None else inputs.told(self, where)])
        self.outbox.touch()

    def set_state(self, state: str, value: Any) -> None:
        self.states[state] = value
        self.unsaved = True
        self._follow(("state", state), value)
        self.mark(("state", state))

    def display(self, group: str, path: Path, value: Any) -> None:
        """Display data in a group: what stands inside reads it (S32)."""
        where = address(group, path)
        self.groups[where] = value
        self.unsaved = True
        self._follow(("group", where), value)
        self.mark(("group", where))

    def override(self, element: str, path: Path, prop: str, value: Any) -> None:
        """Set a property by hand, as Show and Hide do."""
        where = address(element, path)
        self.overrides[where, prop] = value
        self.unsaved = True
        self.show_override(element, path, prop)
        self.outbox.touch()

    def show_override(self, element: str, path: Path, prop: str) -> None:
        """Have a property drawn again that was set by hand, also one that was never live."""
        instance = self._instances.get((element, prop, path))
        if instance is None:
            way = elements[self.page.body["nodes"][element]["type"]].live[prop]
            instance = self._mount(Binding(element, prop, way, None, self.page.lists[element]), path)
        instance.follows = None
        self._dirty.add(instance)

    def set_result(self, step: str, result: Any) -> None:
        """A step has a new result: what shows the old one shows it now."""
        self.results[step] = result
        self.unsaved = True
        self.mark(("step", step))
        if hasattr(result, "subscribe"):
            result.subscribe(lambda changed: self._result_moved(step, result))

    def _follow(self, read: Read, value: Any) -> None:
        """A stream that a state holds or a group shows moves there too, also when its step has a newer one (S32)."""
        if read in self._followed:
            self._followed.pop(read)()
        moving = getattr(value, "stream", value)
        if hasattr(moving, "subscribe"):
            self._followed[read] = moving.subscribe(lambda changed: self.mark(read))

    def mark(self, read: Read) -> None:
        """Something that properties read has changed."""
        readers = self._readers.get(read)
        if readers:
            self._dirty |= readers
            self.outbox.touch()

    def tell(self, message: dict[str, Any]) -> None:
        """Say something to the browser that is not part of the page, such as a notice; lost when nobody is there."""
        if self.outbox.send:
            self.outbox.send(write(message))

    # What it shows

    def resource(self, source: str, arguments: dict[str, Any], key: Read) -> Any:
        """The data a source loads by itself; opened when first read, closed when nothing reads it any more (S36)."""
        if key not in self.resources and self.open_resource:
            self.resources[key] = self.open_resource(source, arguments, lambda: self._resource_moved(key))
            self._look_at(key)
        return self.resources.get(key)

    def answer_from(self, replay: float | None) -> None:
        """Let recordings answer the calls from now on, so many times as fast, or the services again. What a page loads
        by itself is loaded anew."""
        if replay == self.replay:
            return
        self.replay = replay
        for read in list(self.resources):
            self.resources.pop(read).close()
            self.mark(read)

    def close(self) -> None:
        """The visit is over: let go of what it holds open."""
        self.outbox.detach()
        while self._followed:
            self._followed.popitem()[1]()
        kept = remembered(self.resources)
        for resource in self.resources.values():
            resource.close()
        self.resources = dict(kept)

    def go_on(self) -> None:
        """Its browser is back after it was closed: follow again what it holds, and show what has moved meanwhile."""
        self.unsaved = True
        held = {"state": self.states, "group": self.groups}
        for read, value in [((kind, at), value) for kind, values in held.items() for at, value in values.items()]:
            self._follow(read, value)
        for read in self._readers:
            self.mark(read)

    def _resource_moved(self, key: Read) -> None:
        self.mark(key)
        self.mark(("running",))
        self._look_at(key)

    def _look_at(self, key: Read) -> None:
        """Whether the answer of a call is another one than before: that is worth saving, what it gains is not."""
        value = getattr(self.resources.get(key), "value", None)
        if hasattr(value, "subscribe") and self._loaded.get(key) is not value:
            self._loaded[key] = value
            self.unsaved = True

    def _result_moved(self, step: str, result: Any) -> None:
        if self.results.get(step) is result:
            self.mark(("step", step))

    def _mount(self, binding: Binding, path: Path) -> Instance:
        instance = self._instances[binding.element, binding.prop, path] = Instance(binding, path)
        self._dirty.add(instance)
        return instance

    def _unmount(self, instance: Instance) -> None:
        self._note(instance, frozenset())
        self._dirty.discard(instance)
        self._instances.pop((instance.binding.element, instance.binding.prop, instance.path), None)

    def _collect(self, snapshot: bool) -> list[list[Any]]:
        """The patches that make the browser's page true; all there are when it has nothing."""
        if snapshot:
            for instance in self._instances.values():
                instance.shadow = instance.stream_state = None
            self._dirty = set(self._instances.values())
        patches, self._extra = self._extra, []
        while self._dirty:
            for instance in in_order(self._dirty):
                if instance in self._dirty:
                    self._dirty.discard(instance)
                    patches += self._patches_or_none(instance)
        if snapshot:
            filled = (where for where, value in self.values.items() if value is not None)
            patches += [[SET, where, "value", inputs.told(self, where)] for where in filled]
        return patches

    def _patches_or_none(self, instance: Instance) -> list[list[Any]]:
        """One property that cannot be worked out keeps what it showed, and takes nothing from the others."""
        try:
            return self._patches(instance)
        except StreamwrightError as bound:
            log.info("%s shows nothing new: %s", instance.address, bound)
        except Exception:
            log.exception("%s could not be worked out", instance.address)
        return []

    def _patches(self, instance: Instance) -> list[list[Any]]:
        if instance.follows and self.results.get(instance.follows.step) is instance.follows.result:
            return self._growing(instance, *instance.follows.grows)
        binding, where = instance.binding, instance.address
        scope = PageScope(self, instance.path, binding.lists)
        if (where, binding.prop) in self.overrides:
            value, grows = self.overrides[where, binding.prop], None
        else:
            said = binding.now(scope)
            grows = growing(said, scope) if binding.way == "text" else None
            value = None if grows else evaluate(said, scope)
        self._note(instance, frozenset(scope.noted))
        if binding.way == "cells":
            return self._cells(instance, value)
        if binding.way == "value":
            return inputs.begin(self, instance, value)
        if binding.way == "choices":
            return inputs.offer(self, instance, value)
        if grows:
            instance.follows = Follows.of(binding, instance.reads, self.results, grows)
            return self._growing(instance, *grows)
        if binding.way == "text":
            never = instance.stands_nowhere()
            instance.shadow, patches = difference.text(instance.shadow, as_text(value), where, binding.prop)
            return never + patches
        given = elements[self.page.body["nodes"][binding.element]["type"]].given(binding.prop, value)
        instance.shadow, patches = difference.plain(instance.shadow, given, binding.way, where, binding.prop)
        return patches

    def _growing(self, instance: Instance, prefix: str, stream: Any) -> list[list[Any]]:
        """A stream's text and where the stream stands. A run that goes on says so before its text, an end after it; a
        browser that has nothing yet gets the text so far first, as text that is there."""
        known = instance.stream_state is not None
        state = instance.stands(stream)
        where, prop = instance.address, instance.binding.prop
        instance.shadow, text = difference.growing_text(instance.shadow, prefix, stream, where, prop)
        first = stream.state == "waiting" or (known and stream.state == "streaming")
        return state + text if first else text + state

    def _cells(self, instance: Instance, value: Any) -> list[list[Any]]:
        """Make a list's cells those of `value`: mount what is new, let go of what is gone."""
        where, element = instance.address, instance.binding.element
        most = elements[self.page.body["nodes"][element]["type"]].most
        old, new = self.cells.get(where, {}), keyed(value[:most] if isinstance(value, list | tuple) else value)
        self.cells[where] = new
        for key in old.keys() - new.keys():
            self._forget_cell(element, (*instance.path, key))
        for key in new:
            if key not in old:
                self._mount_cell(element, (*instance.path, key))
            elif new[key] != old[key]:
                self.mark(("cell", f"{where}#{key}"))
        keys = list(new)
        version = hash(tuple(keys))
        if instance.shadow is not None and instance.shadow.version == version:
            return []
        instance.shadow = difference.Shadow(version)
        return [[CELLS, where, keys]]

    def _mount_cell(self, group: str, cell: Path) -> None:
        """All that stands in a new cell; also what was set there by hand, where a visit has come back."""
        for binding in self.page.inside.get(group, ()):
            self._mount(binding, cell)
        for where, prop in self.overrides:
            element, path = split(where)
            if path == cell and self.page.lists.get(element, ())[-1:] == (group,):
                self.show_override(element, path, prop)

    def _forget_cell(self, group: str, cell: Path) -> None:
        """Let go of all that stood in a cell: its bindings, what was typed there, what an action set there."""
        for instance in list(self._instances.values()):
            if instance.path[: len(cell)] == cell and group in instance.binding.lists:
                self._unmount(instance)

        def inside(where: str) -> bool:
            element, path = split(where)
            return path[: len(cell)] == cell and group in self.page.lists.get(element, ())

        for kept in (self.values, self.states, self.initials, self.choices, self.groups, self.cells):
            for where in [each for each in kept if inside(each)]:
                del kept[where]
        self.typed -= {where for where in self.typed if inside(where)}
        for read in [each for each in self._followed if inside(each[1])]:
            self._followed.pop(read)()
        for where, prop in [each for each in self.overrides if inside(each[0])]:
            del self.overrides[where, prop]

    def _note(self, instance: Instance, reads: frozenset[Read]) -> None:
        """Keep who reads what; close a resource that nobody reads any more."""
        if reads == instance.reads:
            return
        for read in reads - instance.reads:
            self._readers.setdefault(read, set()).add(instance)
        for read in instance.reads - reads:
            readers = self._readers[read]
            readers.discard(instance)
            if not readers:
                del self._readers[read]
                if read in self.resources:
                    self.resources.pop(read).close()
        instance.reads = reads
