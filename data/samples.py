"""Samples that the editor shows for values of a data type: the app's newest things."""

from weakref import WeakKeyDictionary

from builder.expressions.catalog import Catalog
from data.things import MOST, Thing, search

# How many things a sample has.
SAMPLED = 20
# What was found per catalog. A catalog is read anew for every request, so this is one query per type, however many
# chips need it.
_known: WeakKeyDictionary[Catalog, dict[tuple[str, int], list[Thing]]] = WeakKeyDictionary()


def newest(catalog: Catalog, data_type: str, limit: int = MOST) -> list[Thing]:
    """A few of a type's newest things, newest first; none if there is no app."""
    if catalog.app is None or not data_type:
        return []
    known = _known.setdefault(catalog, {})
    if (data_type, limit) not in known:
        known[data_type, limit] = search(catalog.app, data_type, True, min(limit, SAMPLED))
    return known[data_type, limit]
