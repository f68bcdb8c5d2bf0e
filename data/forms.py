"""Forms of the Data tab: names of types and fields, and the type of a field."""

from collections.abc import Iterable
from typing import Any

from django import forms

from builder.forms import Form
from data.kinds.data_type import FIELD_TYPES

LONGEST_NAME = 80


class NamedForm(Form):
    """A name that must differ from those already `taken` beside it."""

    what = ""
    name = forms.CharField(max_length=LONGEST_NAME, label="Name", widget=forms.TextInput({"autocomplete": "off"}))

    def __init__(self, *args: Any, taken: Iterable[str] = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.taken = {name.strip().lower(): name for name in taken}
        self.fields["name"].error_messages["required"] = f"A {self.what} needs a name."

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if other := self.taken.get(name.lower()):
            raise forms.ValidationError(f"There is already a {self.what} named {other}.")
        return str(name)


class TypeForm(NamedForm):
    """The name of a data type."""

    what = "data type"

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs |= {"autofocus": True, "placeholder": "Message"}
        self.fields["name"].help_text = "What one of them is called: Message, Plant."


class FieldForm(NamedForm):
    """The name of a field."""

    what = "field"


class NewFieldForm(FieldForm):
    """A new field: its name and what it holds."""

    type = forms.ChoiceField(choices=list(FIELD_TYPES.items()), label="Type", initial="text")
