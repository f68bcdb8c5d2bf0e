"""From a call's document and its values to what is sent: pure, and either right or refused in words (S6–S8)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, quote_plus, unquote

from builder.document import Body
from connector.address import Address, read
from connector.auth import Scheme, auth
from connector.errors import BadAddress, BadValue, CannotBuild
from connector.headers import header_name, header_value, is_secret
from connector.json_template import fill_json
from connector.masking import MASK, mask
from connector.placeholders import IN_QUERY, IN_TEXT, IN_URL, LEFT_OUT, Authored, Row, fill, only, rows, text_of

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD")
_SPLIT = re.compile(r"(?P<front>[^/?#]+://[^/?#]*)(?P<path>[^?#]*)(\?(?P<query>[^#]*))?(#.*)?", re.DOTALL)
# Shorter texts are as likely a number of tokens as a token.
_SHORTEST_SECRET = 12

# The secrets of an API, or what opens them for an origin, such as `Credential.open_for` (which refuses another origin).
Unlock = Mapping[str, str] | Callable[[str], Mapping[str, str]] | None


@dataclass(slots=True)
class Request:
    """What is sent. Headers as (name, value) in order; `auth` signs it on its way out, so that what is sealed is in no
    header here. `secrets` are the texts to mask in whatever comes of it. Its repr shows neither query nor header."""

    method: str
    address: Address
    headers: list[tuple[str, bytes]]
    body: bytes | None
    auth: Scheme
    service: str = ""
    secrets: tuple[str, ...] = field(default=())

    @property
    def url(self) -> str:
        """The whole address, with the query: for sending, not for showing."""
        return self.address.url

    def header(self, name: str) -> str | None:
        """A header's value, whatever the case of its name."""
        return next((value.decode() for key, value in self.headers if key.lower() == name.lower()), None)

    def summary(self) -> dict[str, Any]:
        """The request as it may be kept and shown to the author: secrets masked, the body's first 64 KB as text."""
        shown = [
            [name, MASK if is_secret(name) else mask(value.decode(), self.secrets)] for name, value in self.headers
        ]
        query = "&".join(_masked_pair(pair) for pair in self.address.query.split("&"))
        url = f"{self.address.origin}{self.address.path}{'?' if query else ''}{query}"
        body = (self.body or b"")[:65_536].decode("utf-8", "replace")
        return {
            "method": self.method,
            "url": mask(url, self.secrets),
            "headers": shown,
            "body": mask(body, self.secrets),
        }

    def __repr__(self) -> str:
        return f"<Request {self.method} {self.address.origin}{self.address.path}>"


def build(
    document: Body,
    call: str,
    values: Mapping[str, Any],
    credential: Unlock = None,
    resolve: Callable[[str], str] = str,
) -> Request:
    """The request of one call of an API document.

    `values` are by parameter name or row id; a private row ignores them. `resolve` turns a URL of a scheme the
    connector does not know into one of http or https. Raises CannotBuild before anything is sent, SecretElsewhere when
    the call leads to another origin than the one its secret was saved for.
    """
    root, node = document["nodes"][document["root"]], document["nodes"][call]
    props = node["props"]
    table = _Table(rows(document, call), values)
    method = (props.get("method") or "GET").upper()
    if method not in METHODS:
        raise CannotBuild("{method} is no method a call can have.", method=method, service=root["name"])
    address = _address(resolve(_joined(root["props"].get("base_url") or "", props.get("path") or "", table)), table)
    headers = _headers(table)
    kind = props.get("body_kind") or "none"
    body, content_type = _body(kind, props.get("body") or "", table)
    present = {name.lower() for name, _ in headers}
    for name, value in (("Content-Type", content_type), ("Accept", "*/*"), ("Accept-Encoding", "identity")):
        if value and name.lower() not in present:
            headers.append((name, value.encode()))
    chosen = root["props"].get("auth") or {}
    scheme = auth[chosen.get("scheme") or "none"]
    opened = (credential(address.origin) if callable(credential) else credential) if scheme.needs_secrets else None
    signed = scheme.using(opened, chosen.get("options") or {}, root["name"])
    secrets = [*(opened or {}).values(), *_typed_secrets(headers, address)]
    return Request(method, address, headers, body, signed, root["name"], tuple(secrets))


class _Table:
    """The rows of one call and the value each gets, picked once."""

    def __init__(self, found: list[Row], values: Mapping[str, Any]):
        self._rows = {(row.slot, row.name): row for row in found}
        self._values = values
        self._picked: dict[str, Any] = {}

    def of(self, slot: str) -> list[Row]:
        """The rows of one slot; those still without a name are not sent."""
        return [row for (kind, name), row in self._rows.items() if kind == slot and name]

    def parameter(self, name: str) -> Any:
        """The value of a placeholder. Raises KeyError for a name without a row that no value was given for."""
        row = self._rows.get(("parameters", name))
        return self.pick(row) if row else self._values[name]

    def private(self, name: str) -> str:
        """The value of a placeholder that may decide where a call goes: the author's own."""
        row = self._rows.get(("parameters", name))
        if row is None or not row.private:
            raise BadAddress(reason=f"[{name}] stands in its host and is no private parameter")
        return row.value

    def pick(self, row: Row) -> Any:
        """What is sent for a row."""
        if row.id not in self._picked:
            self._picked[row.id] = row.pick(self._values)
        return self._picked[row.id]

    def text(self, row: Row, pattern: re.Pattern[str]) -> str | None:
        """The text of a header or query row with its placeholders filled in; None when it is left out. A value that
        was given for the row itself is data: what looks like a placeholder in it is none."""
        value = self.pick(row)
        if value is LEFT_OUT or not isinstance(value, Authored):
            return None if value is LEFT_OUT else text_of(value)
        name = only(value, pattern)
        try:
            if name and self.parameter(name) is LEFT_OUT:
                return None
        except KeyError:
            pass  # No parameter: it stays as it stands.
        return fill(value, pattern, self.parameter)


def _joined(base: str, path: str, table: _Table) -> str:
    """The call's URL as a template. Only private placeholders may stand where the host is; they are filled in here."""
    base, path = base.strip(), path.strip()
    if (IN_URL.match(path) and not base) or "://" in path.split("?")[0]:
        base, path = path, ""
    base = IN_URL.sub(lambda found: table.private(found[1]), base, count=1) if IN_URL.match(base) else base
    front = _SPLIT.fullmatch(base)
    if front:
        base = IN_URL.sub(lambda found: table.private(found[1]), front["front"]) + base[front.end("front") :]
    if not path or path.startswith("?"):
        return base + path
    return f"{base.rstrip('/')}/{path.lstrip('/')}"


def _address(template: str, table: _Table) -> Address:
    """The template's path and query with each value percent-encoded as one component (S8), then the query rows."""
    parts = _SPLIT.fullmatch(template)
    if not parts:
        raise BadAddress(reason="it does not begin with https://" if template else "there is none")
    path = "/".join(_segment(segment, table) for segment in parts["path"].split("/"))
    pairs = [_pair(pair, table) for pair in (parts["query"] or "").split("&") if pair]
    for row in table.of("query"):
        text = table.text(row, IN_QUERY)
        pairs.append(None if text is None else f"{_component(row.name)}={_component(text)}")
    query = "&".join(pair for pair in pairs if pair is not None)
    return read(f"{parts['front']}{path}{'?' if query else ''}{query}")


def _segment(template: str, table: _Table) -> str:
    filled = fill(template, IN_URL, table.parameter, _component)
    if filled != template and unquote(filled) in (".", ".."):
        raise BadValue(parameter=template, reason="a step of a path may not be . or ..")
    return filled


def _pair(template: str, table: _Table) -> str | None:
    """One `name=value` of a query written into the URL; None when its value is an optional placeholder left blank."""
    _, equals, value = template.partition("=")
    name = only(value if equals else template, IN_URL)
    try:
        if name and table.parameter(name) is LEFT_OUT:
            return None
    except KeyError:
        pass  # No parameter: it stays as it stands.
    return fill(template, IN_URL, table.parameter, _component)


def _component(text: str) -> str:
    return quote(text, safe="")


def _headers(table: _Table) -> list[tuple[str, bytes]]:
    headers = []
    for row in table.of("headers"):
        name, text = header_name(row.name.strip()), table.text(row, IN_TEXT)
        if text is not None:
            headers.append((name, header_value(name, text)))
    return headers


def _body(kind: str, template: str, table: _Table) -> tuple[bytes | None, str]:
    """The body and the content type it has unless the author says another."""
    if kind == "none" or not template.strip():
        return None, ""
    if kind == "json":
        return fill_json(template, table.parameter), "application/json"
    if kind == "form":
        filled = [_form_pair(pair, table) for pair in template.strip().split("&")]
        return "&".join(pair for pair in filled if pair is not None).encode(), "application/x-www-form-urlencoded"
    if kind == "raw":
        return fill(template, IN_TEXT, table.parameter).encode("utf-8", "replace"), "text/plain; charset=utf-8"
    raise CannotBuild("There is no kind of body named {kind}.", kind=kind)


def _form_pair(template: str, table: _Table) -> str | None:
    name, _, value = template.partition("=")
    alone = only(value, IN_TEXT)
    try:
        if alone and table.parameter(alone) is LEFT_OUT:
            return None
    except KeyError:
        pass  # No parameter: it stays as it stands.
    return f"{quote_plus(fill(name, IN_TEXT, table.parameter))}={quote_plus(fill(value, IN_TEXT, table.parameter))}"


def _typed_secrets(headers: list[tuple[str, bytes]], address: Address) -> list[str]:
    """Secrets an author typed where they are not sealed: the values of headers and query pairs that say so by name."""
    pairs = [(name, value.decode()) for name, value in headers]
    pairs += [
        (unquote(name), unquote(value)) for name, _, value in (p.partition("=") for p in address.query.split("&"))
    ]
    texts = [text for name, value in pairs if is_secret(name) for text in (value, value.split(" ")[-1])]
    return [text for text in texts if len(text) >= _SHORTEST_SECRET]


def _masked_pair(pair: str) -> str:
    name, equals, _ = pair.partition("=")
    return f"{name}{equals}{MASK}" if equals and is_secret(unquote(name)) else pair
