"""Values whose type their author chooses: of states, of properties of reusable elements, of told events."""

from collections.abc import Iterable
from typing import Any

from django import forms

from builder.bindings import Bindable
from builder.document import Node
from builder.expressions.catalog import Catalog, Place
from builder.placed import PlacedChoice
from builder.types import choosable, family, list_of, types

# Types for which a default can be typed.
TYPED = ("text", "number", "yes_no", "date", "image")
# Types without lists of them: an arriving text, and a call's result, which has lists of its own.
SINGLE = ("stream", "call")
_NOTHING = Catalog()


class Anything(forms.Field):
    """A value of unknown type, unchanged."""

    reads_json = True


INNER: dict[str, type[forms.Field]] = {
    "text": forms.CharField,
    "image": forms.CharField,
    "number": forms.FloatField,
    "yes_no": forms.BooleanField,
    "date": forms.DateField,
}
HINTS = {
    "image": "An address, or dynamic data.",
    "stream": "A text that grows while one looks at it.",
    "thing": "Such as the current cell's, or a search's first item.",
    "call": "The result of a step, or of “Get data from an API”.",
    "list": "Such as a search.",
}


class TypeField(PlacedChoice):
    """The type of a value that is fixed at one moment, or none."""

    def found(self, place: Place) -> Iterable[tuple[str, str]]:
        return [each for each in choosable(place.catalog) if family(each[0]) not in SINGLE]


def can_be(type: Any) -> bool:
    """Whether this is the name of a type that can be chosen; what it refers to need not exist any more."""
    kind = types.get(family(type)) if isinstance(type, str) else None
    return kind is not None and (kind.of_each if ":" in str(type) else bool(list(kind.whole(_NOTHING))))


def has_default(holder: Node) -> bool:
    """Whether a default can be typed for a state or a property."""
    return type_of(holder) in TYPED


def can_be_list(type: str) -> bool:
    return family(type) not in SINGLE


def type_of(holder: Node) -> str:
    """The type of the value of a state or a property."""
    type = holder["props"].get("type", "text")
    return list_of(type) if holder["props"].get("list") else type


def field_of(label: str, type: str, initial: Any = None) -> Bindable:
    """The field for a value of a type."""
    made = INNER.get(type, Anything)
    options: dict[str, Any] = {"strip": False} if made is forms.CharField else {}
    field = made(label=label, required=False, initial=initial, **options)
    return Bindable(field, type=type, help_text=HINTS.get(family(type), ""))
