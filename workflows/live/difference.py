"""What to send so that a browser shows a value. The shadow of what it has is a version and a length, without the
text."""

from dataclasses import dataclass
from typing import Any

from builder.drawing.render import look_word
from workflows.live.protocol import APPEND, ATTR, SET


@dataclass(slots=True)
class Shadow:
    """What the browser has for one property of one element."""

    version: Any = None
    length: int = 0


Patch = list[Any]


def growing_text(
    shadow: Shadow | None, prefix: str, stream: Any, address: str, prop: str
) -> tuple[Shadow, list[Patch]]:
    """The difference for a stream's text so far after a constant prefix: an append of what is new, without looking at
    what is old."""
    version = (stream.serial, stream.epoch, prefix)
    length = stream.length
    if shadow is None or shadow.version != version:
        return Shadow(version, length), [[SET, address, prop, prefix + stream.since(0)]]
    if length == shadow.length:
        return shadow, []
    piece = stream.since(shadow.length)
    shadow.length = length
    return shadow, [[APPEND, address, prop, piece]]


def text(shadow: Shadow | None, value: str, address: str, prop: str) -> tuple[Shadow, list[Patch]]:
    """The difference for any other text: an append if the old text is a prefix of the new one."""
    version = hash(value)
    if shadow is not None and shadow.version == version and shadow.length == len(value):
        return shadow, []
    if shadow is not None and 0 < shadow.length < len(value) and hash(value[: shadow.length]) == shadow.version:
        return Shadow(version, len(value)), [[APPEND, address, prop, value[shadow.length :]]]
    return Shadow(version, len(value)), [[SET, address, prop, value]]


def plain(shadow: Shadow | None, value: Any, way: str, address: str, prop: str) -> tuple[Shadow, list[Patch]]:
    """The difference for a value that is set as a whole. `way` is the element type's: hidden, attr:<name>, flag:<name>;
    look:<name> for what a condition changes about its appearance."""
    kind, _, name = way.partition(":")
    if kind == "hidden":
        patch = [ATTR, address, "hidden", None if value else ""]
    elif kind == "look":
        patch = [ATTR, address, f"data-{name}", None if value in (None, "") else look_word(value)]
    elif kind == "flag":
        patch = [ATTR, address, name, "" if value else None]
    elif kind == "attr":
        patch = [ATTR, address, name, None if value is None else str(value)]
    else:
        patch = [SET, address, prop, value]
    version = hash(repr(patch[-1]))
    if shadow is not None and shadow.version == version:
        return shadow, []
    return Shadow(version), [patch]
