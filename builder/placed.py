"""Forms that know their place in the app, and fields that offer what can be chosen there."""

from collections.abc import Iterable
from typing import Any

from django import forms

from builder.element_words import with_words
from builder.elements import Element, elements
from builder.expressions.catalog import Place
from builder.forms import Form


class PlacedForm(Form):
    """A form whose fields may look at the app around them: each field with a `stand_at(place)` is told its place."""

    def __init__(self, *args: Any, place: Place | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.place = place
        for field in self.fields.values():
            if place is not None and hasattr(field, "stand_at"):
                field.stand_at(place)


class PlacedChoice(forms.CharField):
    """An id chosen from what exists. One that is gone stays: the checks report it, and the form offers the others."""

    widget = forms.Select

    def __init__(self, *, empty: str = "Choose…", **kwargs: Any):
        super().__init__(required=False, max_length=64, **kwargs)
        self.empty = empty

    def stand_at(self, place: Place) -> None:
        self.widget.choices = [("", self.empty), *self.found(place)]

    def found(self, place: Place) -> Iterable[tuple[str, str]]:
        """The choices, as `(id, name)`."""
        raise NotImplementedError


class ElementField(PlacedChoice):
    """An element of the page: any, those with an event, those of some types, or inputs and what may contain them."""

    def __init__(self, *, event: str = "", types: tuple[str, ...] = (), inputs: bool = False, **kwargs: Any):
        super().__init__(**kwargs)
        self.event, self.types, self.inputs = event, types, inputs

    def found(self, place: Place) -> Iterable[tuple[str, str]]:
        for key in place.catalog.elements(place.page):
            node = place.catalog.node(key)
            kind = elements.get(node["type"]) if node else None
            if node and kind and self._fits(kind):
                yield key, with_words(node)

    def _fits(self, kind: Element) -> bool:
        if self.inputs and not (kind.gives or kind.slots):
            return False
        return (not self.event or self.event in kind.events) and (not self.types or kind.name in self.types)


class StateField(PlacedChoice):
    """A state of the page."""

    def found(self, place: Place) -> Iterable[tuple[str, str]]:
        for key in place.catalog.states(place.page):
            yield key, place.catalog.name(key)
