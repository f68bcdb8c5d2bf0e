"""TLS: which certificates calls trust, and the client certificate they present if a service asks for one (S4)."""

import os
import ssl
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import certifi
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from connector.sending.auth_errors import CertificateUnreadable

_KEY_MARK = "PRIVATE KEY-----"


@dataclass(frozen=True, slots=True)
class Certificate:
    """A client certificate in PEM with its chain, and its private key."""

    chain: str = field(repr=False)
    key: str = field(repr=False)
    passphrase: str = field(default="", repr=False)


@lru_cache(maxsize=64)
def context(certificate: Certificate | None = None) -> ssl.SSLContext:
    """Trusts the system's certificates and Mozilla's, since slim images have none of their own. Raises
    CertificateUnreadable if the client certificate cannot be used."""
    made = ssl.create_default_context()
    made.load_verify_locations(certifi.where())
    made.set_alpn_protocols(["http/1.1"])
    if certificate is not None:
        _show(made, certificate)
    return made


def read(certificate: Certificate) -> x509.Certificate:
    """The certificate itself, once it is known to match its key. Raises CertificateUnreadable, which names the wrong
    field and never what is in it."""
    found = read_chain(certificate.chain)[0]
    key = _private_key(certificate)
    own, shown = (
        public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        for public in (key.public_key(), found.public_key())
    )
    if own != shown:
        raise CertificateUnreadable(field="private_key", reason="the private key belongs to another certificate")
    return found


def read_chain(pem: str) -> list[x509.Certificate]:
    """The certificates in a text, the client's own first. Raises CertificateUnreadable."""
    if _KEY_MARK in pem:
        raise CertificateUnreadable(field="certificate", reason="it holds a private key, which has a field of its own")
    try:
        return x509.load_pem_x509_certificates(pem.encode())
    except ValueError:
        raise CertificateUnreadable(field="certificate", reason="there is no certificate in PEM in it") from None


def _private_key(certificate: Certificate) -> RSAPrivateKey | EllipticCurvePrivateKey:
    locked = "ENCRYPTED" in certificate.key
    if locked and not certificate.passphrase:
        raise CertificateUnreadable(field="passphrase", reason="the private key is locked by a passphrase")
    try:
        key = load_pem_private_key(certificate.key.encode(), certificate.passphrase.encode() if locked else None)
    except Exception:  # cryptography raises its own, OpenSSL's and ValueError; none of their texts may be shown.
        wrong = "passphrase" if locked else "private_key"
        reason = "the passphrase does not open the private key" if locked else "there is no private key in PEM in it"
        raise CertificateUnreadable(field=wrong, reason=reason) from None
    if not isinstance(key, RSAPrivateKey | EllipticCurvePrivateKey):
        raise CertificateUnreadable(field="private_key", reason="its kind of key is not one that TLS shows")
    return key


def _show(made: ssl.SSLContext, certificate: Certificate) -> None:
    """Python loads client certificates from files only. For that moment the key on disk is encrypted with a passphrase
    that is never written anywhere."""
    read(certificate)
    passphrase = os.urandom(32).hex()
    locked = _private_key(certificate).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase.encode())
    )
    chain = b"".join(each.public_bytes(Encoding.PEM) for each in read_chain(certificate.chain))
    with TemporaryDirectory() as folder:
        place = Path(folder, "client.pem")
        place.write_bytes(chain + locked)
        made.load_cert_chain(place, password=passphrase)
