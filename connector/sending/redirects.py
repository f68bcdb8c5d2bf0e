"""Redirects: followed only if the author wants it, and never with anything secret to another origin (P23)."""

from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from connector.asking.address import Address, read
from connector.asking.errors import BadAddress
from connector.asking.request import Request
from connector.auth import auth
from connector.errors import RedirectNotSecure, RedirectRefused
from connector.masking import mask

MOST_HOPS = 3
_STATUSES = {301, 302, 303, 307, 308}
# Headers that another origin may see; everything else was written for the first one.
_PLAIN = {"accept", "accept-language", "accept-encoding", "user-agent"}


def is_redirect(status: int, location: str | None) -> bool:
    """Whether a response redirects elsewhere."""
    return status in _STATUSES and bool(location)


def onward(request: Request, status: int, location: str | None) -> Request | None:
    """The request that follows a redirect; None if this is the final response.

    As in the Fetch Standard, 303 turns the request into a GET, and 301 and 302 do so with a POST. Raises
    RedirectRefused if a body or a secret would go to another origin, or if an encrypted request would continue
    unencrypted.
    """
    if not request.redirects or location is None or not is_redirect(status, location):
        return None
    to = _target(request, location)
    becomes_get = (status == 303 and request.method != "HEAD") or (status in (301, 302) and request.method == "POST")
    method, body = ("GET", None) if becomes_get else (request.method, request.body)
    headers = [pair for pair in request.headers if body is not None or not pair[0].lower().startswith("content-")]
    if to.origin == request.address.origin:
        return replace(request, method=method, address=to, headers=headers, body=body)
    if request.address.scheme == "https" and to.scheme != "https":
        raise RedirectNotSecure(service=request.service or None, to=to.origin)
    if mask(to.url, request.secrets) != to.url:
        # A key in the URL that the service itself carried along.
        raise RedirectRefused(service=request.service or None, to=to.origin)
    if body is not None:
        raise RedirectRefused(service=request.service or None, to=f"{to.origin}{to.path}")
    plain = [pair for pair in headers if pair[0].lower() in _PLAIN]
    return replace(request, method=method, address=to, headers=plain, body=None, auth=auth["none"].using(None, {}))


def leads_to(request: Request, location: str) -> str:
    """Where a redirect leads, without its query, which may contain private data."""
    parts = urlsplit(urljoin(request.url, location))
    return f"{parts.scheme}://{parts.hostname or ''}{parts.path}"


def _target(request: Request, location: str) -> Address:
    try:
        return read(urljoin(request.url, location.strip()))
    except (BadAddress, ValueError):
        raise RedirectRefused(service=request.service or None, to="an address that cannot be read") from None
