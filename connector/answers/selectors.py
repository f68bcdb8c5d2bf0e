"""Selectors: the value at a path of a frame, under a condition; compiled once, run on every frame."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from connector.answers.frame import Frame
from connector.answers.paths import EVERY, Opening, Step, compile_path, compile_steps, opened, parse_path, write_path
from connector.answers.values import Values

_MOST_JOINED = 1_000_000  # bytes of a JSON text that comes in pieces
When: TypeAlias = Mapping[str, Any]  # {"event": name or None, "match": {path: value}}


class Selector:
    """One path under one condition: called with a frame of its stream, it returns the value there, or None.

    `$` is the data as text. If the first data is a JSON string, the stream is one of JSON strings, and `$` is the text
    each of them stands for; otherwise data is text even if it looks like JSON (`42`, `null`, `"quoted"`).

    If the path takes every element of a list, a condition on the first element is applied to each: `parts[*].text` with
    `parts[0].thought` true takes only the thoughts, even if other parts are next to them. `when` is the rest of the
    condition, for the whole frame. `name` is the plain name a path begins with, if it does, and `inside` the walk from
    there, None if the path ends with it.
    """

    def __init__(self, path: str, when: When | None = None):
        steps = parse_path(path)
        self.whole_frame = not steps
        self.every = EVERY in steps
        self.when, each = _apart(steps, when) if self.every else (when, {})
        self.walk = compile_steps(steps, each)
        self.name = steps[0] if steps and isinstance(steps[0], str) else None
        self.inside = compile_steps(steps[1:], each) if len(steps) > 1 else None
        self.applies = compile_when(self.when)
        self._strings: bool | None = None

    def __call__(self, frame: Frame) -> Any:
        return self.value(frame) if self.applies is None or self.applies(frame) else None

    def value(self, frame: Frame) -> Any:
        """The value, regardless of the condition."""
        return self._text(frame) if self.whole_frame else self.walk(frame.value)

    def _text(self, frame: Frame) -> Any:
        is_string = isinstance(frame.value, str) and frame.value != frame.text
        if self._strings is None and frame.raw:
            self._strings = is_string
        if not self._strings:
            return frame.text
        return frame.value if is_string or not isinstance(frame.value, str) else None


class Joined:
    """Reads a value inside JSON that is embedded in a text, or spread over pieces of one: they are joined until they
    are valid JSON. Linear in their length; gives up on JSON of more than a million bytes in pieces."""

    def __init__(self, path: str):
        steps = parse_path(path)
        at = steps.index(Opening.JSON)
        self._outside = compile_path(write_path(steps[:at]))
        self._inside = compile_path(write_path(steps[at + 1 :]))
        self._pieces: Values | None = Values(_MOST_JOINED)

    def __call__(self, frame: Frame) -> Any:
        piece, pieces = self._outside(frame.value), self._pieces
        if not isinstance(piece, str) or not piece or pieces is None:
            return None
        # Something that is JSON by itself may still be a piece, if another has begun: `{"a":`, `{}`, `}`.
        found = opened(piece, Opening.JSON) if piece[0] in "{[" and not pieces.depth else None
        if found is None:
            for each in pieces.feed(piece.encode("utf-8", "surrogatepass")):
                found = opened(each.decode("utf-8", "replace"), Opening.JSON) if each[:1] in b"{[" else found
            self._pieces = None if pieces.overflow else pieces
        return None if found is None else self._inside(found)


def compile_when(when: When | None) -> Callable[[Frame], bool] | None:
    """A field's condition as a function of a frame; None for one that is always true. A value only matches one of its
    own type, so that 1 is not true. An event without a name is "message", as in the HTML Standard."""
    event = (when or {}).get("event")
    names = (None, event) if event == "message" else (event,)
    tests = [(compile_path(path), wanted) for path, wanted in ((when or {}).get("match") or {}).items()]

    def matches(frame: Frame) -> bool:
        for walk, wanted in tests:
            value = walk(frame.value)
            if value != wanted or (value.__class__ is bool) != (wanted.__class__ is bool):
                return False
        return True

    if event is None:
        return matches if tests else None
    if not tests:
        return lambda frame: frame.event in names
    return lambda frame: frame.event in names and matches(frame)


def _apart(steps: tuple[Step, ...], when: When | None) -> tuple[When | None, dict[tuple[Step, ...], Any]]:
    """Split a condition: what remains for the whole frame, and what it says of the first element of the list where
    `[*]` is, as the steps inside an element and the value there."""
    first = (*steps[: steps.index(EVERY)], 0)
    match = {path: (parse_path(path), wanted) for path, wanted in ((when or {}).get("match") or {}).items()}
    each = {held[len(first) :]: wanted for held, wanted in match.values() if held[: len(first)] == first}
    rest = {path: wanted for path, (held, wanted) in match.items() if held[: len(first)] != first}
    return ({**when, "match": rest} if when and each else when), each
