"""What an import yields: an API with its calls, the same whether it came from cURL, OpenAPI or a preset."""

from dataclasses import dataclass, field
from typing import Any, Literal

from connector.errors import ConnectorError

Place = Literal["url", "query", "header", "body"]


class CannotImport(ConnectorError):
    """The input cannot be imported. The message never repeats what was pasted, since that may contain a key."""

    code = "cannot_import"
    status = 422
    sentence = "This cannot be imported: {reason}."


@dataclass
class DraftRow:
    """A header, a query parameter or a row of a form; `file` for a row that sends a file."""

    name: str
    value: str = ""
    private: bool = True
    optional: bool = False
    allow_blank: bool = False
    file: bool = False


@dataclass
class Parameter:
    """What `[name]` or `<name>` stands for; `value` is its test value."""

    name: str
    value: str = ""
    place: Place = "body"
    private: bool = True
    optional: bool = False
    allow_blank: bool = False


@dataclass
class Recording:
    """A response that comes with a call: each read with its time in seconds since the request."""

    reads: list[tuple[float, bytes]]
    content_type: str
    status: int = 200


@dataclass
class CallDraft:
    """One call. `path` is relative to the API's base URL; `fields` are as in a document, each with its name. `key` and
    `group` identify the operation in a description."""

    name: str
    method: str = "GET"
    path: str = ""
    headers: list[DraftRow] = field(default_factory=list)
    query: list[DraftRow] = field(default_factory=list)
    body_kind: str = "none"
    body: str = ""
    form: list[DraftRow] = field(default_factory=list)
    parameters: list[Parameter] = field(default_factory=list)
    response_type: str = "json"
    use_as: str = "action"
    limits: dict[str, float] = field(default_factory=dict)
    retries: int = 0
    stays_open: bool = False
    fields: list[dict[str, Any]] = field(default_factory=list)
    initialized: dict[str, Any] | None = None
    recording: Recording | None = None
    key: str = ""
    group: str = ""


@dataclass
class Draft:
    """An API as it will be. `secrets` will be sealed, by the field names of the scheme's form; they are in no repr and
    no document. `key_at` says in words where to get a key, `notes` what was left out and why."""

    name: str
    base_url: str = ""
    scheme: str = "none"
    options: dict[str, Any] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict, repr=False)
    headers: list[DraftRow] = field(default_factory=list)
    parameters: list[Parameter] = field(default_factory=list)
    calls: list[CallDraft] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    key_at: str = ""
