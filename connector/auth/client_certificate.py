"""A client certificate: the TLS connection itself proves who is calling, before anything is sent."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from cryptography.x509.oid import NameOID
from django import forms

from connector.auth import Scheme, auth
from connector.auth.fields import PemField, SecretField
from connector.sending import tls
from connector.sending.auth_errors import CertificateUnreadable, OptionWrong
from connector.sending.tls import Certificate


def _pem(label: str, content: str) -> str:
    return f"-----BEGIN {label}-----\n{content}\n-----END {label}-----"


@auth.register
class ClientCertificate(Scheme):
    name = "client_certificate"
    label = "Client certificate"
    hint = "Two PEM files: the certificate that the service signed or knows, and the private key to it."
    example = {
        "secrets": {
            "certificate": _pem("CERTIFICATE", "MIIBexample"),
            "private_key": _pem("PRIVATE KEY", "MIGHexample"),
            "passphrase": "pass_example_0123456789",
        },
        "options": {},
        "signs": {},
    }

    class Secrets(forms.Form):
        certificate = PemField(label="Certificate", help_text="From -----BEGIN CERTIFICATE, with those that follow it.")
        private_key = PemField(
            label="Private key", help_text="From -----BEGIN … PRIVATE KEY. Never leaves this server."
        )
        passphrase = SecretField(label="Passphrase", required=False, help_text="If the private key is locked by one.")

    def goes_to(self, origin: str, options: Any) -> str:
        if not origin.startswith("https:"):
            raise OptionWrong(option="URL", reason="A client certificate is shown over https only.")
        return origin

    @property
    def certificate(self) -> Certificate | None:
        return _certificate(self._secrets) if self._secrets else None

    def complaints(self, secrets: Mapping[str, str], options: Mapping[str, Any]) -> dict[str, str]:
        try:
            found = tls.read(_certificate(secrets))
        except CertificateUnreadable as error:
            return {error.data["field"]: f"This cannot be used: {error.data['reason']}."}
        if found.not_valid_after_utc < datetime.now(UTC):
            return {"certificate": f"It was good until {found.not_valid_after_utc:%-d %B %Y}. Ask for a new one."}
        return {}

    def hints(self, secrets: Mapping[str, str]) -> dict[str, str]:
        """Whose the certificate is and until when, which anybody who is presented with it can see. Nothing about the
        key."""
        found = tls.read(_certificate(secrets))
        names = found.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        owner = str(names[0].value)[:60] if names else "no name"
        return {"certificate": f"{owner}, until {found.not_valid_after_utc:%-d %B %Y}"}

    def shown(self, options: Mapping[str, Any]) -> str:
        return "Certificate of"


def _certificate(secrets: Mapping[str, str]) -> Certificate:
    return Certificate(secrets["certificate"], secrets["private_key"], secrets.get("passphrase") or "")
