"""Type marks: the small symbol of a value's type, the same everywhere."""

from dataclasses import dataclass

from builder.expressions.catalog import Catalog
from builder.types import family, item_type, label, types


@dataclass(frozen=True, slots=True)
class Mark:
    """A symbol and the type's name. `icon` or `letters`; `live`: such a value changes by itself."""

    icon: str
    letters: str
    label: str
    live: bool


def mark_of(type: str | None, catalog: Catalog) -> Mark | None:
    """The mark of a type; None if there is no type because of an error."""
    if type is None:
        return None
    kind = types[family(type)]
    # A call's result is shown as an API call whatever the call's name; a list says what it is a list of.
    name = kind.label if kind.name == "call" else label(type, catalog)
    if kind.name == "list" and item_type(type).startswith("call:"):
        name = kind.label
    return Mark("" if kind.mark else kind.icon, kind.mark, name, kind.live)
