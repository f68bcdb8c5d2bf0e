"""OAuth2 password (RFC 6749, 4.3): a user name and password are exchanged for a token, for services that still do
this."""

from collections.abc import Mapping
from typing import Any

from django import forms

from connector.auth import auth
from connector.auth.fields import NameField, SecretField
from connector.auth.oauth2_client_credentials import Grant


@auth.register
class Password(Grant):
    name = "oauth2_password"
    label = "OAuth2 password"
    hint = "A user's name and password. Choose client credentials instead if the service has both."
    example = {
        "secrets": {
            "username": "robot@acme.example",
            "password": "pass_example_0123456789",
            "client_id": "client_example_01",
            "client_secret": "secret_example_0123456789",
        },
        "options": {
            "token_url": "https://login.acme.example/oauth/token",
            "scope": "",
            "send_as": "body",
            "extra": "",
        },
        "asks": "https://login.acme.example/oauth/token",
        "answer": {"access_token": "granted_example_0123456789", "token_type": "bearer"},
        "signs": {"Authorization": "Bearer granted_example_0123456789"},
    }

    class Secrets(forms.Form):
        username = NameField(label="User name", help_text="A user made for this app is better than a person's own.")
        password = SecretField(label="Password", help_text="Sent to the token URL only, never with a call.")
        client_id = NameField(
            label="Client ID", required=False, help_text="If the service gives one to each application."
        )
        client_secret = SecretField(
            label="Client secret", required=False, help_text="If there is one to the client ID."
        )

    def grant(self) -> dict[str, str]:
        return {
            "grant_type": "password",
            "username": self._secrets["username"],
            "password": self._secrets["password"],
        }

    def shown(self, options: Mapping[str, Any]) -> str:
        return "User"
