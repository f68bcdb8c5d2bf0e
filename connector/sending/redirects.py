"""Redirects: followed only where an author wants it, and never with anything secret to another origin (P23)."""

from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from connector.asking.address import Address, read
from connector.asking.request import Request
from connector.auth import auth
from connector.errors import BadAddress, RedirectNotSecure, RedirectRefused
from connector.masking import mask

MOST_HOPS = 3
_STATUSES = {301, 302, 303, 307, 308}
# What another origin may be told of a call; all else an author wrote for the first one.
_PLAIN = {"accept", "accept-language", "accept-encoding", "user-agent"}


def is_redirect(status: int, location: str | None) -> bool:
    """Whether an answer says to ask elsewhere."""
    return status in _STATUSES and bool(location)


def onward(request: Request, status: int, location: str | None) -> Request | None:
    """What is asked next when a request is answered with a redirect and follows it; None when this is the answer.

    As the Fetch Standard has it, 303 turns into a GET, and so does a POST on 301 and 302. Raises RedirectRefused where
    a body or a secret would go to another origin, or where the way on is not encrypted as the way here was.
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
        # A key in the URL, carried along by the service itself.
        raise RedirectRefused(service=request.service or None, to=to.origin)
    if body is not None:
        raise RedirectRefused(service=request.service or None, to=f"{to.origin}{to.path}")
    plain = [pair for pair in headers if pair[0].lower() in _PLAIN]
    return replace(request, method=method, address=to, headers=plain, body=None, auth=auth["none"].using(None, {}))


def leads_to(request: Request, location: str) -> str:
    """Where a redirect leads, without its query, which may hold what is nobody's business."""
    parts = urlsplit(urljoin(request.url, location))
    return f"{parts.scheme}://{parts.hostname or ''}{parts.path}"


def _target(request: Request, location: str) -> Address:
    try:
        return read(urljoin(request.url, location.strip()))
    except (BadAddress, ValueError):
        raise RedirectRefused(service=request.service or None, to="an address that cannot be read") from None
