"""An authority that vouches for services and clients, for tests of TLS."""

import datetime
from ipaddress import IPv4Address

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID

DAY = datetime.timedelta(days=1)


class Authority:
    """`pem` is its own certificate, which vouches for itself."""

    def __init__(self, name: str = "Acme authority"):
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _named(name)
        made = self._builder(self._name, self._key, DAY)
        made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        made = made.add_extension(_signs_certificates(), critical=True)
        self.pem = made.sign(self._key, hashes.SHA256()).public_bytes(Encoding.PEM).decode()

    def vouch(self, name: str, passphrase: str = "", good_for: datetime.timedelta = DAY, key=None) -> tuple[str, str]:
        """A certificate in this name and for 127.0.0.1, and its private key, both in PEM."""
        key = key or ec.generate_private_key(ec.SECP256R1())
        made = self._builder(_named(name), key, good_for).add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False
        )
        whose = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        made = made.add_extension(whose, critical=False)
        locked = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
        return (
            made.sign(self._key, hashes.SHA256()).public_bytes(Encoding.PEM).decode(),
            key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked).decode(),
        )

    def _builder(self, name, key, good_for):
        now = datetime.datetime.now(datetime.UTC)
        serial = x509.random_serial_number()
        made = x509.CertificateBuilder(self._name, name, key.public_key(), serial, now - 2 * DAY, now + good_for)
        # Python 3.13 and later wants what RFC 5280 asks for.
        return made.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)


def _signs_certificates() -> x509.KeyUsage:
    signs = dict.fromkeys(("key_cert_sign", "crl_sign"), True)
    others = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement")
    return x509.KeyUsage(**signs, **dict.fromkeys((*others, "encipher_only", "decipher_only"), False))


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
