"""A token in `Authorization: Bearer …` (RFC 6750), which most services expect."""

from collections.abc import Mapping
from typing import Any

import httpx
from django import forms

from connector.auth import Flow, Scheme, auth
from connector.auth.fields import SecretField


@auth.register
class Bearer(Scheme):
    name = "bearer"
    label = "Bearer token"
    hint = "What most services want. They call it API key, secret key or access token."
    example = {
        "secrets": {"token": "tok_example_0123456789abcdef"},
        "options": {},
        "signs": {"Authorization": "Bearer tok_example_0123456789abcdef"},
    }

    class Secrets(forms.Form):
        token = SecretField(label="Token", help_text="Under API keys in the service's settings, often shown only once.")

    def auth_flow(self, request: httpx.Request) -> Flow:
        token = self._secrets["token"]
        # Services offer the whole header for copying, which would otherwise repeat the word Bearer.
        self._header(request, "Authorization", token[7:] if token[:7].lower() == "bearer " else token, before="Bearer ")
        yield request

    def shown(self, options: Mapping[str, Any]) -> str:
        return "Authorization: Bearer"
