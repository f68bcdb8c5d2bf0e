"""HTTP Basic (RFC 7617): a user name and a password in `Authorization: Basic …`."""

from base64 import b64encode
from collections.abc import Mapping
from typing import Any

import httpx
from django import forms

from connector.asking.errors import BadHeader
from connector.auth import Flow, Scheme, auth
from connector.auth.fields import NameField, SecretField


@auth.register
class Basic(Scheme):
    name = "basic"
    label = "HTTP Basic"
    hint = "A user name and a password; some services want an account's id and its key instead."
    example = {
        "secrets": {"username": "acme-robot", "password": "pass_example_0123456789"},
        "options": {},
        "signs": {"Authorization": "Basic YWNtZS1yb2JvdDpwYXNzX2V4YW1wbGVfMDEyMzQ1Njc4OQ=="},
    }

    class Secrets(forms.Form):
        username = NameField(
            label="User name", help_text="Without a colon. With cURL it is what stands before it in -u."
        )
        password = SecretField(label="Password", required=False, help_text="Blank if the service wants a name alone.")

        def clean_username(self) -> str:
            name = str(self.cleaned_data["username"])
            if ":" in name:
                raise forms.ValidationError("A user name holds no colon: what comes after it is the password.")
            return name

    def auth_flow(self, request: httpx.Request) -> Flow:
        request.headers["Authorization"] = self._write()
        yield request

    def shown(self, options: Mapping[str, Any]) -> str:
        return "Authorization: Basic"

    def _write(self) -> str:
        pair = f"{self._secrets['username']}:{self._secrets.get('password') or ''}"
        if not pair.isprintable() or ":" in self._secrets["username"]:
            raise BadHeader(
                header="Authorization", reason="the saved name or password holds a character that is not allowed"
            )
        written = b64encode(pair.encode()).decode()
        self.known.append(written)
        return f"Basic {written}"
