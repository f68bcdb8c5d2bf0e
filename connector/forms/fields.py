"""Forms of the returned values dialog, one per response field."""

from collections.abc import Iterable
from typing import Any

from django import forms

from builder.forms import Form
from connector.answers.paths import BadPath, parse_path
from connector.forms.inputs import NameField
from connector.kinds.api import FIELD_TYPES, MODES, PARTS, TEXT_MODES, wrong_path

# The modes that each type of field can have; the default mode is stored for text streams only.
_MODES = {"text_stream": TEXT_MODES, "number": ("largest",), "live": ("number", "yes_no")}


class FieldForm(Form):
    """One response field in the returned values dialog."""

    id = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    name = NameField("Field name")
    part = forms.ChoiceField(choices=[(part, part) for part in PARTS], required=False)
    type = forms.ChoiceField(choices=FIELD_TYPES)
    path = forms.CharField(max_length=500, label="Path", error_messages={"required": "Click a value in a frame."})
    when = forms.JSONField(required=False, widget=forms.HiddenInput)
    mode = forms.ChoiceField(choices=[(mode, mode) for mode in MODES], required=False)
    replacement = forms.JSONField(required=False, widget=forms.HiddenInput)

    def clean_part(self) -> str:
        """A field is found in the body unless another part is given."""
        return self.cleaned_data["part"] if self.cleaned_data["part"] != "body" else ""

    def clean_path(self) -> str:
        path = self.cleaned_data["path"].strip()
        if wrong := wrong_path(self.cleaned_data.get("part"), path):
            raise forms.ValidationError(wrong)
        return path

    def clean_when(self) -> dict[str, Any] | None:
        return _condition(self.cleaned_data["when"])

    def clean_replacement(self) -> dict[str, Any] | None:
        other = self.cleaned_data["replacement"]
        if other is None:
            return None
        if not isinstance(other, dict) or not isinstance(other.get("path"), str):
            raise forms.ValidationError("This cannot be read.")
        try:
            parse_path(other["path"])
        except BadPath as error:
            raise forms.ValidationError(error.sentence) from None
        return {"path": other["path"], "when": _condition(other.get("when"))}

    def field(self) -> dict[str, Any]:
        """The field as the document holds it, with its id and name."""
        held = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        unfit = {"mode"} if held.get("mode") not in _MODES.get(held["type"], ()) else set()
        unfit |= {"replacement"} if held["type"] != "text_stream" else set()
        return {name: value for name, value in held.items() if name not in unfit}


def _condition(when: Any) -> dict[str, Any] | None:
    """A condition as a document may hold it: an event's name, and scalars at paths."""
    if when is None:
        return None
    event, match = (when.get("event"), when.get("match") or {}) if isinstance(when, dict) else (0, {})
    scalars = isinstance(match, dict) and all(isinstance(v, str | int | float | None) for v in match.values())
    if not isinstance(event, str | None) or not scalars:
        raise forms.ValidationError("This cannot be read.")
    try:
        for path in match:
            parse_path(path)
    except BadPath as error:
        raise forms.ValidationError(error.sentence) from None
    return {"event": event, "match": match} if event or match else None


class FieldForms:
    """The rows of the returned values dialog, validated together: names are unique."""

    def __init__(self, rows: Iterable[dict[str, Any]]):
        self.forms = [FieldForm(row) for row in rows]
        names: set[str] = set()
        for form in self.forms:
            form.full_clean()
            name = str(form.cleaned_data.get("name", "")).strip().lower()
            if name and name in names:
                form.add_error("name", "Another field has this name.")
            names.add(name)

    @classmethod
    def posted(cls, post: Any) -> "FieldForms":
        """From the lists of values that the dialog's form submits."""
        columns = {name: post.getlist(name) for name in FieldForm.base_fields}
        count = max(map(len, columns.values()), default=0)
        rows = [{n: values[at] for n, values in columns.items() if at < len(values)} for at in range(min(count, 300))]
        return cls(rows)

    def is_valid(self) -> bool:
        return not any(form.errors for form in self.forms)

    def fields(self) -> list[dict[str, Any]]:
        return [form.field() for form in self.forms]
