"""What a reusable element tells the page around it: values that can be read wherever an instance is, and events that
workflows there can start from. Both are rows of its root, each with its own id, so that renaming breaks nothing."""

from collections.abc import Iterator
from typing import Any

from django import forms

from builder.bindings import Bindable
from builder.chosen_types import Anything, TypeField, can_be
from builder.document import new_id
from builder.expressions.catalog import Catalog

Row = dict[str, Any]

# The id prefixes of both.
VALUE, EVENT = "tl", "ev"


def _name(what: str) -> forms.Field:
    needed = {"required": f"{what} needs a name."}
    return forms.CharField(label="Name", initial=what.split()[-1].capitalize(), max_length=80, error_messages=needed)


def _key(prefix: str) -> forms.Field:
    return forms.RegexField(rf"^{prefix}_[a-z0-9]+\Z", label="Id", initial="", required=False, widget=forms.HiddenInput)


class ToldValue(forms.Form):
    """A named value: what an input inside holds, a state, or an expression made from them."""

    key = _key(VALUE)
    name = _name("A value")
    value = Bindable(Anything(label="Value", required=False, initial=None), type="any")

    def clean_key(self) -> str:
        return self.cleaned_data["key"] or new_id(VALUE)


class ToldEvent(forms.Form):
    """A named event that happens inside; `type` is that of the value told with it, if there is one."""

    key = _key(EVENT)
    name = _name("An event")
    type = TypeField(label="With a value", initial="", empty="Without")

    def clean_key(self) -> str:
        return self.cleaned_data["key"] or new_id(EVENT)

    def clean_type(self) -> str:
        type: str = self.cleaned_data["type"]
        if type and not can_be(type):
            raise forms.ValidationError("This is not among the choices. Choose one of the list.")
        return type

    def clean(self) -> dict[str, Any]:
        """An event without a value has no type."""
        return {name: said for name, said in self.cleaned_data.items() if name != "type" or said}


def values_of(catalog: Catalog, reusable: str | None) -> dict[str, Row]:
    """The values that a reusable element tells, by id; none if it is gone."""
    return dict(_rows(catalog, reusable, "tells"))


def events_of(catalog: Catalog, reusable: str | None) -> dict[str, str]:
    """The names of its events, by id."""
    return {key: row["name"] for key, row in _rows(catalog, reusable, "happens")}


def type_told(catalog: Catalog, reusable: str | None, event: str | None) -> str:
    """The type of the value told with an event; "" if there is none."""
    found: str = dict(_rows(catalog, reusable, "happens")).get(event or "", {}).get("type", "")
    return found


def shown_by(catalog: Catalog, instance: str | None) -> str | None:
    """The reusable element that an instance shows."""
    holder = catalog.node(instance, "instance")
    of = holder["props"].get("of") if holder else None
    return of if isinstance(of, str) else None


def _rows(catalog: Catalog, reusable: str | None, prop: str) -> Iterator[tuple[str, Row]]:
    body = catalog.body("reusable", reusable)
    for row in body["nodes"][body["root"]]["props"].get(prop, ()) if body else ():
        yield row["key"], row
