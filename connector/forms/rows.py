"""The form of one row of a call or an API: a header, a query parameter, a form field, a placeholder's parameter."""

from typing import Any

from django import forms

from builder.document import Node
from builder.forms import Form
from connector.errors import BadHeader
from connector.forms.inputs import LongText
from connector.headers import header_name, is_secret


class RowForm(Form):
    """A header, a query parameter, or the parameter of a placeholder. Its controls are named `hd_ab12cd-value`."""

    KEPT = ("name", "value")

    name = LongText("Name", 100)
    value = LongText("Test value", 100_000)
    private = forms.BooleanField(required=False)
    optional = forms.BooleanField(required=False)
    allow_blank = forms.BooleanField(required=False, label="Allow blank")

    def __init__(self, data: dict[str, Any], key: str, type: str):
        super().__init__({f"{key}-{name}": value for name, value in data.items()}, prefix=key)
        self.key, self.type = key, type

    @classmethod
    def of(cls, node: Node, key: str, **typed: Any) -> "RowForm":
        return cls({"private": True, **node["props"], "name": node["name"], **typed}, key, node["type"])

    def clean_name(self) -> str:
        name = self.cleaned_data["name"].strip()
        if self.type == "header" and name:
            try:
                header_name(name)
            except BadHeader as error:
                raise forms.ValidationError(f"This header cannot be sent: {error.data['reason']}.") from None
        return name

    @property
    def holds_a_secret(self) -> bool:
        """Whether something secret, by its name, is typed where everybody who edits the app can read it."""
        return self.type != "parameter" and is_secret(str(self["name"].value() or "")) and bool(self["value"].value())
