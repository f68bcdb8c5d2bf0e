"""URLs of services, parsed in one strict way, so that no two readers of a URL can disagree about its host."""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

import idna

from connector.asking.errors import BadAddress

_PARTS = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<authority>[^/?#]*)(?P<path>[^?#]*)(\?(?P<query>[^#]*))?(#.*)?"
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_AUTHORITY = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^:@\[\]\\%\s]+)(:(?P<port>[0-9]{1,5}))?")
_NAME = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9_])?\.?")
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")
_PORTS = {"http": 80, "https": 443}
# What may appear unencoded in a path or a query (RFC 3986), and % because the author may have encoded it already.
_PATH_SAFE = "/%:@!$&'()*+,;=~[]"
_QUERY_SAFE = _PATH_SAFE + "?"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a call goes. `host` is ASCII and lower case, IPv6 without brackets; `path` and `query` are encoded."""

    scheme: str
    host: str
    port: int
    path: str = "/"
    query: str = ""

    @property
    def origin(self) -> str:
        """`scheme://host:port`, the port always written: what a secret belongs to (S4)."""
        return f"{self.scheme}://{self._bracketed}:{self.port}"

    @property
    def url(self) -> str:
        """The address as an ASCII string, with the port only if it is not the scheme's default."""
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{self._bracketed}{port}{self.path}{'?' if self.query else ''}{self.query}"

    @property
    def _bracketed(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host


def read(url: str) -> Address:
    """Parse a URL. Raises BadAddress with a reason for anything unusual: another scheme, credentials before the host,
    blanks, backslashes, a path that climbs."""
    if _UNSAFE.search(url):
        raise BadAddress(reason="it holds a blank, a line break or a backslash")
    found = _PARTS.fullmatch(url)
    if not found:
        raise BadAddress(reason="it does not begin with https://")
    scheme = found["scheme"].lower()
    if scheme not in _PORTS:
        raise BadAddress(reason="only http and https are called")
    host, port = _authority(found["authority"], _PORTS[scheme])
    path = quote(found["path"], safe=_PATH_SAFE) or "/"
    if any(unquote(segment) in (".", "..") for segment in path.split("/")):
        raise BadAddress(reason="its path holds . or .. as a step")
    return Address(scheme, host, port, path, quote(found["query"] or "", safe=_QUERY_SAFE))


def origin(url: str) -> str:
    """`scheme://host:port` of a URL, with the port always included."""
    return read(url).origin


def is_whole(url: str) -> bool:
    """Whether a URL, as typed, is absolute: it begins with a scheme, even if it is the wrong one."""
    return bool(_SCHEME.match(url)) or "://" in url.partition("?")[0]


def joined(base: str, path: str) -> str:
    """A call's URL: its path appended to the API's base, unless one of them is complete by itself."""
    base, path = base.strip(), path.strip()
    if not base or not path or is_whole(path):
        return path or base
    return base + path if path.startswith("?") else f"{base.rstrip('/')}/{path.lstrip('/')}"


def _authority(text: str, port: int) -> tuple[str, int]:
    if "@" in text:
        raise BadAddress(reason="a name or password stands before the host; use authentication for it")
    found = _AUTHORITY.fullmatch(text)
    if not found:
        raise BadAddress(reason="its host cannot be read")
    if found["port"]:
        port = int(found["port"])
    if not 0 < port < 65536:
        raise BadAddress(reason="there is no such port")
    return _host(found["host"]), port


def _host(text: str) -> str:
    if text.startswith("["):
        return text[1:-1].lower()
    try:
        name = text if text.isascii() else idna.encode(text, uts46=True).decode()
    except idna.IDNAError:
        raise BadAddress(reason="its host is not a name on the internet") from None
    if len(name) > 253 or not _NAME.fullmatch(name) or ".." in name:
        raise BadAddress(reason="its host is not a name on the internet")
    return name.lower().rstrip(".")
