"""The form of one call."""

from collections.abc import Iterable
from typing import Any

from django import forms

from builder.document import Body
from builder.forms import Form
from connector.asking.errors import BadBody
from connector.asking.json_template import fill_json
from connector.asking.request import METHODS
from connector.document import url_of
from connector.forms.inputs import LongText, NameField, UrlField
from connector.kinds.api import BODY_KINDS, RESPONSE_TYPES, USES


class CallForm(Form):
    """One call. Fields that are `KEPT` are stored as typed even if something is wrong with them, so that nothing is
    lost."""

    KEPT = ("url", "body")

    name = NameField("Name of the call")
    use_as = forms.ChoiceField(choices=USES, label="Use as")
    response_type = forms.ChoiceField(choices=RESPONSE_TYPES, label="Data type")
    method = forms.ChoiceField(choices=[(method, method) for method in METHODS], label="Method")
    url = UrlField("URL", 4000)
    body_kind = forms.ChoiceField(choices=BODY_KINDS, label="Body type")
    body = LongText("Body", 1_000_000, forms.Textarea)

    def __init__(self, data: dict[str, Any], others: Iterable[str] = ()):
        super().__init__(data)
        self.others = {name.strip().lower() for name in others}

    @classmethod
    def of(cls, api: Body, call: str, **typed: Any) -> "CallForm":
        node = api["nodes"][call]
        held = {"use_as": "action", "response_type": "stream", "method": "GET", "body_kind": "none", "body": ""}
        others = [other["name"] for key, other in api["nodes"].items() if other["type"] == "call" and key != call]
        return cls(held | node["props"] | {"name": node["name"], "url": url_of(api, call), **typed}, others)

    def clean_name(self) -> str:
        name = self.cleaned_data["name"].strip()
        if name.lower() in self.others:
            raise forms.ValidationError("Another call of this API has this name.")
        return name

    def clean_body(self) -> str:
        body = self.cleaned_data["body"]
        if self.cleaned_data.get("body_kind") == "json" and body.strip():
            try:
                fill_json(body, lambda name: "x")
            except BadBody as error:
                raise forms.ValidationError(f"Line {error.data['line']}: {error.data['reason']}.") from None
        return body
