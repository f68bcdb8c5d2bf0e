"""The messages between a live page and its server; a browser may send nothing else.

Down: `{"hello": {"v", "visit", "new", "heard"}}`, with `"back": true` if the visit was stored before the last typing;
batches `{"n": 12, "p": [patch, …]}`, with `"snapshot": true` if they are complete; `{"error": {…}}`; `{"notice": "…"}`,
with `"at": [address, …]` for texts that say the same and may be visible; `{"go": "../about/?x=1"}`, the page to open
next. Up: `hello`, `event`, `ack` as below. A patch is a list that begins with its verb. `heard`, also in a batch, is
the id of the latest event: it and all before it have been heard. A browser keeps its events until then, and sends them
again after the hello of a new connection, in order and with the same ids; repetitions have no effect (S24).
"""

from dataclasses import dataclass
from typing import Any

import orjson

from builder.errors import Invalid
from builder.expressions.values import as_text
from connector.answers.scalars import mended

VERSION = 1

# Patch verbs; static/js/live/patches.js has the same four.
SET, APPEND, ATTR, CELLS = "set", "append", "attr", "cells"

# Close codes of our own (4000 to 4999; Daphne refuses others).
BAD_MESSAGE, TAKEN_OVER = 4008, 4009
# The page uses another version of this protocol than the server, and has to be reloaded (P18).
OTHER_VERSION = 4010
# The page's visit is being taken over by another process: the page tries again by itself in a moment.
LATER = 4012
# There are too many pages already: it tries again by itself, too.
FULL = 4013
# A socket was open without sending a hello. It may come back.
SILENT = 4014

# The longest message from a browser. static/js/live/events.js checks this before sending.
LONGEST = 1_000_000
# The most inputs in one message, which is as many as a page of lists may have; no page has had this many batches.
MOST_INPUTS = 5_000
MOST_BATCHES = 2**53


@dataclass(frozen=True, slots=True)
class Hello:
    """The page says who it was and what it has: the visit's id (None for a new one), the last batch it applied, and
    which documents it was made from (`Edition.mark`; "" if it does not say)."""

    visit: str | None
    have: int
    version: int
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Happened:
    """Something happened on the page: where, what, and the inputs' values that changed since the last time (S40a)."""

    id: str
    element: str | None
    on: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ack:
    """The page has applied every batch up to `n`."""

    n: int


Message = Hello | Happened | Ack


def read(text: str | bytes) -> Message:
    """Parse a browser's message. Raises `Invalid` if it is none of the three."""
    if len(text) > LONGEST:
        raise Invalid("The message is too long.")
    try:
        said = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Invalid("The message is not JSON.") from error
    match said:
        case {"t": "ack", "n": int(n)}:
            return Ack(n)
        case {"t": "hello", "visit": str() | None as visit, "have": int(have), "v": int(version)} if (
            0 <= have <= MOST_BATCHES
        ):
            return Hello(visit, have, version, str(said.get("of", ""))[:40])
        case {"t": "event", "id": str(id), "el": str() | None as element, "on": str(on), "values": dict(values)} if (
            len(id) <= 64
            and len(values) <= MOST_INPUTS
            and all(isinstance(value, str | int | float | None) for value in values.values())
        ):
            return Happened(id, element, on, values)
    raise Invalid("The message is of no known kind.")


def write(message: dict[str, Any]) -> str:
    """Serialise a message for a browser, whatever its strings and numbers contain: one that could not be written would
    be lost, and so would every later one with the same content."""
    try:
        return orjson.dumps(message, default=as_text, option=orjson.OPT_PASSTHROUGH_DATETIME).decode()
    except TypeError:
        return orjson.dumps(_writable(message)).decode()


def _writable(value: Any) -> Any:
    """The same in terms that JSON can express: a lone surrogate is repaired, a number of more than 64 bits becomes a
    text."""
    match value:
        case str():
            return mended(value)
        case dict():
            return {as_text(key): _writable(each) for key, each in value.items()}
        case list() | tuple():
            return [_writable(each) for each in value]
        case None | bool() | float():
            return value
        case int() if -(2**63) <= value < 2**64:
            return value
    return mended(as_text(value))
