"""Who reads what on a page: each live property in each of its places, what it read when last evaluated, and which of
them have to be evaluated again."""

from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence

from workflows.live.page import Binding
from workflows.live.places import Instance, Path, in_order
from workflows.scope import Read


class Line:
    """Those who wait for their turn, each once. Who joins it again keeps the place."""

    def __init__(self, members: Iterable[Instance] = ()):
        # Also contains some that have left.
        self._order = deque(members)
        self.members = set(self._order)

    def __bool__(self) -> bool:
        return bool(self.members)

    def join(self, instance: Instance, first: bool = False) -> None:
        if instance not in self.members:
            self.members.add(instance)
            (self._order.appendleft if first else self._order.append)(instance)

    def take(self) -> Instance:
        """The one that has waited longest."""
        while (instance := self._order.popleft()) not in self.members:
            pass
        self.leave(instance)
        return instance

    def leave(self, instance: Instance) -> None:
        self.members.discard(instance)
        if not self.members:
            self._order.clear()


class Readers:
    """`touch` is called if one has to be evaluated again, `unread` with what nobody reads any more.

    What has changed is `dirty`. If there is no time for all of it, the rest waits in a line; what the browser has
    nothing of yet waits in another one, in the order of the page and lists first. Both lines move in turn, so that
    words go on arriving while a huge list is filled, and it is filled even if all of it changes all the time (P13).
    """

    def __init__(self, touch: Callable[..., None], unread: Callable[[Read], None]):
        self.touch = touch
        self.dirty: set[Instance] = set()
        self._changed, self._new = Line(), Line()
        self._is_turn_of_new = True
        self._unread = unread
        # What is in cells that nothing has been worked out in yet, by list and path: added cell by cell, since there
        # may be thousands at once.
        self._later: OrderedDict[tuple[str, Path], Sequence[Binding]] = OrderedDict()
        self._instances: dict[tuple[str, str, Path], Instance] = {}
        self._of: dict[Read, set[Instance]] = {}

    def __iter__(self) -> Iterator[Instance]:
        return iter(self._instances.values())

    def find(self, element: str, prop: str, path: Path) -> Instance | None:
        """A property of an element in these cells; None if it does not change live."""
        for cell in [cell for cell in self._later if cell[1] == path]:
            self._add_cell(cell)
        return self._instances.get((element, prop, path))

    @property
    def are_behind(self) -> bool:
        """Whether any of them have to be evaluated."""
        return bool(self.dirty or self._new or self._changed or self._later)

    def mount(self, binding: Binding, path: Path) -> Instance:
        """Add a property in one more place; it still has to be evaluated."""
        instance = self._instances[binding.element, binding.prop, path] = Instance(binding, path)
        self._new.join(instance, first=binding.way == "cells")
        return instance

    def mount_cells(self, group: str, bindings: Sequence[Binding], paths: Iterable[Path]) -> None:
        """Add everything in new cells of a list, each when it is its turn."""
        if bindings:
            self._later.update(((group, path), bindings) for path in paths)

    def _add_cell(self, cell: tuple[str, Path]) -> None:
        for binding in self._later.pop(cell):
            self.mount(binding, cell[1])

    def let_go(self, is_gone: Callable[[Path], bool], group: str) -> None:
        """Cells of a list are gone, with everything in them: those whose paths are."""
        for cell in [each for each, inside in self._later.items() if group in inside[0].lists and is_gone(each[1])]:
            del self._later[cell]
        for instance in list(self._instances.values()):
            if group in instance.binding.lists and is_gone(instance.path):
                self.note(instance, frozenset())
                self.dirty.discard(instance)
                self._changed.leave(instance)
                self._new.leave(instance)
                del self._instances[instance.binding.element, instance.binding.prop, instance.path]

    def mark(self, read: Read, only_this: bool = False) -> None:
        """Something that properties read has changed, and `only_this` if nothing else changes with it."""
        readers = self._of.get(read)
        if readers:
            self.dirty |= readers
            self.touch(only_this)

    def mark_all(self) -> None:
        """Anything that is read may have changed."""
        for read in self._of:
            self.mark(read)

    def forget(self) -> None:
        """The browser has none of them: all have to be sent in full."""
        for instance in self:
            instance.shadow = instance.stream_state = None
        self.dirty = set()
        self._changed, self._new = Line(), Line(in_order(self._instances.values()))

    def due(self) -> Iterator[Instance]:
        """Those that have to be evaluated, lists before what is inside them, until there are none left. Whoever stops
        in between calls `put_off`."""
        while True:
            if self._later and not self._new.members:
                self._add_cell(next(iter(self._later)))
            if self._changed.members or self._new.members:
                self.put_off()
                yield self._next_in_line()
            elif self.dirty:
                for instance in in_order(self.dirty):
                    if instance in self.dirty:
                        self.dirty.discard(instance)
                        yield instance
            else:
                return

    def put_off(self) -> None:
        """There is no time left: what has changed has to wait. What the browser has nothing of yet stays where it is,
        since before its turn the browser may not even have the cell it is in."""
        for instance in in_order(self.dirty):
            if instance not in self._new.members:
                self._changed.join(instance)
        self.dirty.clear()

    def _next_in_line(self) -> Instance:
        self._is_turn_of_new = not self._is_turn_of_new
        first, second = (self._new, self._changed) if self._is_turn_of_new else (self._changed, self._new)
        return (first or second).take()

    def note(self, instance: Instance, reads: frozenset[Read]) -> None:
        """Record what a property has read."""
        if reads == instance.reads:
            return
        for read in reads - instance.reads:
            self._of.setdefault(read, set()).add(instance)
        for read in instance.reads - reads:
            readers = self._of[read]
            readers.discard(instance)
            if not readers:
                del self._of[read]
                self._unread(read)
        instance.reads = reads
