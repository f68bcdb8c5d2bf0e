"""Elements: what a page is made of. One element type a file: what an author sets, how it is drawn, what moves in it.

    @elements.register
    class Heading(Element):
        name = "heading"

A new type is one file here, one template `templates/elements/<name>.html` and one file `static/css/app/<name>.css`, or
in a folder there: a set of styles that only pages with such elements load (`sheet`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms

from builder.bindings import bound
from builder.document import Body
from builder.elements import props
from builder.expressions.catalog import Catalog, Place
from builder.expressions.shape import is_dynamic
from builder.expressions.values import as_date, as_number, as_text, as_yes
from builder.fields import say_limits
from builder.registry import Registry

# How what a browser says of an input is read as the type that it gives.
_READINGS = {"number": as_number, "yes_no": as_yes, "date": as_date}


# Kept beside an element's properties, and none of them: overrides at breakpoints, a named style, conditions.
MODIFIERS = ("at", "uses", "conditions")


@dataclass(frozen=True, slots=True)
class Moving:
    """A value of an element that moves: whose property it is, how it reaches the browser (`Element.live`), and whether
    it stands in every cell of the element's own list."""

    prop: str
    way: str
    value: Any
    in_cells: bool = False


@dataclass(frozen=True, slots=True)
class Repair:
    """What takes an end of an element or a step away by one press: what the press does, what was done in a sentence,
    and the properties that are set for it; one that is None is taken away."""

    label: str
    done: str
    props: dict[str, Any]


class Element:
    """One type of element.

    `Props` is the form of its properties: schema, defaults, error sentences and property panel in one. `slots` names
    the places that hold other elements; `events` what a workflow can begin with; `gives` is the type of "its value" for
    expressions, None when it has none.

    `live` says how a property whose value moves reaches the browser, as property → way:

        "text"         the text of the node marked `data-p="<prop>"`: verbs `set` and `append`
        "value"        the value of the form control marked `data-p="value"`: verb `set`
        "choices"      what can be chosen, as pairs of a key and its words: verb `set`, on the node `data-p="choices"`
        "attr:<name>"  an attribute: verb `attr`, on the node marked `data-a~="<name>"`, else on the element itself
        "flag:<name>"  the same for an attribute that is there or not
        "hidden"       the element's attribute `hidden`, there while the property is not yes: verb `attr`
        "cells"        the cells of a list: verb `cells`

    `each` names the properties that are worked out for every item of an element's own list, such as the columns of a
    table. They stand in its cells, each as the text of a node of its own, `columns.0.value`.
    `look` names the properties that only style it: they become `data-<prop>` attributes which `static/css/app` draws,
    and those that are lengths or names of the theme the page's own style sheet (`builder.styling.sheet`). An author may
    let them be other ones for narrow pages, but for those that scripts read, which are `steady`.
    `modules` are the scripts a page with it loads, by the names they are imported by; `sheet` is the folder of
    `static/css/app` whose styles it loads beside those of every page.
    """

    name = ""
    label = ""
    icon = ""
    # Where the palette shows it: Basics, Inputs, Containers. Empty: never offered.
    group = ""
    slots: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    gives: str | None = None
    live: dict[str, str] = {}
    each: tuple[str, ...] = ()
    # So many items of its own list it shows at most; None where there is no bound but that of every list.
    most: int | None = None
    look: tuple[str, ...] = ()
    steady: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    sheet = ""
    # Whether what is in it stands once in every cell of a list.
    repeats = False
    # Whether its template places each of what is in it by itself: `parts`, each with its key, name and HTML.
    apart = False
    # Properties that only mean something right inside an element of a type: property → that type.
    only_in: dict[str, str] = {}
    # Properties that only mean something beside certain values of another one: property → that one, its values.
    only_with: dict[str, tuple[str, tuple[str, ...]]] = {}
    # Whether a visitor can close it by hand.
    closes = False
    # A class of another type, whose styles it has beside its own.
    wears = ""
    # What a new one holds, as types and names.
    born_with: tuple[tuple[str, str], ...] = ()
    example: dict[str, Any] = {}
    Props: type[forms.Form] = props.Props

    def __init_subclass__(cls) -> None:
        if "visible" in cls.Props.base_fields:
            cls.live = {"visible": "hidden"} | cls.live
        common = (prop for prop in props.SIZED if prop in cls.Props.base_fields and prop not in cls.look)
        cls.look = (*cls.look, *common)
        for field in cls.Props.base_fields.values():
            say_limits(field)

    def context(self, values: dict[str, Any]) -> dict[str, Any]:
        """What the template needs beside the properties themselves."""
        return {}

    def sheet_of(self, properties: dict[str, Any]) -> str:
        """The set of styles that an element with these properties needs beside those of every page."""
        return self.sheet

    def type_here(self, key: str, place: Place) -> str | None:
        """The type of the value of one element, at its place in the app."""
        return self.gives

    def begins_with(self, body: Body, key: str) -> Any:
        """What an element's value is before a visitor touches it; it may be dynamic."""
        return self.values(body["nodes"][key]["props"]).get("initial")

    def read(self, said: Any, properties: dict[str, Any]) -> Any:
        """The value of an element out of what a browser says of it, whatever that is."""
        reading = _READINGS.get(self.gives or "")
        if reading:
            return reading(said)
        return said if said is None or isinstance(said, str) else as_text(said)

    def told(self, value: Any, properties: dict[str, Any]) -> Any:
        """What a browser is told of an element's value: a text, a number, yes or no, or None."""
        return value if isinstance(value, str | int | float | None) else as_text(value)

    def placed(self, values: dict[str, Any], place: Place, editing: bool) -> dict[str, Any]:
        """The same as `context`, where it depends on what is around: the app's pages, samples of its data."""
        return {}

    def moving(self, stored: dict[str, Any], place: Place) -> Iterator[Moving]:
        """What of an element moves while one looks at it."""
        for prop, way in self.live.items():
            if is_dynamic(stored.get(prop)):
                yield Moving(prop, way, stored[prop], prop in self.each)
        inside = {prop: self.Props.base_fields[prop] for prop in self.each if prop not in self.live}
        for each in bound(inside, stored):
            if is_dynamic(each.value):
                yield Moving(each.prop, "text", each.value, in_cells=True)

    def given(self, prop: str, value: Any) -> Any:
        """What a browser is given for a property that is set whole: nothing for what it must not get, such as an
        address that would run something."""
        return value

    def fields(self, stored: dict[str, Any], catalog: Catalog | None = None) -> Mapping[str, forms.Field]:
        """The fields of one element with these properties: those of its form, and what its place in the app adds."""
        return self.Props.base_fields

    def ends(self, values: dict[str, Any], place: Place) -> Iterator[tuple[str, str]]:
        """What is left undone in it (S43): property and sentence, beside values whose sources are gone."""
        return iter(())

    def mend(self, values: dict[str, Any], prop: str, place: Place) -> Repair | None:
        """What takes the first end of a property away, where that is safe."""
        return None

    def is_hidden(self, properties: dict[str, Any]) -> bool:
        """Whether its value is a secret of who typed it, such as a password: then it is stored nowhere."""
        return False

    @property
    def template(self) -> str:
        return f"elements/{self.name}.html"

    def values(self, stored: dict[str, Any]) -> dict[str, Any]:
        """All properties: what the author has set, and the defaults of the others. What named styles, breakpoints and
        conditions make of them is told by `builder.styling.looks`."""
        return self.defaults | {prop: value for prop, value in stored.items() if prop not in MODIFIERS}

    @cached_property
    def varies(self) -> tuple[str, ...]:
        """The properties that can be other ones at a breakpoint or come from a named style."""
        return tuple(prop for prop in self.look if prop not in self.steady)

    @property
    def changeable(self) -> tuple[str, ...]:
        """The properties that a condition can set: those that reach an open page."""
        ways = (prop for prop, way in self.live.items() if way not in ("value", "cells", "choices"))
        return tuple(dict.fromkeys((*ways, *self.varies)))

    def settable(self, stored: dict[str, Any], catalog: Catalog | None = None) -> tuple[str, ...]:
        """The same for one element: with what its place in the app adds."""
        return self.changeable

    @cached_property
    def defaults(self) -> dict[str, Any]:
        """The value of each property that an author has not set."""
        return {name: field.initial for name, field in self.Props.base_fields.items()}


elements: Registry[Element] = Registry("element type", "elements")
