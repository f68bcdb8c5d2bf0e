"""A call as a cURL command that can be shown around: with its test values, and a variable for every secret (S9,
P24)."""

import json
import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any
from urllib.parse import quote, unquote

from builder.document import Body, children
from connector.asking.headers import is_secret
from connector.asking.placeholders import Authored
from connector.asking.request import Request, build
from connector.calls import resolve
from connector.importing.keys import looks_secret
from connector.importing.shell import MARK, marked
from connector.kinds.api import OF_ROWS

# Sent by cURL itself, or of no use to it.
_OWN = {"accept-encoding": None, "accept": b"*/*"}
# Holds the place of a missing value in a URL until it can be written as `{name}`.
_BLANK = re.compile("xblank([0-9]+)x")
_INDENT = " \\\n  "
Arguments = list[tuple[str, ...]]


def as_curl(api: Body, call: str) -> str:
    """The command that makes the same request as Initialize. A missing value appears as `<its name>`, a secret as a
    variable such as `$API_KEY`. Raises CannotBuild if the call itself is wrong."""
    shown, blanks = _with_blanks(api, call)
    root, props = shown["nodes"][shown["root"]], shown["nodes"][call]["props"]
    chosen = root["props"].get("auth") or {}
    root["props"]["auth"] = {"scheme": "none", "options": {}}
    rows = _form_rows(shown, call) if props.get("body_kind") == "multipart" else []
    if rows:
        shown["nodes"][call]["slots"].pop("form")
    request = build(shown, call, _values(shown, call), None, resolve)
    key, query = _authentication(chosen.get("scheme") or "none", chosen.get("options") or {})
    arguments = [*_method(request, props, bool(rows)), (_url(request, query, blanks),), *key, *_headers(request, props)]
    return "curl " + _INDENT.join(
        " ".join(map(_quoted, each)) for each in [*arguments, *(rows or _body(request, props))]
    )


def _with_blanks(api: Body, call: str) -> tuple[Body, list[str]]:
    """The document with `<name>` for each required value that is missing; and the names of those in the URL, which are
    held by a word that any URL may contain."""
    made: Body = deepcopy(api)
    blanks: list[str] = []
    for key in _rows(made, call):
        name, props = made["nodes"][key]["name"], made["nodes"][key]["props"]
        if props.get("value") or props.get("optional") or props.get("allow_blank"):
            continue
        in_url = props.get("place") in ("url", "query") or made["nodes"][key]["type"] == "query"
        props["value"] = f"xblank{len(blanks)}x" if in_url else f"<{name}>"
        blanks += [name] if in_url else []
    return made, blanks


def _rows(api: Body, call: str) -> list[str]:
    """The keys of all rows of a call and of its API."""
    slots = ("headers", "query", "parameters", "form")
    return [key for holder in (api["root"], call) for slot in slots for key in children(api, holder, slot)]


def _values(api: Body, call: str) -> dict[str, Any]:
    """The test values of everything that a workflow would set."""
    given = {key: api["nodes"][key]["props"].get("value") or "" for key in _rows(api, call)}
    return {key: Authored(value) for key, value in given.items() if isinstance(value, str)}


def _method(request: Request, props: Mapping[str, Any], has_form: bool) -> Arguments:
    sends = request.body is not None or has_form
    usual = "POST" if sends else "GET"
    if request.method == "HEAD":
        return [("-I",)]
    streams = [("-N",)] if props.get("response_type", "stream") == "stream" else []
    return streams + ([] if request.method == usual else [("-X", request.method)])


def _url(request: Request, query: str, blanks: list[str]) -> str:
    address = request.address
    pairs = [_shown_pair(pair) for pair in address.query.split("&") if pair] + ([query] if query else [])
    front = request.url.partition("?")[0]
    return _BLANK.sub(lambda found: f"{{{blanks[int(found[1])]}}}", front + ("?" if pairs else "") + "&".join(pairs))


def _shown_pair(pair: str) -> str:
    name, _, value = pair.partition("=")
    return f"{name}={_variable(unquote(name))}" if looks_secret(unquote(name), unquote(value)) else pair


def _headers(request: Request, props: Mapping[str, Any]) -> Arguments:
    kind = props.get("body_kind")
    found: Arguments = []
    for name, value in request.headers:
        plain = name.lower()
        if _OWN.get(plain, value) in (None, value) and plain in _OWN:
            continue
        if plain == "content-type" and (request.body is None or (kind == "form" and b"urlencoded" in value)):
            continue
        text = _variable(name) if is_secret(name) and value else value.decode()
        found.append(("-H", f"{name}: {text}"))
    return found


def _body(request: Request, props: Mapping[str, Any]) -> Arguments:
    if request.body is None:
        return []
    text = request.body.decode()
    if props.get("body_kind") == "json":
        return [("-d", json.dumps(_without_keys(json.loads(text), ""), ensure_ascii=False, indent=2))]
    if props.get("body_kind") in OF_ROWS:
        return [("-d", _shown_pair(pair)) for pair in text.split("&") if pair]
    return [("--data-raw", text)]


def _without_keys(value: Any, name: str) -> Any:
    """JSON without the members that are secret by their name."""
    if isinstance(value, dict):
        return {key: _without_keys(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without_keys(inner, name) for inner in value]
    return _variable(name) if isinstance(value, str) and looks_secret(name, value) else value


def _form_rows(api: Body, call: str) -> Arguments:
    """The rows of form data; a file is given by its row's name, to be replaced by its path."""
    found: Arguments = []
    for key in children(api, call, "form"):
        row = api["nodes"][key]
        value = row["props"].get("value") or ""
        if row["props"].get("file"):
            found.append(("-F", f"{row['name']}=@{row['name']}"))
        elif value or not row["props"].get("optional"):
            filled = _filled(api, call, str(value))
            shown = _variable(row["name"]) if looks_secret(row["name"], filled) else filled
            found.append(("--form-string", f"{row['name']}={shown}"))
    return found


def _filled(api: Body, call: str, template: str) -> str:
    """A row's text with the test values of its placeholders."""
    keys = (*children(api, api["root"], "parameters"), *children(api, call, "parameters"))
    for key in keys:
        row = api["nodes"][key]
        template = template.replace(f"<{row['name']}>", str(row["props"].get("value") or ""))
    return template


def _authentication(scheme: str, options: Mapping[str, Any]) -> tuple[Arguments, str]:
    """The options that carry the API's key, or its pair in the query."""
    key = marked("API_KEY")
    match scheme:
        case "none":
            return [], ""
        case "key_in_header":
            return [("-H", f"{options.get('header') or 'x-api-key'}: {key}")], ""
        case "key_in_url":
            return [], f"{quote(str(options.get('parameter') or 'key'), safe='')}={key}"
        case "basic":
            return [("-u", f"{marked('USERNAME')}:{marked('PASSWORD')}")], ""
        case "client_certificate":
            return [("--cert", marked("CERTIFICATE")), ("--key", marked("PRIVATE_KEY"))], ""
    token = key if scheme == "bearer" else marked("ACCESS_TOKEN")
    before = options.get("before", "Bearer")
    return [("-H", f"{options.get('header') or 'Authorization'}: {f'{before} {token}'.strip()}")], ""


def _variable(name: str) -> str:
    return marked(re.sub(r"[^A-Z0-9]+", "_", name.upper()).strip("_") or "SECRET")


def _quoted(word: str) -> str:
    """Quote a word for a shell: variables stay variables, everything else stands for itself."""
    if re.fullmatch(r"[\w./:@=,+-]+", word):
        return word
    # Bash concatenates adjacent quotes: '…'"$KEY"'…'.
    pieces = MARK.split(word)
    return "".join(f'"${piece}"' if at % 2 else _single(piece) for at, piece in enumerate(pieces))


def _single(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'" if text else ""
