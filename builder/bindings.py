"""Properties that accept either a plain value or dynamic data: the form field for them, and the values a form binds.

    text = Bindable(forms.CharField(label="Text", required=False), type="text")

cleans "Hello", {"text": ["Hello ", {"from": …}]} and {"from": …} to themselves.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from builder.errors import StreamwrightError
from builder.expressions.shape import Value, check, is_dynamic, is_expression, is_text, tidy
from builder.fields import RowsField, wrong_json


class Carrier(forms.Widget):
    """The control of the inner field, which passes JSON through instead of reading it as text."""

    def __init__(self, inner: forms.Widget):
        super().__init__(inner.attrs)
        self.inner = inner

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        value = data.get(name)
        posted = hasattr(data, "getlist")
        # Only in a submitted form does a missing checkbox mean no; in stored JSON it means the default.
        if not isinstance(value, str | None) or (value is None and not posted):
            return value
        return self.inner.value_from_datadict(data, files, name)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return self.inner.value_omitted_from_data(data, files, name)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> str:
        # Dynamic data is drawn as chips over an empty control.
        attrs = {**self.attrs, **(attrs or {})}
        return self.inner.render(name, "" if is_dynamic(value) else value, attrs, renderer)

    def id_for_label(self, id_: str) -> str:
        return self.inner.id_for_label(id_)


class Bindable(forms.Field):
    """A field whose value may be dynamic. `inner` cleans plain values and defines everything else; `type` is what an
    expression has to result in.

    The cleaned value is what is stored: JSON in its canonical form. Whether the expression's source exists and has that
    type is not checked here, since both can change at any time: see `builder.expressions.check`.
    """

    reads_json = True

    def __init__(self, inner: forms.Field, *, type: str, **options: Any):
        self.inner, self.type = inner, type
        own = ("required", "label", "initial", "help_text", "disabled")
        super().__init__(**{name: getattr(inner, name) for name in own} | options, widget=Carrier(inner.widget))
        inner.required = self.required

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"data-expects": self.type}

    def clean(self, value: Any) -> Value:
        """Raises ValidationError with a sentence for JSON that is not a value, is too large, or does not fit
        `inner`."""
        try:
            value = tidy(check(value))
        except StreamwrightError as error:
            raise forms.ValidationError(f"{error.sentence} {error.todo}".strip(), code=error.code) from error
        if is_expression(value) or is_text(value):
            return value
        if bent := wrong_json(self.inner, value):
            raise forms.ValidationError(bent, code="wrong_json")
        if is_dynamic(value):
            return value
        if value is None and not self.required:
            return self.initial
        cleaned = self.inner.clean(value)
        return cleaned.isoformat() if isinstance(cleaned, date) else cleaned


@dataclass(frozen=True, slots=True)
class Bound:
    """A stored value that may be dynamic: its path ("text", "rows.0.value") and the type it must have."""

    prop: str
    type: str
    value: Value


def bound(fields: Mapping[str, forms.Field], props: Mapping[str, Any]) -> Iterator[Bound]:
    """The stored values of a form's bindable fields, including those in rows. `fields` are a form's `fields` or
    `base_fields`."""
    for name, field in fields.items():
        if name not in props:
            continue
        if isinstance(field, Bindable):
            yield Bound(name, field.type, props[name])
        elif isinstance(field, RowsField) and isinstance(props[name], list):
            for number, row in enumerate(props[name]):
                for inner in bound(field.row.base_fields, row):
                    yield Bound(f"{name}.{number}.{inner.prop}", inner.type, inner.value)
