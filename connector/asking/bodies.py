"""Request bodies of each kind a call can have (S5); every value in them is data (S8)."""

import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import quote_plus

from connector.asking.errors import BadValue, CannotBuild
from connector.asking.json_template import fill_json
from connector.asking.placeholders import IN_TEXT, LEFT_OUT, Row, fill, is_blank, text_of
from connector.asking.table import Table

# The most bytes in one body, which is held in memory with all files of its form.
MOST = 50 * 2**20
# How a text refers to a file stored on this server: by its address.
_ADDRESS = re.compile(r"(?:https?://[^/\s]+)?/files/(fl_[a-z0-9]+)(?:/[^/\s]*)?")
# Characters that some reader takes for the end of a quoted name in a part's headers.
_UNQUOTABLE = re.compile(r'["\\\x00-\x1f\x7f]')

# A body and its content type, unless the author sets another.
Built: TypeAlias = tuple[bytes | None, str]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as a form sends it."""

    name: str
    content_type: str
    data: bytes


Files: TypeAlias = Mapping[str, Upload]


def body_of(kind: str, template: str, table: Table, files: Files) -> Built:
    """Build the body of one kind. `files` are by key, for the keys that `file_keys` returns. Raises CannotBuild."""
    if kind not in _KINDS:
        raise CannotBuild("There is no kind of body named {kind}.", kind=kind)
    body, content_type = _KINDS[kind](template, table, files)
    if body is not None and len(body) > MOST:
        raise CannotBuild(f"The body is larger than {MOST >> 20} MB.")
    return body, content_type


def file_keys(value: Any) -> Iterator[str]:
    """The keys of the files that a value refers to: the file of a form's row, or a text that is a file's address."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield inner if isinstance(inner, str) and inner.startswith("fl_") else ""
            yield from file_keys(inner)
    elif isinstance(value, str) and (found := _ADDRESS.fullmatch(value.strip())):
        yield found[1]


def _none(template: str, table: Table, files: Files) -> Built:
    return None, ""


def _json(template: str, table: Table, files: Files) -> Built:
    return (fill_json(template, table.parameter), "application/json") if template.strip() else (None, "")


def _raw(template: str, table: Table, files: Files) -> Built:
    text = fill(template, IN_TEXT, table.parameter)
    return (text.encode("utf-8", "replace"), "text/plain; charset=utf-8") if template.strip() else (None, "")


def _form(template: str, table: Table, files: Files) -> Built:
    pairs = []
    for row in table.of("form"):
        value = table.value(row, IN_TEXT)
        if isinstance(value, Mapping) and row.file:
            raise BadValue(parameter=row.name, reason="a file goes in form data only")
        if value is not LEFT_OUT:
            pairs.append(f"{quote_plus(text_of(row.name))}={quote_plus(text_of(value))}")
    return "&".join(pairs).encode(), "application/x-www-form-urlencoded"


def _multipart(template: str, table: Table, files: Files) -> Built:
    """Form data (RFC 7578) with its names quoted as browsers do, in UTF-8. The boundary is random."""
    boundary = f"streamwright-{secrets.token_hex(16)}"
    parts = [part for row in table.of("form") if (part := _part(row, table.value(row, IN_TEXT), files)) is not None]
    body = b"".join(b"--%s\r\n%s\r\n" % (boundary.encode(), part) for part in parts)
    return body + b"--%s--\r\n" % boundary.encode(), f"multipart/form-data; boundary={boundary}"


def _part(row: Row, value: Any, files: Files) -> bytes | None:
    if value is LEFT_OUT:
        return None
    head = f'Content-Disposition: form-data; name="{_quoted(row.name, row.name)}"'
    if not row.file or is_blank(value):
        return f"{head}\r\n\r\n{text_of(value)}".encode()
    key = next(filter(None, file_keys(value)), "")
    if key not in files:
        raise BadValue(parameter=row.name, reason="it is not a file of this app; choose the file again")
    file = files[key]
    head += f'; filename="{_quoted(file.name, row.name)}"\r\nContent-Type: {file.content_type}'
    return head.encode() + b"\r\n\r\n" + file.data


def _quoted(name: str, parameter: str) -> str:
    """A name as it appears in quotes. Names that parsers of form data read in different ways are refused."""
    if _UNQUOTABLE.search(name):
        raise BadValue(parameter=parameter, reason="its name holds a quote, a backslash or a line break")
    return text_of(name)


_KINDS: dict[str, Callable[[str, Table, Files], Built]] = {
    "none": _none,
    "json": _json,
    "form": _form,
    "multipart": _multipart,
    "raw": _raw,
}
