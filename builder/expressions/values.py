"""Runtime values: what an expression results in while a page lives, and how one type is read as another.

Empty is None. A text is a str, a number an int or float, yes/no a bool, a date an aware datetime, a list a list, an
object a dict. Things, streams and results of calls are objects of the apps above this one, known here only by protocol.
"""

import json
import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any, Literal, Protocol

from builder.expressions.bounds import joined

_JSON = json.JSONEncoder(ensure_ascii=False)
State = Literal["never", "waiting", "streaming", "done", "failed", "stopped"]


class StreamValue(Protocol):
    """A text stream (S22). `serial` distinguishes it from every other one; `epoch` increases when the text was replaced
    rather than appended to; `since(n)` is the text after its first n characters; seconds are floats, None until known;
    `error` is a sentence, or ""."""

    serial: int
    state: State
    text: str
    length: int
    epoch: int
    error: str
    seconds_to_first_text: float | None
    seconds_in_all: float | None

    def since(self, length: int) -> str: ...


class CallResult(Protocol):
    """The result of a call. `field(id)` is a stream, a scalar, or None; Text, Number and Yes/no are None until the end
    (S21)."""

    state: State
    error: str
    seconds_to_first_text: float | None
    seconds_in_all: float | None

    def field(self, key: str) -> Any: ...


class Thing(Protocol):
    """An entry of the app's own database: `type` is its data type's key."""

    key: str
    type: str

    def field(self, key: str) -> Any: ...


def is_stream(value: Any) -> bool:
    """Whether it is a `StreamValue`: a text that can be read from any length on."""
    return hasattr(value, "since")


def is_thing(value: Any) -> bool:
    """Whether it is a `Thing`: something with a key and fields."""
    return hasattr(value, "key") and hasattr(value, "field")


def field_of(value: Any, key: str) -> Any:
    """A field of a thing, of a call's result or of an object; None if there is none of that name."""
    if isinstance(value, Mapping):
        return value.get(key)
    return value.field(key) if hasattr(value, "field") else None


def as_text(value: Any) -> str:
    """A value as people write it: 3 rather than 3.0, yes and no, a stream's text so far, nothing for empty."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return json_text(value)
    if isinstance(value, Sequence):
        return joined((as_text(each) for each in value), ", ")
    return value.text if is_stream(value) else ""


def json_text(value: Any) -> str:
    """A value as JSON. Raises `TooMuch` before a text is built that would be too long."""
    return joined(_JSON.iterencode(as_json(value)))


def number_text(number: int | float) -> str:
    """A number without floating-point noise: 3, 0.3, 1234567.5."""
    if isinstance(number, float):
        if not math.isfinite(number):
            return ""
        if not number.is_integer() or abs(number) >= 1e21:
            return f"{number:.15g}"
    return str(int(number))


def as_number(value: Any) -> int | float | None:
    """A number, including one inside a text; None for everything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return finite(value)
    if isinstance(value, str) or is_stream(value):
        return _number_in(as_text(value).strip())
    return None


def _number_in(text: str) -> int | float | None:
    if len(text) > 400 or not text.isascii() or "_" in text:
        return None
    try:
        return int(text)
    except ValueError:
        try:
            return finite(float(text))
        except ValueError:
            return None


def finite(number: int | float) -> int | float | None:
    """The number; None if it is not finite, such as the result of a division by zero."""
    if isinstance(number, float):
        return number if math.isfinite(number) else None
    return number if number.bit_length() < 1024 else None


def tidy_number(number: int | float) -> int | float | None:
    """The result people expect of a calculation: 0.3 rather than 0.30000000000000004, 2 rather than 2.0, None for
    infinity."""
    exact = finite(number)
    if not isinstance(exact, float):
        return exact
    near = float(f"{exact:.15g}")
    return int(near) if near.is_integer() and abs(near) < 1e15 else near


def rounded(number: Decimal, decimals: int) -> Decimal:
    """A number rounded as people do, half away from zero. Negative decimals round to tens, hundreds."""
    with localcontext(prec=800):
        return number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def as_yes(value: Any) -> bool:
    """Whether a value is yes; a text counts as yes if it reads "yes" or "true"."""
    if isinstance(value, bool):
        return value
    return isinstance(value, str) and value.strip().lower() in ("yes", "true")


def as_list(value: Any) -> list[Any]:
    """A list; a single value becomes a list of one, empty an empty list."""
    if value is None:
        return []
    if isinstance(value, Sequence) and not isinstance(value, str):
        return list(value)
    return [value]


def as_date(value: Any) -> datetime | date | None:
    """A date, including one in ISO 8601 inside a text."""
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        try:
            return datetime.fromisoformat(value.strip())
        except ValueError:
            return None
    return None


def as_json_object(text: str) -> dict[str, Any] | None:
    """The JSON object in a text; None for any other text, including one that is still arriving."""
    try:
        found = json.loads(text, parse_constant=lambda word: None)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def is_empty(value: Any) -> bool:
    """Whether it has no content: no value, no characters, no items. Zero and no are not empty."""
    if is_stream(value):
        return not value.length
    return value is None or (isinstance(value, str | Mapping | Sequence) and not value)


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal to people: 3 is 3.0, a stream is its text, no value is an empty text."""
    one, other = (as_text(each) if is_stream(each) else each for each in (one, other))
    if is_empty(one) or is_empty(other):
        return is_empty(one) and is_empty(other)
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if is_thing(one) and is_thing(other):
        return (one.type, one.key) == (other.type, other.key)
    return bool(one == other)


def as_json(value: Any) -> Any:
    """A value as plain JSON, for a placeholder that takes a whole list or object (S40b). Dates become ISO 8601, a
    stream its text so far."""
    if isinstance(value, Mapping):
        return {str(name): as_json(each) for name, each in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str | int | float | bool) or value is None:
        return value
    if isinstance(value, Sequence):
        return [as_json(each) for each in value]
    return value.as_json() if hasattr(value, "as_json") else as_text(value)
