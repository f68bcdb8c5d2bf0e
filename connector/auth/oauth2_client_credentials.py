"""OAuth2 client credentials (RFC 6749, 4.4): a client's id and secret are exchanged for a token, which calls carry."""

from base64 import b64encode
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, quote_plus

import httpx
from django import forms

from connector.auth import auth
from connector.auth.fields import AddressField, NameField, PairsField, SecretField
from connector.sending.tokens import TokenScheme

ACCEPT = {"Accept": "application/json", "Accept-Encoding": "identity"}
SEND_AS = (("header", "In a Basic header"), ("body", "In the body"))


class GrantOptions(forms.Form):
    """What every OAuth2 token request contains, apart from the secrets."""

    token_url = AddressField(label="Token URL", help_text="The manual's token endpoint: the secrets go there.")
    scope = forms.CharField(
        label="Scope", required=False, max_length=2000, help_text="Several with blanks between; blank for the default."
    )
    send_as = forms.ChoiceField(
        label="Send client ID and secret",
        choices=SEND_AS,
        initial="header",
        help_text="If one is refused, try the other.",
    )
    extra = PairsField(
        label="Also send",
        required=False,
        max_length=2000,
        help_text="Such as audience=https://api.example.com if the manual asks for it.",
    )


class Grant(TokenScheme):
    """A token for what OAuth2 calls a grant: a form is posted, and JSON with `access_token` is returned."""

    Options: type[forms.Form] = GrantOptions

    def grant(self) -> dict[str, str]:
        """What is posted, apart from the client's credentials."""
        raise NotImplementedError

    def question(self) -> httpx.Request:
        options, headers = self._options, dict(ACCEPT)
        posted = self.grant() | ({"scope": options["scope"]} if options.get("scope") else {})
        client, secret = self._secrets.get("client_id") or "", self._secrets.get("client_secret") or ""
        if client and options["send_as"] == "header":
            headers["Authorization"] = self._basic(client, secret)
        elif client:
            posted |= {"client_id": client} | ({"client_secret": secret} if secret else {})
        posted |= dict(parse_qsl(options["extra"], keep_blank_values=True))
        return httpx.Request("POST", options["token_url"], headers=headers, data=posted)

    def shown(self, options: Mapping[str, Any]) -> str:
        return "Client"

    def _basic(self, client: str, secret: str) -> str:
        """Both are form-encoded first (RFC 6749, 2.3.1)."""
        written = b64encode(f"{quote_plus(client)}:{quote_plus(secret)}".encode()).decode()
        self.known.append(written)
        return f"Basic {written}"


@auth.register
class ClientCredentials(Grant):
    name = "oauth2_client_credentials"
    label = "OAuth2 client credentials"
    hint = "Register an application with the service: it shows a client ID and, once, a client secret."
    example = {
        "secrets": {"client_id": "client_example_01", "client_secret": "secret_example_0123456789"},
        "options": {
            "token_url": "https://login.acme.example/oauth/token",
            "scope": "read write",
            "send_as": "header",
            "extra": "",
        },
        "asks": "https://login.acme.example/oauth/token",
        "answer": {"access_token": "granted_example_0123456789", "token_type": "Bearer", "expires_in": 3600},
        "signs": {"Authorization": "Bearer granted_example_0123456789"},
    }

    class Secrets(forms.Form):
        client_id = NameField(label="Client ID", help_text="Also called application ID or consumer key.")
        client_secret = SecretField(label="Client secret", help_text="Sent to the token URL only, never with a call.")

    def grant(self) -> dict[str, str]:
        return {"grant_type": "client_credentials"}
