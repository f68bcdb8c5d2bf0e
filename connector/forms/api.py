"""The form of an API: what its calls share."""

from typing import Any

from builder.document import Body
from builder.forms import Form
from connector.forms.inputs import NameField, UrlField


class ApiForm(Form):
    """What the calls of an API share."""

    KEPT = ("base_url",)

    name = NameField("Name of the API")
    base_url = UrlField("Base URL", 2000)

    @classmethod
    def of(cls, api: Body, **typed: Any) -> "ApiForm":
        root = api["nodes"][api["root"]]
        return cls({"name": root["name"], "base_url": root["props"].get("base_url") or "", **typed})
