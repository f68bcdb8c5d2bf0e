"""Who reads what on a page: each live property in each of its places, what it read when last evaluated, and which of
them have to be evaluated again."""

from collections.abc import Callable, Iterator

from workflows.live.page import Binding
from workflows.live.places import Instance, Path, in_order
from workflows.scope import Read


class Readers:
    """`touch` is called if one has to be evaluated again, `unread` with what nobody reads any more."""

    def __init__(self, touch: Callable[..., None], unread: Callable[[Read], None]):
        self.touch = touch
        self.dirty: set[Instance] = set()
        self._unread = unread
        self._instances: dict[tuple[str, str, Path], Instance] = {}
        self._of: dict[Read, set[Instance]] = {}

    def __iter__(self) -> Iterator[Instance]:
        return iter(self._instances.values())

    def find(self, element: str, prop: str, path: Path) -> Instance | None:
        """A property of an element in these cells; None if it does not change live."""
        return self._instances.get((element, prop, path))

    def mount(self, binding: Binding, path: Path) -> Instance:
        """Add a property in one more place; it still has to be evaluated."""
        instance = self._instances[binding.element, binding.prop, path] = Instance(binding, path)
        self.dirty.add(instance)
        return instance

    def let_go(self, is_gone: Callable[[Path], bool], group: str) -> None:
        """Cells of a list are gone, with everything in them: those whose paths are."""
        for instance in list(self._instances.values()):
            if group in instance.binding.lists and is_gone(instance.path):
                self.note(instance, frozenset())
                self.dirty.discard(instance)
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
        self.dirty = set(self)

    def due(self) -> Iterator[Instance]:
        """Those that have to be evaluated, lists before what is inside them, until there are none left."""
        while self.dirty:
            for instance in in_order(self.dirty):
                if instance in self.dirty:
                    self.dirty.discard(instance)
                    yield instance

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
