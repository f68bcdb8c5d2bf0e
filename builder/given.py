"""What a link or a step passes to the page it leads to: a value, possibly dynamic, for each parameter."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from builder.bindings import Bindable
from builder.document import Body
from builder.expressions.catalog import Place
from builder.expressions.check import problems
from builder.expressions.values import is_empty
from builder.fields import RowsField
from builder.parameters import LONGEST, declared, key_of
from builder.placed import PlacedChoice

Row = dict[str, Any]


class PageField(PlacedChoice):
    """A page of the app."""

    def found(self, place: Place) -> Iterator[tuple[str, str]]:
        for page in place.catalog.bodies("page"):
            yield page["root"], page["nodes"][page["root"]]["name"]


class Plain(forms.Field):
    """A text, number or yes/no of any kind: its parameter decides what it must be."""

    reads_json = True

    def clean(self, value: Any) -> Any:
        if not isinstance(value, str | int | float | None):
            raise forms.ValidationError("This cannot stand here.", code="no_value")
        if isinstance(value, str) and len(value) > LONGEST:
            raise forms.ValidationError(f"This has more than {LONGEST} characters. Shorten it.", code="max_length")
        return value


def value_for(label: str, type: str) -> Bindable:
    """The field of one parameter's value."""
    return Bindable(Plain(label=label, initial="", required=False), type=type)


class Given(forms.Form):
    """One value: `name` is the id of its parameter."""

    name = forms.CharField(initial="", required=False, max_length=60)
    value = value_for("Value", "any")


class GivenField(RowsField):
    """A property with what is passed to the page chosen in the property `page`. It is edited as one field per parameter
    of that page; a value for a parameter that is gone stays until it is removed."""

    def __init__(self, **options: Any):
        super().__init__(Given, initial=[], required=False, most=60, **options)

    def rows_at(self, rows: list[Row], place: Place) -> list[Row]:
        """A row for each parameter of the page, in order, then those for parameters that are gone."""
        page = target(place)
        if page is None:
            return rows
        said = values_of(page, rows)
        return [{"name": key, "value": said.get(key, "")} for key in declared(page)] + lost(page, rows)


def target(place: Place) -> Body | None:
    """The page that the element at a place leads to."""
    node = place.catalog.node(place.element)
    return place.catalog.body("page", node["props"].get("page")) if node else None


def values_of(page: Body, rows: list[Row]) -> dict[str, Any]:
    """What rows pass to a page, by the parameter's id. Rows written by hand may use its name."""
    found = {key_of(page, row.get("name") or ""): row.get("value") for row in rows}
    return {key: value for key, value in found.items() if key}


def lost(page: Body, rows: list[Row]) -> list[Row]:
    """The rows for parameters that are gone."""
    return [row for row in rows if not is_empty(row.get("value")) and not key_of(page, row.get("name") or "")]


def wrong_types(page: Body, values: Mapping[str, Any], place: Place) -> Iterator[tuple[str, str]]:
    """Values of the wrong type for their parameter, as (id, sentence)."""
    for key, holder in declared(page).items():
        for sentence in problems(values.get(key), holder["props"]["type"], place):
            yield key, f"For “{holder['name']}”: {sentence}"
