"""A key in a header of the author's choice, such as `x-api-key`."""

from collections.abc import Generator

import httpx
from django import forms

from connector.auth import Scheme, SecretField, auth
from connector.errors import BadHeader
from connector.headers import header_name

DEFAULT = "x-api-key"


class HeaderNameField(forms.CharField):
    """A header's name that an author may set."""

    def clean(self, value: object) -> str:
        name = str(super().clean(value))
        try:
            return header_name(name)
        except BadHeader as error:
            raise forms.ValidationError(str(error)) from None


@auth.register
class KeyInHeader(Scheme):
    name = "key_in_header"
    label = "Key in a header"
    example = {
        "secrets": {"key": "key_example_0123456789abcdef"},
        "options": {"header": "X-Goog-Api-Key"},
        "signs": {"X-Goog-Api-Key": "key_example_0123456789abcdef"},
    }

    class Secrets(forms.Form):
        key = SecretField(label="Key", help_text="Sent in the header, and to this address only.")

    class Options(forms.Form):
        header = HeaderNameField(label="Header", initial=DEFAULT, max_length=100)

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        self._header(request, header_name(self._options.get("header") or DEFAULT), self._secrets["key"])
        yield request
