"""A JSON body with placeholders: the result is the author's JSON with the values in it (S8).

The template is parsed once with a mark in place of each placeholder, and the values are then put into the tree. A value
can therefore not change the template, and a template that is not JSON is noticed before anything is sent.
"""

import json
import re
from collections.abc import Callable
from typing import Any

import orjson

from connector.asking.errors import BadBody
from connector.asking.placeholders import IN_TEXT, LEFT_OUT, json_of, text_of

# Two code points that are never characters, so no template contains them on purpose.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_MARKS = re.compile(f"{_OPEN}([bt])(\\d+){_CLOSE}")
_STRING_OR_PLACEHOLDER = re.compile(rf'"|\\.|{IN_TEXT.pattern}', re.DOTALL)


def fill_json(template: str, value_of: Callable[[str], Any]) -> bytes:
    """The body as compact JSON. `value_of(name)` returns a value or LEFT_OUT, or raises KeyError for a name that is not
    a parameter (which stays in a text as it is). Raises BadBody, naming the line."""
    names: list[str] = []
    marked = _mark(template, value_of, names)
    values = [value_of(name) for name in names]
    try:
        tree = json.loads(marked, parse_constant=_no_constant)
    except RecursionError:
        raise BadBody(line=1, reason="it is nested too deep") from None
    except ValueError as error:
        raise _bad_body(template, error) from None
    filled = _fill(tree, values)
    return b"" if filled is LEFT_OUT else _dump(filled)


def _mark(template: str, value_of: Callable[[str], Any], names: list[str]) -> str:
    """The template with marks: `b` for a placeholder on its own, `t` for one inside a text."""
    inside = False

    def replace(found: re.Match[str]) -> str:
        nonlocal inside
        if found[1] is None:
            if found[0] == '"':
                inside = not inside
            return found[0]
        try:
            value_of(found[1])
        except KeyError:
            return found[0]
        names.append(found[1])
        mark = f"{_OPEN}{'t' if inside else 'b'}{len(names) - 1}{_CLOSE}"
        return mark if inside else f'"{mark}"'

    return _STRING_OR_PLACEHOLDER.sub(replace, template.replace(_OPEN, "\ufffd").replace(_CLOSE, "\ufffd"))


def _fill(tree: Any, values: list[Any]) -> Any:
    match tree:
        case dict():
            filled = ((_text(key, values), _fill(item, values)) for key, item in tree.items())
            return {key: item for key, item in filled if item is not LEFT_OUT}
        case list():
            return [item for item in (_fill(item, values) for item in tree) if item is not LEFT_OUT]
        case str():
            whole = _MARKS.fullmatch(tree)
            if whole and values[int(whole[2])] is LEFT_OUT:
                return LEFT_OUT
            if whole and whole[1] == "b":
                return _value(values[int(whole[2])])
            return _text(tree, values)
    return tree


def _value(value: Any) -> Any:
    """A value in a place of its own keeps its type; a blank one is null."""
    return None if isinstance(value, str) and value == "" else json_of(value)


def _text(text: str, values: list[Any]) -> str:
    return _MARKS.sub(lambda found: text_of(values[int(found[2])]), text)


def _dump(tree: Any) -> bytes:
    try:
        return orjson.dumps(tree)
    except (TypeError, ValueError):
        # Numbers beyond 64 bits, which JSON allows and orjson does not.
        return json.dumps(tree, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8", "replace")


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON value")


def _bad_body(template: str, error: ValueError) -> BadBody:
    """Where the template stops being JSON, as a line of the author's text: marks contain no line breaks."""
    if not isinstance(error, json.JSONDecodeError):
        return BadBody(line=1, reason=str(error))
    line = template.splitlines()[error.lineno - 1] if error.lineno <= len(template.splitlines()) else ""
    nameless = IN_TEXT.search(line)
    if nameless and error.msg == "Expecting value" and error.doc[error.pos :].startswith("<"):
        return BadBody(line=error.lineno, reason=f"<{nameless[1]}> stands there and has no parameter")
    before, rest = error.doc[: error.pos], error.doc[error.pos :]
    if "trailing comma" in error.msg or (before.rstrip().endswith(",") and rest[:1] in ("}", "]")):
        # From Python 3.13 on the error is at the comma, before that at what follows it.
        line_of_comma = (before if rest.startswith(",") else before.rstrip()).count("\n") + 1
        return BadBody(line=line_of_comma, reason="a comma stands there with nothing after it")
    return BadBody(line=error.lineno, reason=_reason(error.msg, rest, before))


def _reason(said: str, rest: str, before: str) -> str:
    """What is wrong, for a person. `said` is the message of Python's JSON parser at that place."""
    if rest[:1] == "'":
        return "texts need double quotes, not single ones"
    if said.startswith("Expecting") and not rest.strip():
        opened = _STRINGS.sub("", before)
        return f"it ends too early: {'a }' if opened.rfind('{') > opened.rfind('[') else 'a ]'} is missing"
    if said == "Expecting value" and (word := re.match(r"\w[\w.-]*", rest)):
        return f"{word[0][:40]} stands there without quotes"
    return next((words for start, words in _REASONS.items() if said.startswith(start)), "it cannot be read there")


_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_REASONS = {
    "Expecting value": "a value is missing",
    "Expecting property name enclosed in double quotes": "a name in double quotes is missing",
    "Expecting ',' delimiter": "a comma is missing",
    "Expecting ':' delimiter": "a colon is missing after a name",
    "Extra data": "something stands after its end",
    "Unterminated string starting": "a text is not closed; its last quote is missing",
    "Invalid control character": "a line break or a tab stands inside a text; write it as \\n or \\t",
    "Invalid \\escape": "a backslash stands in a text by itself; write it as \\\\",
    "Invalid \\uXXXX escape": "\\u stands in a text without the four digits of a character",
}
