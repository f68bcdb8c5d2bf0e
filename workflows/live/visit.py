"""A visit: one open page of one visitor. It owns what the page holds, and outlives its socket by a grace time.

Everything here runs on the event loop's thread, and nothing else runs between two awaits, so its state needs no lock.
Values are read through `PageScope`, which records what each property reads; a change marks exactly those properties
dirty, and the outbox collects their differences when it may send.
"""

import asyncio
import logging
import secrets
import time
from collections.abc import Callable, Set
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.utils import timezone

from builder.edition import Edition
from builder.elements import elements
from builder.errors import StreamwrightError
from builder.expressions.evaluate import evaluate, growing
from builder.expressions.values import as_text, as_yes
from builder.people.visitor import NOBODY, Visitor
from connector.answers.stream import Stream
from workflows.live import difference
from workflows.live.cells import Cells
from workflows.live.inputs import Inputs
from workflows.live.loaded import remembered
from workflows.live.outbox import Outbox
from workflows.live.page import Binding, LivePage
from workflows.live.places import Follows, Instance, Path, address, keyed, split
from workflows.live.protocol import CELLS, write
from workflows.live.readers import Readers
from workflows.runner import Run
from workflows.scope import PageScope, Read

log = logging.getLogger(__name__)

# Seconds that one batch may take to be worked out, unless a single value takes longer.
SLICE = 0.02


def key_of(visit: str) -> str:
    """The key under which a visit is stored. Its id, which lets in whoever has it, is stored nowhere."""
    return sha256(visit.encode()).hexdigest()


@dataclass(eq=False)
class Visit:
    """The state of one open page.

    By address: `states`, and in `groups` what is displayed in a group; `results` holds the newest result of each step
    (S24), `cells` the items of each list by address and key, `told` the parameters from its URL. `inputs` hold what was
    typed, and `readers` know which properties have to be evaluated again.
    """

    edition: Edition
    page: LivePage
    visitor: Visitor = NOBODY
    states: dict[str, Any] = field(default_factory=dict)
    groups: dict[str, Any] = field(default_factory=dict)
    results: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, dict[str, Any]] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)
    resources: dict[Read, Any] = field(default_factory=dict)
    # Opens a source that loads by itself (API data, searches): (source, arguments, callback for changes) → resource.
    open_resource: Callable[[str, dict[str, Any], Callable[[], None]], Any] | None = None
    # Whether a step is running, or with "" anything on the page.
    is_running: Callable[[str, Cells], bool] = field(default=lambda step, here: False, repr=False)
    # How fast recordings answer the calls of this visit; None lets the services answer (S19).
    replay: float | None = None
    id: str = field(default_factory=lambda: f"vi_{secrets.token_urlsafe(18)}", repr=False)

    def __post_init__(self) -> None:
        self.moment = timezone.now()
        # Whether it holds something that is not stored yet (S33).
        self.unsaved = False
        self.states = dict(self.page.states)
        self.outbox = Outbox(self._collect)
        self.readers = Readers(self.outbox.touch, self._unread)
        self.inputs = Inputs(self.page, self.readers, self._input_changed)
        # What an action set directly (show, hide); takes precedence over the property.
        self.overrides: dict[tuple[str, str], Any] = {}
        # How to stop following each stream that a state holds or a group shows.
        self._followed: dict[Read, Callable[[], None]] = {}
        # What each resource held when it last changed.
        self._loaded: dict[Read, Any] = {}
        for binding in self.page.bindings:
            if not binding.lists:
                self.readers.mount(binding, ())

    @cached_property
    def key(self) -> str:
        """The key under which it is stored."""
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
        """Whether a browser may set the value of this element."""
        return element in self.page.inputs and self.is_there(element, path)

    def can_close(self, element: str, path: Path) -> bool:
        """Whether a browser may report that this element was closed."""
        return self.is_there(element, path) and elements[self.page.body["nodes"][element]["type"]].closes

    def is_shown(self, element: str, path: Path) -> bool:
        """Whether an element is visible: as set by an action or the visitor, else by its property."""
        node, where = self.page.body["nodes"][element], address(element, path)
        if (where, "visible") in self.overrides:
            return bool(self.overrides[where, "visible"])
        visible = elements[node["type"]].values(node["props"]).get("visible", True)
        return as_yes(evaluate(visible, PageScope(self, path, self.page.lists[element])))

    @property
    def values(self) -> dict[str, Any]:
        """The value of each input, by address."""
        return self.inputs.values

    def value_of(self, where: str) -> Any:
        """The value of an input for expressions."""
        return self.inputs.value_of(where)

    # What changes it

    def _input_changed(self) -> None:
        self.unsaved = True

    def set_state(self, state: str, value: Any) -> None:
        self.states[state] = value
        self.unsaved = True
        self._follow(("state", state), value)
        self.mark(("state", state))

    def display(self, group: str, path: Path, value: Any) -> None:
        """Display data in a group: elements inside read it (S32)."""
        where = address(group, path)
        self.groups[where] = value
        self.unsaved = True
        self._follow(("group", where), value)
        self.mark(("group", where))

    def override(self, element: str, path: Path, prop: str, value: Any) -> None:
        """Set a property directly, as Show and Hide do."""
        where = address(element, path)
        self.overrides[where, prop] = value
        self.unsaved = True
        self.show_override(element, path, prop)
        self.outbox.touch()

    def show_override(self, element: str, path: Path, prop: str) -> None:
        """Send a property that was set directly, even if it does not change live otherwise."""
        instance = self.readers.find(element, prop, path)
        if instance is None:
            way = elements[self.page.body["nodes"][element]["type"]].live[prop]
            instance = self.readers.mount(Binding(element, prop, way, None, self.page.lists[element]), path)
        instance.follows = None
        self.readers.dirty.add(instance)

    def set_result(self, step: str, result: Any) -> None:
        """A step has a new result: whatever shows the old one shows it now."""
        self.results[step] = result
        self.unsaved = True
        read = ("step", step)
        self.mark(read)

        def moved(changed: Set[Any]) -> None:
            if self.results.get(step) is result:
                self.readers.mark(read, only_this=None not in changed)

        if hasattr(result, "subscribe"):
            result.subscribe(moved)

    def _follow(self, read: Read, value: Any) -> None:
        """A stream that a state holds or a group shows stays live there, even if its step has a newer one (S32)."""
        if read in self._followed:
            self._followed.pop(read)()
        moving = getattr(value, "stream", value)
        if hasattr(moving, "subscribe"):
            self._followed[read] = moving.subscribe(lambda changed: self.readers.mark(read))

    def mark(self, read: Read) -> None:
        """Something that properties read has changed."""
        self.readers.mark(read)

    def tell(self, message: dict[str, Any]) -> None:
        """Send the browser something that is not part of the page, such as a notice; it is lost if nobody is there."""
        if self.outbox.send:
            self.outbox.send(write(message))

    def tell_failure(self, sentence: str, run: Run | None) -> None:
        """Say why a run failed. `at` are the texts that show one of its streams as failed: if a visitor sees one of
        them, that is enough."""
        self.outbox.flush()
        streams = [step.result for step in run.steps.values() if isinstance(step.result, Stream)] if run else []
        serials = {stream.field(key).serial for stream in streams for key in stream.texts}
        failed = [each for each in self.readers if each.stream_state and each.stream_state[0] == "failed"]
        at = [each.address for each in failed if each.serial in serials]
        self.tell({"notice": sentence, "at": at} if at else {"notice": sentence})

    # What it shows

    def resource(self, source: str, arguments: dict[str, Any], key: Read) -> Any:
        """The data that a source loads by itself; opened when first read, closed when nothing reads it any more
        (S36)."""
        if key not in self.resources and self.open_resource:
            self.resources[key] = self.open_resource(source, arguments, lambda: self._resource_moved(key))
            self._look_at(key)
        return self.resources.get(key)

    def answer_from(self, replay: float | None) -> None:
        """Let recordings answer the calls from now on, this many times as fast, or the services again. What a page
        loads by itself is loaded anew."""
        if replay == self.replay:
            return
        self.replay = replay
        for read in list(self.resources):
            self.resources.pop(read).close()
            self.mark(read)

    def close(self) -> None:
        """The visit is over: release what it holds open."""
        self.outbox.detach()
        while self._followed:
            self._followed.popitem()[1]()
        kept = remembered(self.resources)
        for resource in self.resources.values():
            resource.close()
        self.resources = dict(kept)

    def go_on(self) -> None:
        """Its browser is back after it was closed: follow what it holds again, and show what has changed meanwhile."""
        self.unsaved = True
        held = {"state": self.states, "group": self.groups}
        for read, value in [((kind, at), value) for kind, values in held.items() for at, value in values.items()]:
            self._follow(read, value)
        self.readers.mark_all()

    def _resource_moved(self, key: Read) -> None:
        self.mark(key)
        self.mark(("running",))
        self._look_at(key)

    def _look_at(self, key: Read) -> None:
        """Check whether a call's result is another one than before, which is worth saving; what it gains is not."""
        value = getattr(self.resources.get(key), "value", None)
        if hasattr(value, "subscribe") and self._loaded.get(key) is not value:
            self._loaded[key] = value
            self.unsaved = True

    def _unread(self, read: Read) -> None:
        if read in self.resources:
            self.resources.pop(read).close()

    def _collect(self, snapshot: bool) -> list[list[Any]]:
        """The patches that make the browser's page true, beginning from nothing if it has nothing. What takes longer
        than a slice goes on in the next batch, so that other visits have their turn (P13)."""
        patches = self.inputs.owed()
        if snapshot:
            self.readers.forget()
            patches += self.inputs.all_told()
        until = time.monotonic() + SLICE
        for instance in self.readers.due():
            patches += self._patches_or_none(instance)
            if time.monotonic() > until and self.readers.are_behind:
                self.readers.put_off()
                # Once this batch has been sent, so that the next one keeps its distance.
                asyncio.get_running_loop().call_soon(self.outbox.touch)
                break
        return patches

    def _patches_or_none(self, instance: Instance) -> list[list[Any]]:
        """A property that cannot be evaluated keeps what it showed, and does not affect the others."""
        try:
            return self._patches(instance)
        except StreamwrightError as bound:
            log.info("%s shows nothing new: %s", instance.address, bound)
        except Exception:
            log.exception("%s could not be worked out", instance.address)
        return []

    def _patches(self, instance: Instance) -> list[list[Any]]:
        follows, binding, where = instance.follows, instance.binding, instance.address
        if follows and self.results.get(follows.step) is follows.result:
            if not instance.only_grows:
                return self._growing(instance, *follows.grows)
            prefix, text = follows.grows[0], follows.text
            instance.shadow, patches = difference.growing_text(instance.shadow, prefix, text, where, binding.prop)
            return patches
        scope = PageScope(self, instance.path, binding.lists)
        if (where, binding.prop) in self.overrides:
            value, grows = self.overrides[where, binding.prop], None
        else:
            said = binding.now(scope)
            grows = growing(said, scope) if binding.way == "text" else None
            value = None if grows else evaluate(said, scope)
        self.readers.note(instance, frozenset(scope.noted))
        if binding.way == "cells":
            return self._cells(instance, value)
        if binding.way == "value":
            return self.inputs.begin(instance, value)
        if binding.way == "choices":
            return self.inputs.offer(instance, value)
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
        """A stream's text and state. A running stream reports its state before its text, an ended one after it; a
        browser that has nothing yet first gets the text so far, as text that is already there."""
        known = instance.stream_state is not None
        state = instance.stands(stream)
        where, prop = instance.address, instance.binding.prop
        instance.shadow, text = difference.growing_text(instance.shadow, prefix, stream, where, prop)
        first = stream.state == "waiting" or (known and stream.state == "streaming")
        return state + text if first else text + state

    def _cells(self, instance: Instance, value: Any) -> list[list[Any]]:
        """Make a list's cells those of `value`: mount new ones, drop those that are gone."""
        where, element = instance.address, instance.binding.element
        most = elements[self.page.body["nodes"][element]["type"]].most
        old, new = self.cells.get(where, {}), keyed(value[:most] if isinstance(value, list | tuple) else value)
        self.cells[where] = new
        if gone := old.keys() - new.keys():
            self._forget_cells(element, instance.path, gone)
        self._mount_cells(element, instance.path, [key for key in new if key not in old])
        for key in new:
            if key in old and new[key] != old[key]:
                self.mark(("cell", f"{where}#{key}"))
        keys = list(new)
        version = hash(tuple(keys))
        if instance.shadow is not None and instance.shadow.version == version:
            return []
        instance.shadow = difference.Shadow(version)
        return [[CELLS, where, keys], *self.inputs.told_in(where)]

    def _mount_cells(self, group: str, around: Path, keys: list[str]) -> None:
        """Mount everything in new cells, including what was set there directly before the visit returned."""
        self.readers.mount_cells(group, self.page.inside.get(group, ()), [(*around, key) for key in keys])
        if keys and self.overrides:
            cells = {(*around, key) for key in keys}
            for where, prop in self.overrides:
                element, path = split(where)
                if path in cells and self.page.lists.get(element, ())[-1:] == (group,):
                    self.show_override(element, path, prop)

    def _forget_cells(self, group: str, around: Path, gone: Set[str]) -> None:
        """Drop everything in the cells with these keys: bindings, what was typed, what an action set. All of them at
        once, since there may be thousands, each of which would otherwise scan everything on the page."""
        depth = len(around)

        def is_gone(path: Path) -> bool:
            return len(path) > depth and path[depth] in gone and path[:depth] == around

        def inside(where: str) -> bool:
            element, path = split(where)
            return is_gone(path) and group in self.page.lists.get(element, ())

        self.readers.let_go(is_gone, group)
        self.inputs.forget(inside)
        for kept in (self.states, self.groups, self.cells):
            for where in [each for each in kept if inside(each)]:
                del kept[where]
        for read in [each for each in self._followed if inside(each[1])]:
            self._followed.pop(read)()
        for where, prop in [each for each in self.overrides if inside(each[0])]:
            del self.overrides[where, prop]
