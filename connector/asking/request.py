"""From a call's document and its values to the request: pure, and either right or refused with a reason (S6–S8)."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote, unquote

from builder.document import Body, Node
from connector.asking.address import Address, joined, read
from connector.asking.bodies import Files, body_of
from connector.asking.errors import BadAddress, BadValue, CannotBuild
from connector.asking.headers import header_name, header_value, is_secret
from connector.asking.placeholders import IN_QUERY, IN_TEXT, IN_URL, LEFT_OUT, fill, rows, text_of
from connector.asking.table import Table
from connector.auth import Scheme, auth
from connector.masking import MASK, mask, mask_part

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD")
_SPLIT = re.compile(r"(?P<front>[^/?#]+://[^/?#]*)(?P<path>[^?#]*)(\?(?P<query>[^#]*))?(#.*)?", re.DOTALL)
# A shorter text under a secret-looking name may just as well be a count of tokens.
_SHORTEST_SECRET = 12
# How many characters of a body are kept with a capture.
_KEPT = 65_536

# An API's secrets, or what opens them for an origin, such as `Credential.open_for` (which refuses any other origin).
Unlock = Mapping[str, str] | Callable[[str], Mapping[str, str]] | None


@dataclass(slots=True)
class Request:
    """What is sent. Headers are (name, value) in order; `auth` signs the request on its way out, so sealed secrets are
    in no header here. `secrets` are the texts to mask in anything that results from it; more are added when tokens are
    obtained on the way. Its repr shows neither query nor headers."""

    method: str
    address: Address
    headers: list[tuple[str, bytes]]
    body: bytes | None
    auth: Scheme
    service: str = ""
    secrets: list[str] = field(default_factory=list)
    # Whether a redirect is followed (P23).
    redirects: bool = False

    @property
    def url(self) -> str:
        """The whole URL with its query: for sending, not for showing."""
        return self.address.url

    def header(self, name: str) -> str | None:
        """A header's value, whatever the case of its name."""
        return next((value.decode() for key, value in self.headers if key.lower() == name.lower()), None)

    def summary(self) -> dict[str, Any]:
        """The request as it may be stored and shown to the author: secrets masked, the body's first 64 KB."""
        shown = [
            [name, MASK if is_secret(name) else mask(value.decode(), self.secrets)] for name, value in self.headers
        ]
        query = "&".join(_masked_pair(pair) for pair in self.address.query.split("&"))
        url = f"{self.address.origin}{self.address.path}{'?' if query else ''}{query}"
        body = (self.body or b"")[: 2 * _KEPT].decode("utf-8", "replace")
        return {
            "method": self.method,
            "url": mask(url, self.secrets),
            "headers": shown,
            "body": mask_part(body, self.secrets, 0, _KEPT),
        }

    def __repr__(self) -> str:
        return f"<Request {self.method} {self.address.origin}{self.address.path}>"


def build(
    document: Body,
    call: str,
    values: Mapping[str, Any],
    credential: Unlock = None,
    resolve: Callable[[str], str] = str,
    files: Files | None = None,
) -> Request:
    """Build the request for one call of an API's document.

    `values` are by parameter name or row id; private rows ignore them. `resolve` turns a URL with a scheme unknown to
    the connector into an http or https one. `files` are the uploads in its form, by key. Raises CannotBuild before
    anything is sent, and SecretElsewhere if the call leads to another origin than the one its secret was saved for.
    """
    root, node = document["nodes"][document["root"]], document["nodes"][call]
    props = node["props"]
    found = rows(document, call)
    table = Table(found, values)
    method = (props.get("method") or "GET").upper()
    if method not in METHODS:
        raise CannotBuild("{method} is not a method that a call can have.", method=method, service=root["name"])
    url = joined(root["props"].get("base_url") or "", props.get("path") or "")
    address = _address(resolve(_with_host(url, table)), table)
    headers = _headers(table)
    body, content_type = body_of(props.get("body_kind") or "none", props.get("body") or "", table, files or {})
    present = {name.lower() for name, _ in headers}
    for name, value in (("Content-Type", content_type), ("Accept", "*/*"), ("Accept-Encoding", "identity")):
        if value and name.lower() not in present:
            headers.append((name, value.encode()))
    signed = _signed(root, address, credential)
    signed.known.extend(_typed_secrets(headers, address, table))
    redirects = bool(props.get("redirects"))
    return Request(method, address, headers, body, signed, root["name"], signed.known, redirects)


def signed_again(request: Request, document: Body, credential: Unlock) -> Request:
    """The same request, authenticated with the secrets of now. All that were ever used are masked. Raises CannotBuild
    and SecretElsewhere."""
    signed = _signed(document["nodes"][document["root"]], request.address, credential)
    request.secrets[:] = dict.fromkeys((*request.secrets, *signed.known))
    signed.known = request.secrets
    return replace(request, auth=signed)


def _signed(root: Node, address: Address, credential: Unlock) -> Scheme:
    """An API's authentication with its secrets, for calls to an address."""
    chosen = root["props"].get("auth") or {}
    scheme = auth[chosen.get("scheme") or "none"]
    options = chosen.get("options") or {}
    opened = None
    if scheme.needs_secrets:
        opened = credential(scheme.goes_to(address.origin, options)) if callable(credential) else credential
    return scheme.using(opened, options, root["name"])


def _with_host(template: str, table: Table) -> str:
    """The call's URL with the placeholders in its host filled in; only private ones are allowed there."""
    if IN_URL.match(template):
        template = IN_URL.sub(lambda found: table.private(found[1]), template, count=1)
    front = _SPLIT.fullmatch(template)
    if front:
        return IN_URL.sub(lambda found: table.private(found[1]), front["front"]) + template[front.end("front") :]
    return template


def _address(template: str, table: Table) -> Address:
    """The template's path and query with each value percent-encoded as one component (S8), followed by the query
    rows."""
    parts = _SPLIT.fullmatch(template)
    if not parts:
        raise BadAddress(reason="it does not begin with https://" if template else "there is none")
    path = "/".join(_segment(segment, table) for segment in parts["path"].split("/"))
    pairs = [_pair(pair, table) for pair in (parts["query"] or "").split("&") if pair]
    for row in table.of("query"):
        text = table.text(row, IN_QUERY)
        pairs.append(None if text is None else f"{_component(text_of(row.name))}={_component(text)}")
    query = "&".join(pair for pair in pairs if pair is not None)
    return read(f"{parts['front']}{path}{'?' if query else ''}{query}")


def _segment(template: str, table: Table) -> str:
    filled = fill(template, IN_URL, table.parameter, _component)
    if filled != template and unquote(filled) in (".", ".."):
        raise BadValue(parameter=template, reason="a step of a path may not be . or ..")
    return filled


def _pair(template: str, table: Table) -> str | None:
    """One `name=value` of a query written into the URL; None if its value is an optional placeholder left blank."""
    _, equals, value = template.partition("=")
    if table.alone(value if equals else template, IN_URL) is LEFT_OUT:
        return None
    return fill(template, IN_URL, table.parameter, _component)


def _component(text: str) -> str:
    return quote(text, safe="")


def _headers(table: Table) -> list[tuple[str, bytes]]:
    headers = []
    for row in table.of("headers"):
        name, text = header_name(row.name.strip()), table.text(row, IN_TEXT)
        if text is not None:
            headers.append((name, header_value(name, text)))
    return headers


def _typed_secrets(headers: list[tuple[str, bytes]], address: Address, table: Table) -> list[str]:
    """Secrets typed where nothing is sealed: values of headers, query pairs, form fields and parameters that are secret
    by their name."""
    pairs = [(name, value.decode()) for name, value in headers]
    pairs += [
        (unquote(name), unquote(value)) for name, _, value in (p.partition("=") for p in address.query.split("&"))
    ]
    for row in (*table.of("form"), *table.of("parameters")):
        with suppress(CannotBuild):  # One without a value that this call does without.
            pairs.append((row.name, table.text(row, IN_TEXT) or ""))
    texts = [text for name, value in pairs if is_secret(name) for text in (value, value.split(" ")[-1])]
    return [text for text in texts if len(text) >= _SHORTEST_SECRET]


def _masked_pair(pair: str) -> str:
    name, equals, _ = pair.partition("=")
    return f"{name}{equals}{MASK}" if equals and is_secret(unquote(name)) else pair
