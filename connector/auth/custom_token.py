"""A token from a service's own kind of sign-in request; calls then carry what its response contains."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, quote_plus

import httpx
from django import forms

from connector.asking.headers import header_value
from connector.asking.json_template import fill_json
from connector.asking.placeholders import IN_TEXT, IN_URL, fill
from connector.auth import auth
from connector.auth.fields import (
    AddressField,
    BeforeField,
    HeaderNameField,
    HeadersField,
    NameField,
    PathField,
    SecondsField,
    SecretField,
    headers_in,
)
from connector.auth.oauth2_client_credentials import ACCEPT
from connector.sending.auth_errors import SecretMissing
from connector.sending.tokens import TokenScheme

_URLENCODED = "application/x-www-form-urlencoded"


@auth.register
class CustomToken(TokenScheme):
    name = "custom_token"
    label = "Custom token call"
    hint = "Another call signs in first. Write <username>, <password> or <key> where each belongs in it."
    example = {
        "secrets": {"username": "robot@acme.example", "password": "pass_example_0123456789", "key": ""},
        "options": {
            "method": "POST",
            "token_url": "https://api.acme.example/v1/sign-in",
            "headers": "X-Client: streamwright",
            "body": '{"email": "<username>", "password": "<password>"}',
            "path": "data.token",
            "lasts": 3600,
            "header": "X-Session",
            "before": "",
        },
        "asks": "https://api.acme.example/v1/sign-in",
        "answer": {"data": {"token": "granted_example_0123456789"}},
        "signs": {"X-Session": "granted_example_0123456789"},
    }

    class Secrets(forms.Form):
        username = NameField(
            label="User name", required=False, help_text="Stands for <username>, or [username] in the URL."
        )
        password = SecretField(label="Password", required=False, help_text="Stands for <password>.")
        key = SecretField(label="Key", required=False, help_text="Stands for <key>, or [key] in the URL.")

        def clean(self) -> dict[str, Any]:
            found = super().clean() or {}
            if not any(found.values()) and not self.errors:
                raise forms.ValidationError("Fill in what the call needs.")
            return found

    class Options(forms.Form):
        method = forms.ChoiceField(
            label="Method", choices=[(each, each) for each in ("POST", "GET", "PUT")], initial="POST"
        )
        token_url = AddressField(label="Token URL", placeholders=True, help_text="The address that signs in.")
        headers = HeadersField(
            label="Headers", required=False, max_length=8192, help_text="One a line, as Name: value. No secrets here."
        )
        body = forms.CharField(
            label="Body",
            required=False,
            max_length=65_536,
            widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
            help_text="JSON, or name=value pairs joined by &. No secrets here, only their names.",
        )
        path = PathField(
            label="Token is at",
            initial="access_token",
            max_length=500,
            help_text="Its path in the answer, such as data.token.",
        )
        lasts = SecondsField(
            label="Valid for",
            required=False,
            min_value=1,
            max_value=31_536_000,
            help_text="Seconds. Blank: until refused.",
        )
        header = HeaderNameField(label="Header", initial="Authorization", max_length=100)
        before = BeforeField(label="Word before the token", initial="Bearer", required=False, max_length=60)

    def using(self, secrets: Mapping[str, str] | None, options: Any, service: str = "") -> "CustomToken":
        signed: Any = super().using(secrets, options, service)
        if any(not signed._secrets.get(name) for name in signed._wanted()):
            raise SecretMissing(scheme=self.label, service=service or None)
        return signed

    def question(self) -> httpx.Request:
        options = self._options
        url = fill(options["token_url"], IN_URL, self._secrets.__getitem__, lambda text: quote(text, safe=""))
        headers = httpx.Headers(ACCEPT)
        for name, template in headers_in(options["headers"]):
            headers[name] = header_value(name, fill(template, IN_TEXT, self._secrets.__getitem__)).decode()
        body = self._body(headers) if options["method"] != "GET" else None
        return httpx.Request(options["method"], url, headers=headers, content=body)

    @property
    def path(self) -> str:
        return self._options["path"]

    def lasts(self, answer: Any) -> float | None:
        return self._options["lasts"] or super().lasts(answer)

    def shown(self, options: Mapping[str, Any]) -> str:
        return "Saved"

    def _wanted(self) -> set[str]:
        """The names of the secrets that appear in the request."""
        options = self._options
        body = options["body"] if options["method"] != "GET" else ""
        named = IN_URL.findall(options["token_url"]) + IN_TEXT.findall(f"{options['headers']}\n{body}")
        return {name for name in named if name in self._fields(self.Secrets)}

    def _body(self, headers: httpx.Headers) -> bytes | None:
        """The body with the secrets in it, each encoded for its place (S8), and its content type."""
        template, kind = self._options["body"].strip(), headers.get("content-type", "").lower()
        if not template:
            return None
        if "json" in kind or (not kind and template[0] in "{["):
            body, default = fill_json(template, self._secrets.__getitem__), "application/json"
        else:
            write = quote_plus if not kind or _URLENCODED in kind else str
            body = fill(template, IN_TEXT, self._secrets.__getitem__, write).encode("utf-8", "replace")
            default = _URLENCODED
        headers.setdefault("Content-Type", default)
        return body
