"""Who reads what on a page: each live property in each place that it stands in, what it read when it was worked out
last, and which of them are to be worked out again."""

from collections.abc import Callable, Iterator

from workflows.live.page import Binding
from workflows.live.places import Instance, Path, in_order
from workflows.scope import Read


class Readers:
    """`touch` is called when one is to be worked out again, `unread` with what nobody reads any more."""

    def __init__(self, touch: Callable[[], None], unread: Callable[[Read], None]):
        self.touch = touch
        self.dirty: set[Instance] = set()
        self._unread = unread
        self._instances: dict[tuple[str, str, Path], Instance] = {}
        self._of: dict[Read, set[Instance]] = {}

    def __iter__(self) -> Iterator[Instance]:
        return iter(self._instances.values())

    def find(self, element: str, prop: str, path: Path) -> Instance | None:
        """A property of an element in these cells; None where it does not move."""
        return self._instances.get((element, prop, path))

    def mount(self, binding: Binding, path: Path) -> Instance:
        """A property stands in one more place; it is yet to be worked out."""
        instance = self._instances[binding.element, binding.prop, path] = Instance(binding, path)
        self.dirty.add(instance)
        return instance

    def let_go(self, group: str, cell: Path) -> None:
        """A cell of a list is gone, with all that stood in it."""
        for instance in list(self._instances.values()):
            if instance.path[: len(cell)] == cell and group in instance.binding.lists:
                self.note(instance, frozenset())
                self.dirty.discard(instance)
                del self._instances[instance.binding.element, instance.binding.prop, instance.path]

    def mark(self, read: Read) -> None:
        """Something that properties read has changed."""
        readers = self._of.get(read)
        if readers:
            self.dirty |= readers
            self.touch()

    def mark_all(self) -> None:
        """Whatever is read may have changed."""
        for read in self._of:
            self.mark(read)

    def forget(self) -> None:
        """Nobody has anything of them: all are said as a whole."""
        for instance in self:
            instance.shadow = instance.stream_state = None
        self.dirty = set(self)

    def due(self) -> Iterator[Instance]:
        """Those that are to be worked out, lists before what stands in them, until none is."""
        while self.dirty:
            for instance in in_order(self.dirty):
                if instance in self.dirty:
                    self.dirty.discard(instance)
                    yield instance

    def note(self, instance: Instance, reads: frozenset[Read]) -> None:
        """What a property has read now."""
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
