"""The HTTP library's errors in words, recognised by the types in an error's chain, never by its text.

The text of such an error may contain a header with a key in it, or a URL with its query; none of it is ever passed on.
"""

import errno
import socket
import ssl
from collections.abc import Iterator
from typing import Any

import aiohttp
from aiohttp import http_exceptions

from connector.asking.request import Request
from connector.errors import (
    BrokenOff,
    ClosedUnanswered,
    ConnectionRefused,
    ConnectorError,
    NameUnknown,
    NoAnswer,
    NotHttp,
    NotSecure,
)
from connector.sending.auth_errors import CertificateRefused
from connector.spending.limits import Limits

_NETWORK = (aiohttp.ClientError, http_exceptions.HttpProcessingError, OSError)
_REASONS = {
    errno.EHOSTUNREACH: "there is no way to the host",
    errno.ENETUNREACH: "there is no way to the network",
    errno.ETIMEDOUT: "the host did not respond",
    errno.ECONNRESET: "the host closed it at once",
}
# How a service rejects a client certificate in the TLS handshake (RFC 8446, 6.2), by part of OpenSSL's name for it.
_ALERTS = {
    "CERTIFICATE_REQUIRED": "it wants to see one",
    "HANDSHAKE_FAILURE": "it does not accept it, or wants to see one",
    "UNKNOWN_CA": "it does not know who vouches for it",
    "CERTIFICATE_EXPIRED": "it has expired",
    "CERTIFICATE_REVOKED": "it was revoked",
    "CERTIFICATE": "it does not accept it",
}


def in_words(error: Exception, request: Request, limits: Limits | None = None, answered: bool = False) -> Exception:
    """Our error for one of the library's; our own errors and programming mistakes are returned unchanged."""
    if isinstance(error, ConnectorError):
        return error
    where: dict[str, Any] = {
        "service": request.service or None,
        "host": request.address.host,
        "port": request.address.port,
    }

    def cause(*kinds: type[BaseException]) -> Any:
        return next((link for link in _chain(error) if isinstance(link, kinds)), None)

    if own := cause(ConnectorError):
        return own
    if not cause(*_NETWORK):
        return error
    if answered:
        return BrokenOff(**where)
    if cause(http_exceptions.LineTooLong):
        return NotHttp(reason="Its headers are larger than 64 KB", **where)
    if cause(aiohttp.ConnectionTimeoutError):
        return (limits or Limits()).crossed("connect", request.service)
    if cause(aiohttp.ClientConnectorDNSError, socket.gaierror):
        return NameUnknown(**where)
    if message := next((link.verify_message for link in _chain(error) if hasattr(link, "verify_message")), ""):
        return NotSecure(reason=message.rstrip("."), **where)
    if alert := next((alert for link in _chain(error) for alert in _alerts(link)), ""):
        wanted = None if request.auth.certificate else "{service} wants a client certificate."
        return CertificateRefused(wanted, reason=_ALERTS[alert], **where)
    if cause(ssl.SSLError, aiohttp.ClientSSLError):
        return NotSecure(reason="the other side does not speak TLS as it should", **where)
    if connecting := cause(aiohttp.ClientConnectorError):
        return _not_connected(connecting.os_error.errno, where)
    if cause(http_exceptions.HttpProcessingError, aiohttp.ClientResponseError):
        return NotHttp(reason="Its answer is not HTTP", **where)
    return ClosedUnanswered(**where)


def _not_connected(number: int | None, where: dict[str, Any]) -> NoAnswer:
    if number == errno.ECONNREFUSED:
        return ConnectionRefused(**where)
    return NoAnswer(reason=_REASONS.get(number or 0, "the network refused it"), **where)


def _alerts(error: BaseException) -> Iterator[str]:
    """What the other side said about a client certificate, if this error is where it did."""
    said = getattr(error, "reason", None) or "" if isinstance(error, ssl.SSLError) else ""
    yield from (alert for alert in _ALERTS if "ALERT" in said and alert in said)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: list[BaseException] = []
    while error is not None and error not in seen:
        seen.append(error)
        yield error
        error = error.__cause__ or error.__context__
