"""The form of one row of a call or an API: a header, a query parameter, a form field, or a placeholder's parameter."""

from typing import Any

from django import forms

from builder.document import Node
from builder.forms import Form
from connector.asking.errors import BadHeader
from connector.asking.headers import header_name, is_secret
from connector.forms.inputs import LongText


class RowForm(Form):
    """One row. Its controls are named like `hd_ab12cd-value`; `wrong` is what was refused, with its value."""

    KEPT = ("name", "value")

    name = LongText("Name", 100)
    value = LongText("Test value", 100_000)
    file = forms.BooleanField(required=False, label="File")
    private = forms.BooleanField(required=False, label="Private")
    optional = forms.BooleanField(required=False, label="Optional")
    allow_blank = forms.BooleanField(required=False, label="Allow blank")

    def __init__(self, data: dict[str, Any], key: str, type: str, files: bool = False):
        self.key, self.type, self._wrong = key, type, data.pop("wrong", "")
        super().__init__({f"{key}-{name}": value for name, value in data.items()}, prefix=key)
        if not files:
            del self.fields["file"]

    @classmethod
    def of(cls, node: Node, key: str, files: bool = False, **typed: Any) -> "RowForm":
        """The form for a row; with `files` it may be a file."""
        held = {"private": True, **node["props"], "name": node["name"]}
        if not isinstance(held.get("value", ""), str):
            held["value"] = ""
        return cls(held | typed, key, node["type"], files)

    @property
    def flags(self) -> list[Any]:
        """The checkboxes."""
        return [self[name] for name in self.fields if name not in self.KEPT]

    def clean_name(self) -> str:
        name = self.cleaned_data["name"].strip()
        if self.type == "header" and name:
            try:
                header_name(name)
            except BadHeader as error:
                raise forms.ValidationError(f"This header cannot be sent: {error.data['reason']}.") from None
        return name

    def clean_value(self) -> str:
        if self._wrong:
            raise forms.ValidationError(self._wrong)
        return self.cleaned_data["value"]

    @property
    def holds_a_secret(self) -> bool:
        """Whether something that is secret by its name was typed where everybody who edits the app can read it."""
        return self.type != "parameter" and is_secret(str(self["name"].value() or "")) and bool(self["value"].value())
