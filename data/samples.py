"""What the editor shows of an app's things where a value is of their type: the newest there are."""

from weakref import WeakKeyDictionary

from builder.expressions.catalog import Catalog
from data.things import MOST, Thing, search

# Things in a sample.
SAMPLED = 20
# What was found for a catalog, which is read anew for every request: one question a type, however many chips ask it.
_known: WeakKeyDictionary[Catalog, dict[tuple[str, int], list[Thing]]] = WeakKeyDictionary()


def newest(catalog: Catalog, data_type: str, limit: int = MOST) -> list[Thing]:
    """The newest things of a type, a few, the newest first; none where there is no app."""
    if catalog.app is None or not data_type:
        return []
    known = _known.setdefault(catalog, {})
    if (data_type, limit) not in known:
        known[data_type, limit] = search(catalog.app, data_type, True, min(limit, SAMPLED))
    return known[data_type, limit]
