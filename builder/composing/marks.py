"""Type marks: the small sign of a value's type, the same everywhere."""

from dataclasses import dataclass

from builder.expressions.catalog import Catalog
from builder.types import family, item_type, label, types


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign and the type's name. `icon` or `letters`; `live`: such a value moves by itself."""

    icon: str
    letters: str
    label: str
    live: bool


def mark_of(type: str | None, catalog: Catalog) -> Mark | None:
    """The mark of a type; None for what has none because it is broken."""
    if type is None:
        return None
    kind = types[family(type)]
    # A call's result is an API call whatever the call is named; a list says of what it is.
    name = kind.label if kind.name == "call" else label(type, catalog)
    if kind.name == "list" and item_type(type).startswith("call:"):
        name = kind.label
    return Mark("" if kind.mark else kind.icon, kind.mark, name, kind.live)
