"""URL parameters of a page: those it declares, how a URL's query is read, and how a link writes one.

Anybody can write the URL of a page, so nothing in it is trusted: what is not declared, too long, or of the wrong type
counts as missing, and the default is used instead.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from builder.document import Body, Node, children
from builder.expressions.values import as_number, as_text

TYPES = ("text", "number", "yes_no")
# The most parameters of one page.
MOST = 30
# The most characters in a name, in one value, and in the whole query.
LONGEST_NAME, LONGEST, LONGEST_QUERY = 40, 2000, 20_000
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*", re.ASCII)
# Reserved: the pass for a page that is not open to everybody uses this name.
TAKEN = ("pass",)
_YES, _NO = ("yes", "true", "1", "on"), ("no", "false", "0", "off")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def wrong_name(name: str) -> str:
    """Why a parameter cannot have this name, which appears in URLs; "" if it can."""
    if len(name) > LONGEST_NAME:
        return f"This has more than {LONGEST_NAME} characters. Shorten it."
    if name in TAKEN:
        return f"“{name}” is taken by Streamwright itself. Choose another name."
    if not _NAME.fullmatch(name):
        return "It is part of addresses: begin with a letter, then letters without accents, digits, hyphens."
    return ""


def declared(page: Body) -> dict[str, Node]:
    """The parameters of a page by id, in order."""
    return {key: page["nodes"][key] for key in children(page, page["root"], "parameters")}


def heard(page: Body, query: str) -> dict[str, Any]:
    """The value of each parameter, by id, from a URL's query."""
    said = _said(query)
    return {key: _value(holder, said.get(holder["name"], "")) for key, holder in declared(page).items()}


def kept(page: Body, query: str) -> str:
    """The part of a URL's query that concerns the page, in canonical form."""
    said = _said(query)
    named = [holder["name"] for holder in declared(page).values()]
    return urlencode([(name, said[name]) for name in named if said.get(name)])


def written(page: Body, told: Mapping[str, Any]) -> str:
    """The query that passes a page these values, given by the parameters' ids; empty ones are omitted."""
    said = [(holder["name"], as_text(told.get(key))) for key, holder in declared(page).items()]
    return urlencode([(name, text) for name, text in said if text])


def key_of(page: Body, name: str) -> str:
    """The id of a parameter, given by id or name; "" if there is none."""
    found = declared(page)
    return name if name in found else next((key for key, holder in found.items() if holder["name"] == name), "")


def _said(query: str) -> dict[str, str]:
    """The values of a query by name, the first of several with the same name; without invisible characters."""
    try:
        pairs = parse_qsl(query[:LONGEST_QUERY], errors="replace", max_num_fields=200)
    except ValueError:
        return {}
    return {name: _UNSEEN.sub("", text) for name, text in reversed(pairs)}


def _value(holder: Node, text: str) -> Any:
    default = holder["props"].get("default")
    if not text or len(text) > LONGEST:
        return default
    if holder["props"]["type"] == "number":
        number = as_number(text.strip())
        return default if number is None else number
    if holder["props"]["type"] == "yes_no":
        word = text.strip().lower()
        return True if word in _YES else False if word in _NO else default
    return text
