"""Placeholders: where `[name]` and `<name>` appear in a call (S6), and which value each gets (S7)."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any, Literal

from builder.document import Body, Node, children
from connector.asking.errors import BadValue, ValueMissing

Place = Literal["url", "header", "query", "body"]
Slot = Literal["headers", "query", "parameters", "form"]

_SLOTS: dict[Slot, Place | None] = {"headers": "header", "query": "query", "parameters": None, "form": "body"}
_NAME = r"[^\W\d][\w .-]{0,59}"
IN_URL = re.compile(rf"\[({_NAME})\]")
IN_TEXT = re.compile(rf"<({_NAME})>")
IN_QUERY = re.compile(rf"[\[<]({_NAME})[\]>]")
_LONE_HALF = re.compile(r"[\ud800-\udfff]")


class Authored(str):
    """A text that the author typed into the call itself. In the place of a JSON value it stands for that value if it is
    one: `0.7` is a number, `["a"]` a list, `"a"` a text in quotes. A visitor's text is always a text."""


class LeftOut:
    """An optional value that is blank: its member, row or pair is omitted; inside a longer text it is empty."""

    def __repr__(self) -> str:
        return "left out"


LEFT_OUT = LeftOut()


@dataclass(frozen=True, slots=True)
class Row:
    """One header, query, parameter or form row of a call, as the editor shows it and a workflow may set it. The value
    is a text, or `{"file": key}` for a `file` of a form."""

    id: str
    slot: Slot
    name: str
    place: Place
    value: Any
    private: bool = True
    optional: bool = False
    allow_blank: bool = False
    file: bool = False

    @property
    def own(self) -> Any:
        """The value the author gave it."""
        return Authored(self.value) if isinstance(self.value, str) else self.value

    def pick(self, values: Mapping[str, Any]) -> Any:
        """The value to send, out of the values given by name or by row id. Raises ValueMissing."""
        given = values.get(self.id, values.get(self.name, LEFT_OUT)) if not self.private else self.own
        if given is not LEFT_OUT and not is_blank(given):
            return given if self.private else self._as_default(given)
        if given is not LEFT_OUT and self.allow_blank:
            return given
        if self.optional:
            return LEFT_OUT
        if self.value:
            return self.own
        if self.allow_blank:
            return ""
        raise ValueMissing(parameter=self.name)

    def _as_default(self, given: Any) -> Any:
        """Forms submit texts: one that reads as a number or a yes/no becomes one if the default is one."""
        if type(given) is str and _is_scalar(json_of(self.own)) and _is_scalar(json_of(Authored(given))):
            return Authored(given)
        return given


def rows(document: Body, call: str) -> list[Row]:
    """All rows of a call, those shared with its API first; a call's own row takes precedence over one of the same name.
    Only a form may have several rows of one name."""
    found: dict[tuple[str, str], Row] = {}
    for slot, place in _SLOTS.items():
        for id in children(document, document["root"], slot) + children(document, call, slot):
            row = _row(id, slot, place, document["nodes"][id])
            found[slot, _known_by(row)] = row
    return list(found.values())


def _known_by(row: Row) -> str:
    return row.id if row.slot == "form" else row.name.lower() if row.slot == "headers" else row.name


def _row(id: str, slot: Slot, place: Place | None, node: Node) -> Row:
    props = node["props"]
    return Row(
        id,
        slot,
        node["name"],
        place or props.get("place") or "body",
        value if isinstance(value := props.get("value"), dict) else text_of(value),
        bool(props.get("private", True)),
        bool(props.get("optional", False)),
        bool(props.get("allow_blank", False)),
        bool(props.get("file", False)),
    )


def settable(document: Body, call: str) -> list[Row]:
    """The rows a workflow may set: all that are not private."""
    return [row for row in rows(document, call) if not row.private]


def placeholders(document: Body, call: str) -> list[tuple[str, Place]]:
    """The names in a call's own URL, headers, query and body, each once, with the first place it appears in."""
    props = document["nodes"][call]["props"]
    own = _texts(document, call, "headers") + _texts(document, call, "query")
    return _names([("url", IN_URL, props.get("path") or ""), *own, *_in_body(document, call)])


def shared_placeholders(document: Body) -> list[tuple[str, Place]]:
    """The names in what the calls of an API share: its base URL, headers and query."""
    root = document["root"]
    base = document["nodes"][root]["props"].get("base_url") or ""
    return _names([("url", IN_URL, base), *_texts(document, root, "headers"), *_texts(document, root, "query")])


_Text = tuple[Place, re.Pattern[str], str]


def _texts(document: Body, key: str, slot: Slot) -> list[_Text]:
    """The texts in one slot of rows that may contain placeholders."""
    place = _SLOTS[slot] or "body"
    values = [document["nodes"][row]["props"].get("value") for row in children(document, key, slot)]
    pattern = IN_QUERY if slot == "query" else IN_TEXT
    return [(place, pattern, value) for value in values if isinstance(value, str)]


def _in_body(document: Body, call: str) -> list[_Text]:
    """Those of the body: the rows of a form, else its template. In a raw body, `<name>` with a matching `</name>` is
    markup."""
    props = document["nodes"][call]["props"]
    kind, text = props.get("body_kind") or "none", props.get("body") or ""
    if kind in ("form", "multipart"):
        return _texts(document, call, "form")
    if kind == "raw":
        text = IN_TEXT.sub(lambda found: "" if f"</{found[1]}>" in text else found[0], text)
    return [("body", IN_TEXT, text)]


def _names(texts: Iterable[_Text]) -> list[tuple[str, Place]]:
    found: dict[str, Place] = {}
    for place, pattern, text in texts:
        for name in pattern.findall(text):
            found.setdefault(name, place)
    return list(found.items())


def test_values(document: Body, call: str) -> dict[str, Any]:
    """What Initialize sends: the value of every row as the author typed it, including optional ones."""
    return {row.id: row.own for row in rows(document, call)}


test_values.__test__ = False  # type: ignore[attr-defined]  # Not a test, whatever pytest thinks of the name.


def fill(
    template: str, pattern: re.Pattern[str], value_of: Callable[[str], Any], write: Callable[[str], str] = str
) -> str:
    """Replace each known placeholder of the template by its value, formatted by `write`. If `value_of` raises KeyError,
    the name is not a parameter and stays as it is."""

    def replace(found: re.Match[str]) -> str:
        try:
            value = value_of(found[1])
        except KeyError:
            return found[0]
        return "" if value is LEFT_OUT else write(text_of(value))

    return pattern.sub(replace, template)


def only(template: str, pattern: re.Pattern[str]) -> str | None:
    """The name of the placeholder if the template consists of nothing else."""
    found = pattern.fullmatch(template.strip())
    return found[1] if found else None


def is_blank(value: Any) -> bool:
    """Whether a value is blank: None or an empty text. An empty list is not blank."""
    return value is None or value is LEFT_OUT or (isinstance(value, str) and value == "")


def text_of(value: Any) -> str:
    """A value as text: yes/no as true and false, a number without a needless `.0`, a list or object as its JSON."""
    if isinstance(value, str):
        return _LONE_HALF.sub("\ufffd", value)
    if value is None or value is LEFT_OUT:
        return ""
    plain = json_of(value)
    if isinstance(plain, float) and plain.is_integer() and abs(plain) < 1e15:
        plain = int(plain)
    return plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def json_of(value: Any) -> Any:
    """A value in a form that `json` can write: text, number, yes/no, list, object, None. Dates become ISO 8601, a
    stream its text so far. Raises BadValue for anything else, for NaN, and for nesting deeper than JSON parsers
    accept."""
    try:
        return _json_of(value, 0)
    except (TypeError, ValueError):
        raise BadValue(parameter="A parameter", reason="it is not a text, number, yes/no, list or object") from None


def _json_of(value: Any, depth: int) -> Any:
    if depth > 64:
        raise ValueError
    match value:
        case Authored():
            return _parsed(str(value))
        case str():
            return text_of(value)
        case None | bool():
            return value
        case int() | float():
            if not isfinite(value):
                raise ValueError
            return value
        case date():
            return value.isoformat()
        case Mapping():
            return {text_of(key): _json_of(item, depth + 1) for key, item in value.items()}
        case list() | tuple():
            return [_json_of(item, depth + 1) for item in value]
        case _ if isinstance(getattr(value, "text", None), str):
            return text_of(value.text)
    raise TypeError


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError):
        return text_of(text)


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON value")


def _finite(digits: str) -> float:
    if not isfinite(number := float(digits)):
        raise ValueError(f"{digits} is out of range")
    return number


def _is_scalar(value: Any) -> bool:
    return isinstance(value, bool | int | float)
