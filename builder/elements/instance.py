"""An instance of a reusable element: where it is placed, and what it is given."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from builder.bindings import Bindable
from builder.chosen_types import Anything
from builder.elements import Element, Repair, elements, props
from builder.expressions.catalog import Catalog, Place
from builder.own_properties import field_of, given_in, properties_of
from builder.placed import PlacedChoice
from builder.reusing import leads_to


class ReusableField(PlacedChoice):
    """A reusable element of the app."""

    def found(self, place: Place) -> Iterator[tuple[str, str]]:
        for body in place.catalog.bodies("reusable"):
            if place.page not in leads_to(place.catalog, body["root"]):
                yield body["root"], body["nodes"][body["root"]]["name"]


@elements.register
class Instance(Element):
    """A placed reusable element: it follows every change to that element, and has its own values for the element's
    properties."""

    name = "instance"
    label = "Instance"
    icon = "layers"
    group = "Reusable"
    wears = "sw-group"
    look = ("width", "grow")
    example = {"width": "narrow"}

    class Props(props.Props):
        of = ReusableField(
            label="Shows", help_text="The reusable element. What is changed in it changes here, too.", initial=""
        )
        width = props.steps("Width", props.WIDTHS, "fill")
        grow = props.switch("Fill the space left over", "Takes what its neighbours leave.")

    def fields(self, stored: dict[str, Any], catalog: Catalog | None = None) -> Mapping[str, forms.Field]:
        """Those of every instance, and one for each property of its reusable element, including values still given to a
        property that no longer exists."""
        known = {key: field_of(holder) for key, holder in properties_of(catalog, stored.get("of")).items()}
        gone = given_in(stored) - known.keys()
        label = "A removed property" if catalog else "Property"
        lost = {key: Bindable(Anything(label=label, required=False), type="any") for key in sorted(gone)}
        return {**self.Props.base_fields, **known, **lost}

    def settable(self, stored: dict[str, Any], catalog: Catalog | None = None) -> tuple[str, ...]:
        return (*properties_of(catalog, stored.get("of")), *self.changeable)

    def ends(self, values: dict[str, Any], place: Place) -> Iterator[tuple[str, str]]:
        reusable = values["of"]
        if not reusable:
            yield "of", "It shows nothing yet. Choose a reusable element, or delete it."
        elif place.catalog.body("reusable", reusable) is None:
            yield "of", "Its reusable element is not in this app. Choose another one, or delete it."
        else:
            name = place.catalog.name(reusable)
            if place.page in leads_to(place.catalog, reusable):
                yield "of", f"{name} would stand in itself here, so nothing is shown. Delete this instance."
            for prop in sorted(given_in(values) - properties_of(place.catalog, reusable).keys()):
                yield prop, f"{name} no longer has a property that has a value here. Take it out."

    def repair(self, values: dict[str, Any], prop: str, place: Place) -> Repair | None:
        if prop not in given_in(values):
            return None
        return Repair("Take it out", "The value of a property that is gone was removed.", {prop: None})
