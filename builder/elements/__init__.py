"""Elements: what pages consist of. One element type per file: what an author sets, how it is drawn, what changes live.

    @elements.register
    class Heading(Element):
        name = "heading"

A new type is one file here, one template `templates/elements/<name>.html` and one file `static/css/app/<name>.css`, or
one in a folder there: a set of styles loaded only by pages with such elements (`sheet`).
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

# How a browser's value for an input is converted to the input's type.
_READINGS = {"number": as_number, "yes_no": as_yes, "date": as_date}


# Stored next to an element's properties without being properties: overrides at breakpoints, a named style, conditions.
MODIFIERS = ("at", "uses", "conditions")


@dataclass(frozen=True, slots=True)
class Moving:
    """A value of an element that changes live: its property, how it reaches the browser (`Element.live`), and whether
    it is in every cell of the element's own list."""

    prop: str
    way: str
    value: Any
    in_cells: bool = False


@dataclass(frozen=True, slots=True)
class Repair:
    """A one-press fix for something unfinished in an element or a step: what the button says, what was done in a
    sentence, and the properties to set; None removes one."""

    label: str
    done: str
    props: dict[str, Any]


class Element:
    """One type of element.

    `Props` is the form of its properties: schema, defaults, error messages and property panel in one. `slots` names the
    places that hold other elements, `events` what a workflow can start from; `gives` is the type of "its value" in
    expressions, None if it has none.

    `live` says how a property whose value changes reaches the browser, as property → way:

        "text"         the text of the node marked `data-p="<prop>"`: verbs `set` and `append`
        "value"        the value of the form control marked `data-p="value"`: verb `set`
        "choices"      the options, as pairs of a key and its words: verb `set`, on the node `data-p="choices"`
        "attr:<name>"  an attribute: verb `attr`, on the node marked `data-a~="<name>"`, else on the element itself
        "flag:<name>"  the same for an attribute that is present or absent
        "hidden"       the element's attribute `hidden`, present while the property is not yes: verb `attr`
        "cells"        the cells of a list: verb `cells`

    `each` names the properties that are evaluated for every item of an element's own list, such as the columns of a
    table. They are in its cells, each as the text of a node of its own, `columns.0.value`. `look` names the properties
    that only affect its appearance: they become `data-<prop>` attributes styled by `static/css/app`, and lengths and
    theme names go into the page's own style sheet (`builder.styling.sheet`). An author may override them for narrow
    pages, except those that scripts read, which are `steady`. `modules` are the scripts loaded by a page that has it,
    by their import names; `sheet` is the folder of `static/css/app` with styles it needs in addition to those of every
    page.
    """

    name = ""
    label = ""
    icon = ""
    # Its group in the palette: Basics, Inputs, Containers. Empty: never offered.
    group = ""
    slots: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    gives: str | None = None
    live: dict[str, str] = {}
    each: tuple[str, ...] = ()
    # The most items of its own list that it shows; None if only the limit for all lists applies.
    most: int | None = None
    look: tuple[str, ...] = ()
    steady: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    sheet = ""
    # Whether its content is repeated in every cell of a list.
    repeats = False
    # Whether its template places each child individually: `parts`, each with its key, name and HTML.
    apart = False
    # Properties that make sense only inside an element of a certain type: property → that type.
    only_in: dict[str, str] = {}
    # Properties that make sense only with certain values of another one: property → the other one and its values.
    only_with: dict[str, tuple[str, tuple[str, ...]]] = {}
    # Whether a visitor can close it.
    closes = False
    # The class of another type, whose styles it uses besides its own.
    wears = ""
    # The children a new one starts with, as types and names.
    born_with: tuple[tuple[str, str], ...] = ()
    example: dict[str, Any] = {}
    Props: type[forms.Form] = props.Props

    def __init_subclass__(cls) -> None:
        if "visible" in cls.Props.base_fields:
            cls.live = {"visible": "hidden"} | cls.live
        shared = (*props.PLACED, *props.SIZED, *props.SIDES, "shadow")
        common = (prop for prop in shared if prop in cls.Props.base_fields and prop not in cls.look)
        cls.look = (*cls.look, *common)
        for field in cls.Props.base_fields.values():
            say_limits(field)

    def context(self, values: dict[str, Any]) -> dict[str, Any]:
        """What the template needs besides the properties themselves."""
        return {}

    def sheet_of(self, properties: dict[str, Any]) -> str:
        """The set of styles that an element with these properties needs besides those of every page."""
        return self.sheet

    def type_here(self, key: str, place: Place) -> str | None:
        """The type of one element's value, in its place in the app."""
        return self.gives

    def begins_with(self, body: Body, key: str) -> Any:
        """An element's value before a visitor touches it; it may be dynamic."""
        return self.values(body["nodes"][key]["props"]).get("initial")

    def read(self, said: Any, properties: dict[str, Any]) -> Any:
        """An element's value from what a browser sent for it, whatever that is."""
        reading = _READINGS.get(self.gives or "")
        if reading:
            return reading(said)
        return said if said is None or isinstance(said, str) else as_text(said)

    def told(self, value: Any, properties: dict[str, Any]) -> Any:
        """An element's value as a browser is told: a text, a number, yes or no, or None."""
        return value if isinstance(value, str | int | float | None) else as_text(value)

    def placed(self, values: dict[str, Any], place: Place, editing: bool) -> dict[str, Any]:
        """Like `context`, for what depends on the surroundings: the app's pages, samples of its data."""
        return {}

    def moving(self, stored: dict[str, Any], place: Place) -> Iterator[Moving]:
        """The values of an element that change while it is shown."""
        for prop, way in self.live.items():
            if is_dynamic(stored.get(prop)):
                yield Moving(prop, way, stored[prop], prop in self.each)
        inside = {prop: self.Props.base_fields[prop] for prop in self.each if prop not in self.live}
        for each in bound(inside, stored):
            if is_dynamic(each.value):
                yield Moving(each.prop, "text", each.value, in_cells=True)

    def given(self, prop: str, value: Any) -> Any:
        """What a browser is sent for a property that is set as a whole: nothing if it must not get it, such as a URL
        that would execute something."""
        return value

    def fields(self, stored: dict[str, Any], catalog: Catalog | None = None) -> Mapping[str, forms.Field]:
        """The fields of one element with these properties: those of its form, and those that its place in the app
        adds."""
        return self.Props.base_fields

    def ends(self, values: dict[str, Any], place: Place) -> Iterator[tuple[str, str]]:
        """What is unfinished in it (S43), as property and sentence, besides values whose sources are gone."""
        return iter(())

    def repair(self, values: dict[str, Any], prop: str, place: Place) -> Repair | None:
        """A fix for the first thing unfinished in a property, if that is safe."""
        return None

    def is_hidden(self, properties: dict[str, Any]) -> bool:
        """Whether its value is secret to whoever typed it, such as a password; it is then stored nowhere."""
        return False

    @property
    def template(self) -> str:
        return f"elements/{self.name}.html"

    def values(self, stored: dict[str, Any]) -> dict[str, Any]:
        """All properties: what the author has set, and defaults for the others. `builder.styling.looks` determines the
        effect of named styles, breakpoints and conditions."""
        return self.defaults | {prop: value for prop, value in stored.items() if prop not in MODIFIERS}

    @cached_property
    def varies(self) -> tuple[str, ...]:
        """The properties that breakpoints can override."""
        return tuple(prop for prop in self.look if prop not in self.steady)

    @cached_property
    def styled(self) -> tuple[str, ...]:
        """The properties that named styles can set: how it looks, wherever it stands."""
        return tuple(prop for prop in self.varies if prop not in props.PLACED)

    @property
    def changeable(self) -> tuple[str, ...]:
        """The properties that a condition can set: those that reach an open page."""
        ways = (prop for prop, way in self.live.items() if way not in ("value", "cells", "choices"))
        return tuple(dict.fromkeys((*ways, *self.varies)))

    def settable(self, stored: dict[str, Any], catalog: Catalog | None = None) -> tuple[str, ...]:
        """The same for one element, including those that its place in the app adds."""
        return self.changeable

    @cached_property
    def defaults(self) -> dict[str, Any]:
        """The value of each property that an author has not set."""
        return {name: field.initial for name, field in self.Props.base_fields.items()}


elements: Registry[Element] = Registry("element type", "elements")
