"""Form fields for stored JSON: a list of rows, and a check of a value's JSON type before it is coerced."""

from collections.abc import Mapping
from typing import Any

from django import forms

# Django's messages about limits, and our own.
OF_LIMITS = {
    "max_length": "This has more than %(limit_value)d characters. Shorten it.",
    "min_value": "This is less than %(limit_value)s, which is the least.",
    "max_value": "This is more than %(limit_value)s, which is the most.",
}


def say_limits(field: forms.Field) -> None:
    """Use our wording for values beyond a field's limits, unless the field has its own."""
    for code, sentence in OF_LIMITS.items():
        getattr(field, "inner", field).error_messages.setdefault(code, sentence)


def wrong_json(field: forms.Field, value: Any) -> str | None:
    """An error message if a field would merely coerce this JSON into its own type: a CharField turns an object into its
    text.

    Texts pass, since a submitted form sends everything as text.
    """
    if value is None or isinstance(value, str):
        return None
    if isinstance(value, bool):
        allowed: tuple[type[forms.Field], ...] = (forms.BooleanField,)
    elif isinstance(value, int | float):
        allowed = (forms.IntegerField, forms.DecimalField, forms.ChoiceField)
    else:
        allowed = (forms.MultipleChoiceField,)
    # A field that reads JSON itself, such as rows or one that accepts dynamic data, decides for itself.
    if isinstance(field, (*allowed, forms.JSONField)) or getattr(field, "reads_json", False):
        return None
    return f"{_WORDS[type(value)]} cannot stand here."


_WORDS = {bool: "A yes/no", int: "A number", float: "A number", list: "A list", dict: "An object"}


class RowsField(forms.JSONField):
    """A list of rows, each an object cleaned by its own form: options, headers, series.

    `row` is the form of one row; at most `most` rows. An error names row and field; its code is `<row>.<field>`, with
    rows counted from 0, so that it can be shown where it belongs. Missing keys default to the row form's `initial`.
    """

    widget = forms.HiddenInput
    empty_values = [None, "", []]

    def __init__(self, row: type[forms.Form], *, most: int = 200, **options: Any):
        super().__init__(**options)
        self.row, self.most = row, most

    def clean(self, value: Any) -> list[dict[str, Any]]:
        rows = super().clean(value)
        if rows in self.empty_values:
            return []
        if not isinstance(rows, list) or any(not isinstance(row, dict) for row in rows):
            raise forms.ValidationError("These are not rows.", code="rows")
        if len(rows) > self.most:
            raise forms.ValidationError(f"There are more than {self.most} rows.", code="rows")
        cleaned, errors = [], []
        for number, row in enumerate(rows):
            form = self.row_form(row)
            errors += _errors(form, row, number)
            cleaned.append(form.cleaned_data if form.is_bound and not form.errors else {})
        if errors:
            raise forms.ValidationError(errors)
        return cleaned

    def row_form(self, row: Mapping[str, Any]) -> forms.Form:
        """One row's form, bound to it and to the defaults for what it lacks."""
        defaults = {name: field.initial for name, field in self.row.base_fields.items()}
        return self.row({**defaults, **row})


class CountField(forms.IntegerField):
    """How many there may be, from 1; typed with or without commas. If empty it is `default`, which its placeholder
    shows. `unit` is displayed in the field."""

    def __init__(self, *, most: int, default: int | None = None, unit: str = "", **options: Any):
        shown = {"inputmode": "numeric", "autocomplete": "off", "unit": unit}
        super().__init__(required=False, min_value=1, widget=forms.TextInput(shown), **options)
        self.initial = None
        self.set(default, most)

    def set(self, default: int | None, most: int, whose: str = "From 1 to {most}.") -> None:
        """Set its value when left empty, its maximum, and the message for anything else."""
        self.most, self.default = most, default
        self.widget.attrs["placeholder"] = "none" if default is None else f"{default:,}"
        self.error_messages |= dict.fromkeys(("invalid", "min_value"), "From 1 to {most}.".format(most=f"{most:,}"))
        self.error_messages["too_many"] = whose.format(most=f"{most:,}")

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,}" if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        number: int | None = super().to_python(value.replace(",", "").strip() if isinstance(value, str) else value)
        if number is not None and number > self.most:
            raise forms.ValidationError(self.error_messages["too_many"], code="too_many")
        return number


def _errors(form: forms.Form, row: dict[str, Any], number: int) -> list[forms.ValidationError]:
    found = []
    for name, field in form.fields.items():
        bent = wrong_json(field, row.get(name))
        for sentence in [bent] if bent else form.errors.get(name, []):
            label = field.label or name.replace("_", " ").capitalize()
            found.append(forms.ValidationError(f"Row {number + 1}, {label}: {sentence}", code=f"{number}.{name}"))
    for sentence in form.non_field_errors():
        found.append(forms.ValidationError(f"Row {number + 1}: {sentence}", code=f"{number}."))
    return found
