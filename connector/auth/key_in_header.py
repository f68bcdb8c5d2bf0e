"""A key in a header of the author's choice, such as `x-api-key`."""

from collections.abc import Mapping
from typing import Any

import httpx
from django import forms

from connector.auth import Flow, Scheme, auth
from connector.auth.fields import HeaderNameField, SecretField


@auth.register
class KeyInHeader(Scheme):
    name = "key_in_header"
    label = "Key in a header"
    hint = "The manual names the header; the key is under API keys in the service's settings."
    example = {
        "secrets": {"key": "key_example_0123456789abcdef"},
        "options": {"header": "X-Goog-Api-Key"},
        "signs": {"X-Goog-Api-Key": "key_example_0123456789abcdef"},
    }

    class Secrets(forms.Form):
        key = SecretField(label="Key", help_text="Sent as it stands; a word in front of it belongs to it.")

    class Options(forms.Form):
        header = HeaderNameField(label="Header", initial="x-api-key", max_length=100)

    def auth_flow(self, request: httpx.Request) -> Flow:
        self._header(request, self._options["header"], self._secrets["key"])
        yield request

    def shown(self, options: Mapping[str, Any]) -> str:
        return f"{options['header']}:"
