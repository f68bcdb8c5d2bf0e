"""A token in `Authorization: Bearer …` (RFC 6750): what most services want."""

from collections.abc import Generator

import httpx
from django import forms

from connector.auth import Scheme, SecretField, auth


@auth.register
class Bearer(Scheme):
    name = "bearer"
    label = "Bearer token"
    example = {
        "secrets": {"token": "tok_example_0123456789abcdef"},
        "options": {},
        "signs": {"Authorization": "Bearer tok_example_0123456789abcdef"},
    }

    class Secrets(forms.Form):
        token = SecretField(label="Token", help_text="Sent as Authorization: Bearer, and to this address only.")

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        token = self._secrets["token"]
        # Services show the whole header to copy; pasted like that it would say Bearer twice.
        self._header(request, "Authorization", token[7:] if token[:7].lower() == "bearer " else token, before="Bearer ")
        yield request
