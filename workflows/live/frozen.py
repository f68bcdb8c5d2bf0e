"""A page's values as JSON and back: what a visit holds outlives the process that held it (S33). Pure.

A JSON value is itself. What JSON cannot express is an object with a `$` that names its kind: a moment, a date, a thing,
a number that JSON cannot write, a stream, or the text of one. For a stream only its name is written; what it said is
stored separately, piece by piece.
"""

import json
import math
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

import orjson

from connector.answers.extract import Extraction, Field
from connector.answers.scalars import mended
from connector.answers.stream import Stream
from connector.answers.stream_value import StreamValue
from data.things import Thing

# Distinguishes our objects from the page's.
KIND = "$"
# The greatest nesting depth that is stored, so that whatever is written can be read again anywhere.
DEEPEST = 200
# From how many characters something is large: it is written less often, and so that others get their turn meanwhile.
LARGE = 256 * 1024


def freeze(value: Any, name: Callable[[Stream], str], depth: int = 0) -> Any:
    """A value as JSON. `name` returns the name by which a stream is found again. What no page can show is empty, and so
    is anything nested too deeply."""
    if depth > DEEPEST:
        return None
    depth += 1
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return value if math.isfinite(value) else {KIND: "number", "as": str(value)}
        case datetime():
            return {KIND: "moment", "as": value.isoformat()}
        case date():
            return {KIND: "date", "as": value.isoformat()}
        case list() | tuple():
            return [freeze(each, name, depth) for each in value]
        case dict():
            fields = {str(key): freeze(each, name, depth) for key, each in value.items()}
            return {KIND: "object", "as": fields} if KIND in fields else fields
        case Thing():
            told = (value.key, value.type, value.values, value.created, value.changed, value.creator)
            return {KIND: "thing", "as": [freeze(each, name, depth) for each in told]}
        case Stream():
            return {KIND: "stream", "as": name(value)}
        case StreamValue():
            return {KIND: "text", "as": [name(value.stream), value.field_id]}
    return None


def thaw(frozen: Any, find: Callable[[str], Stream | None]) -> Any:
    """The value that was frozen. `find` returns a stream by its name; one that is gone is empty."""
    if isinstance(frozen, list):
        return [thaw(each, find) for each in frozen]
    if not isinstance(frozen, dict):
        return frozen
    if KIND not in frozen:
        return {key: thaw(each, find) for key, each in frozen.items()}
    told = frozen["as"]
    match frozen[KIND]:
        case "number":
            return float(told)
        case "moment":
            return datetime.fromisoformat(told)
        case "date":
            return date.fromisoformat(told)
        case "object":
            return {key: thaw(each, find) for key, each in told.items()}
        case "thing":
            return Thing(*(thaw(each, find) for each in told))
        case "stream":
            return find(told)
        case "text":
            stream = find(told[0])
            return stream.field(told[1]) if stream else None
    return None


def write(frozen: Any) -> str:
    """JSON as text, whatever its strings and numbers hold. What is nested too deep is empty."""
    try:
        return orjson.dumps(frozen).decode()
    except TypeError:  # Half a surrogate pair, a number of more than 64 bits, or too deep.
        return json.dumps(_shallow(frozen), separators=(",", ":"))


def write_large(frozen: Any, levels: int = 3) -> str:
    """The same, part by part: while one is written no other thread has its turn, and the loop is one."""
    if levels and isinstance(frozen, dict) and all(isinstance(key, str) for key in frozen):
        parts = (f"{write(key)}:{write_large(each, levels - 1)}" for key, each in frozen.items())
        return f"{{{','.join(parts)}}}"
    if levels and isinstance(frozen, list):
        return f"[{','.join(write_large(each, levels - 1) for each in frozen)}]"
    return write(frozen)


def facts_of(text: str, fields: Iterable[str]) -> Any:
    """The facts of a stream as they were written; of one whose nobody can read, that it has texts of these fields."""
    try:
        return read(text)
    except (ValueError, RecursionError):
        return Stream(Extraction([Field(field, "text_stream", "$") for field in fields])).facts()


def storable(text: str) -> str:
    """A text that every database takes, as long as it was: PostgreSQL has no NUL, and none half a surrogate pair."""
    return mended(text).replace("\0", "\ufffd")


def read(text: str) -> Any:
    """What `write` has written."""
    return json.loads(text)


def _shallow(value: Any, depth: int = 0) -> Any:
    """As much of it as can be read again."""
    if isinstance(value, list | tuple | dict) and depth > DEEPEST:
        return None
    if isinstance(value, list | tuple):
        return [_shallow(each, depth + 1) for each in value]
    if isinstance(value, dict):
        return {key: _shallow(each, depth + 1) for key, each in value.items()}
    return value
