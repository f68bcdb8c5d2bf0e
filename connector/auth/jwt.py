"""JWT (RFC 7519): claims signed anew every few minutes, sent as they are or exchanged for a token (RFC 7523)."""

import json
import time
import warnings
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django import forms
from jwt.warnings import InsecureKeyLengthWarning

from connector.auth import auth
from connector.auth.fields import AddressField, BeforeField, ClaimsField, HeaderNameField, PemField, SecondsField
from connector.auth.oauth2_client_credentials import ACCEPT
from connector.sending.auth_errors import KeyUnreadable
from connector.sending.tokens import TokenScheme

# How long the secret is was the service's choice.
warnings.simplefilter("ignore", InsecureKeyLengthWarning)
EXCHANGE = "urn:ietf:params:oauth:grant-type:jwt-bearer"


@auth.register
class Jwt(TokenScheme):
    name = "jwt"
    label = "JWT"
    hint = "A key signs who calls and until when. A service account's JSON file holds it as private_key."
    example = {
        "secrets": {"key": "shared_example_0123456789_0123456789"},
        "options": {
            "algorithm": "HS256",
            "claims": '{"iss": "acme-robot"}',
            "lifetime": 300,
            "key_id": "",
            "token_url": "",
            "header": "Authorization",
            "before": "Bearer",
        },
        "signs": {},
    }

    class Secrets(forms.Form):
        key = PemField(
            label="Key", help_text="RS256: the private key in PEM. HS256: the secret shared with the service."
        )

    class Options(forms.Form):
        algorithm = forms.ChoiceField(
            label="Algorithm",
            choices=(("RS256", "RS256, a private key"), ("HS256", "HS256, a shared secret")),
            initial="RS256",
        )
        claims = ClaimsField(
            label="Claims",
            initial='{"iss": "", "sub": ""}',
            max_length=8192,
            help_text="What the manual wants in it. iat and exp are added.",
        )
        lifetime = SecondsField(
            label="Lifetime", initial=300, min_value=10, max_value=86_400, help_text="Seconds until it expires."
        )
        key_id = forms.CharField(
            label="Key ID",
            required=False,
            max_length=200,
            help_text="kid in its head, if the service has several keys.",
        )
        token_url = AddressField(
            label="Token URL", required=False, help_text="Where it is exchanged for a token. Blank: it is sent itself."
        )
        header = HeaderNameField(label="Header", initial="Authorization", max_length=100)
        before = BeforeField(label="Word before the token", initial="Bearer", required=False, max_length=60)

    def made(self) -> tuple[str, float] | None:
        if self._options["token_url"]:
            return None
        return self._signed(), self._options["lifetime"]

    def question(self) -> httpx.Request:
        posted = {"grant_type": EXCHANGE, "assertion": self._signed()}
        return httpx.Request("POST", self._options["token_url"], headers=ACCEPT, data=posted)

    def complaints(self, secrets: Mapping[str, str], options: Mapping[str, Any]) -> dict[str, str]:
        try:
            _key(secrets["key"], options["algorithm"])
        except KeyUnreadable as error:
            return {"key": f"This cannot be used: {error.data['reason']}."}
        return {}

    def hints(self, secrets: Mapping[str, str]) -> dict[str, str]:
        return {} if "-----BEGIN" in secrets["key"] else super().hints(secrets)

    def shown(self, options: Mapping[str, Any]) -> str:
        return f"{options['algorithm']} key"

    def _signed(self) -> str:
        options, now = self._options, int(time.time())
        claims = json.loads(options["claims"]) | {"iat": now, "exp": now + options["lifetime"]}
        if options["token_url"]:
            claims = {"aud": options["token_url"]} | claims
        head = {"kid": options["key_id"]} if options["key_id"] else {}
        key = _key(self._secrets["key"], options["algorithm"])
        token = jwt.encode(claims, key, options["algorithm"], headers=head)
        self.known.append(token)
        return token


@lru_cache(maxsize=64)
def _key(text: str, algorithm: str) -> RSAPrivateKey | str:
    """The key in the form used for signing. Raises KeyUnreadable, which contains nothing of the key."""
    if algorithm == "HS256":
        if "-----BEGIN" in text:
            raise KeyUnreadable(reason="it is a key in PEM, and HS256 signs with a shared secret")
        return text
    try:
        key = load_pem_private_key(text.encode(), None)
    except TypeError:
        raise KeyUnreadable(reason="it is locked by a passphrase; paste it unlocked") from None
    except Exception:  # cryptography raises its own, OpenSSL's and ValueError; none of their texts may be shown.
        raise KeyUnreadable(reason="there is no private key in PEM in it") from None
    if not isinstance(key, RSAPrivateKey):
        raise KeyUnreadable(reason="RS256 signs with an RSA key, and this is another kind")
    return key
