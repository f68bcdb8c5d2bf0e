"""Headers: which ones an author may set, what their values may contain, and which are secret by their name."""

import re

from connector.asking.errors import BadHeader

# These belong to the connection, not to the call: set by an author they could smuggle a second request (RFC 9112).
REFUSED = {
    "host",
    "content-length",
    "transfer-encoding",
    "connection",
    "keep-alive",
    "upgrade",
    "te",
    "trailer",
    "expect",
}
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_SECRET_NAME = re.compile(
    r"(^|[^a-z])(auth(orization|entication)?|(api|app|access)?-?_?(key|token)|secret|cookie|password|passwd|pwd|sig(nature)?)([^a-z]|$)",
    re.IGNORECASE,
)
_LONGEST = 16_384


def header_name(name: str) -> str:
    """Return a header's name if an author may set it; raises BadHeader otherwise."""
    if not _NAME.fullmatch(name):
        raise BadHeader(header=repr(name[:40]), reason="its name holds a character no header's name may")
    if name.lower() in REFUSED or name.lower().startswith("proxy-"):
        raise BadHeader(header=name, reason="it belongs to the connection and is set by the server")
    return name


def header_value(name: str, text: str) -> bytes:
    """A header's value as UTF-8. Line breaks and other control characters are refused (S8), because the service would
    receive another value. Surrounding blanks are not part of it (RFC 9110, 5.5)."""
    if _CONTROL.search(text):
        raise BadHeader(header=name, reason="its value holds a line break or another control character")
    value = text.strip(" \t").encode("utf-8", "replace")
    if len(value) > _LONGEST:
        raise BadHeader(header=name, reason=f"its value is longer than {_LONGEST} bytes")
    return value


def secret_value(name: str, text: str) -> str:
    """A secret as a header's value. A line break or an unsuitable character is refused rather than removed: it would
    become another secret. The error names the header, never the value."""
    text = text.strip()
    if _CONTROL.search(text) or not text.isascii():
        raise BadHeader(header=name, reason="the saved key holds a line break or a character that no key has")
    return text


def is_secret(name: str) -> bool:
    """Whether a header or query parameter has to be masked, judging by its name."""
    return bool(_SECRET_NAME.search(name))
