"""In which cells of which lists something on a page is."""

from dataclasses import dataclass
from itertools import takewhile


@dataclass(frozen=True, slots=True)
class Cells:
    """The lists around something, outermost first, and the key of its cell in each of them."""

    lists: tuple[str, ...] = ()
    path: tuple[str, ...] = ()

    def agree(self, other: "Cells") -> bool:
        """Whether both are in the same cell of each list that is around both of them."""
        shared = takewhile(lambda pair: pair[0] == pair[1], zip(self.lists, other.lists, strict=False))
        both = sum(1 for _ in shared)
        return self.path[:both] == other.path[:both]


# Outside of all lists.
NOWHERE = Cells()
