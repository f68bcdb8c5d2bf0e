"""Paths into a frame: `choices[0].delta.content`, `parts[*].text`, `["odd.key"]`, `$` for the frame itself.

Two steps decode a text: `payload[json].count` reads the JSON in `payload`, and `bytes[base64][json].delta.text` decodes
base64 first. What cannot be decoded counts as missing.
"""

import binascii
import json
import re
from base64 import b64decode
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from functools import reduce
from types import EllipsisType
from typing import Any, TypeAlias

import orjson

from builder.errors import Invalid

EVERY = ...  # the step [*]


class Opening(Enum):
    """A step into a text: how it is encoded."""

    JSON = "json"
    BASE64 = "base64"


# A name, a list index, every element of a list, or the content of a text.
Step: TypeAlias = str | int | EllipsisType | Opening

_NAME = r'[^.\[\]"]+'
_STEP = re.compile(
    r"\[(?P<index>\d{1,9})\]|(?P<every>\[\*\])|\[(?P<opening>json|base64)\]"
    r'|\[(?P<quoted>"(?:[^"\\]|\\.)*")\]'
    rf"|(?P<dot>\.?)(?P<name>{_NAME})"
)


class BadPath(Invalid):
    """A path that cannot be parsed. Data: `path`."""

    code = "bad_path"
    sentence = "The path {path} cannot be read."
    why = 'A path is names and places, such as choices[0].delta.content, parts[*].text, ["odd.key"] or $.'


def parse_path(path: str) -> tuple[Step, ...]:
    """The steps of a path, none for `$`. Raises BadPath.

    A name may contain anything but dots, brackets and quotes; others are written as `["odd.key"]`. A leading `$.` or
    `$[` also means the frame, as in other tools.
    """
    rest = path.strip()
    if rest == "$":
        return ()
    if rest.startswith(("$.", "$[")):
        rest = rest[1:].removeprefix(".")
    steps: list[Step] = []
    at = 0
    while at < len(rest):
        match = _STEP.match(rest, at)
        if match is None or (match["name"] and bool(match["dot"]) != bool(steps)):
            raise BadPath(path=path)
        steps.append(_step(match, path))
        at = match.end()
    if not steps:
        raise BadPath(path=path)
    return tuple(steps)


def write_path(steps: Iterable[Step]) -> str:
    """Write steps as a path that `parse_path` reads back."""
    written = ""
    for step in steps:
        if step is ...:
            written += "[*]"
        elif isinstance(step, Opening):
            written += f"[{step.value}]"
        elif isinstance(step, int):
            written += f"[{step}]"
        elif re.fullmatch(_NAME, step) and step.strip() == step and (written or step != "$"):
            written += f".{step}" if written else step
        else:
            written += f"[{json.dumps(step, ensure_ascii=False)}]"
    return written or "$"


def compile_path(path: str, each: Mapping[tuple[Step, ...], Any] | None = None) -> Callable[[Any], Any]:
    """Compile a path to a function from a frame's value to the value at the path: None if it is missing or null; for a
    path with `[*]` the list of what was found, None if that is empty. The first `[*]` takes only elements in which the
    steps of `each` lead to its values. Raises BadPath."""
    return compile_steps(parse_path(path), each)


def compile_steps(steps: tuple[Step, ...], each: Mapping[tuple[Step, ...], Any] | None = None) -> Callable[[Any], Any]:
    """The same for the steps of a path, or for those after its first."""
    if ... in steps:
        return lambda value: _every(value, steps, each) or None
    if not steps:
        return lambda value: value
    names = steps[1:] if isinstance(steps[0], int) else steps
    if names and all(isinstance(step, str) for step in names):
        return _names(names) if names is steps else _names_in_item(*steps)

    def walk(value: Any) -> Any:
        # Runs on every frame for every field, without exceptions, since a missing value is the common case.
        for step in steps:
            if value.__class__ is dict:
                value = value.get(step)
            elif value.__class__ is list and step.__class__ is int and step < len(value):
                value = value[step]
            elif step.__class__ is Opening:
                value = opened(value, step)
            else:
                return None
        return value

    return walk


def _names(names: tuple[Any, ...]) -> Callable[[Any], Any]:
    """The walk for `a`, `a.b` and so on, the first two steps without a loop, since it runs on every frame for every
    field."""
    if len(names) == 1:
        name = names[0]
        return lambda value: value.get(name) if value.__class__ is dict else None
    first, second, *more = names

    def walk(value: Any) -> Any:
        if value.__class__ is not dict or (value := value.get(first)).__class__ is not dict:
            return None
        value = value.get(second)
        for name in more:
            if value.__class__ is not dict:
                return None
            value = value.get(name)
        return value

    return walk


def _names_in_item(index: Any, first: Any, *more: Any) -> Callable[[Any], Any]:
    """The walk for `[0].a`, `[0].a.b` and so on, likewise: the fields of a choice, a candidate, a part."""

    def walk(value: Any) -> Any:
        if value.__class__ is not list or index >= len(value) or (value := value[index]).__class__ is not dict:
            return None
        value = value.get(first)
        for name in more:
            if value.__class__ is not dict:
                return None
            value = value.get(name)
        return value

    return walk


def opened(value: Any, opening: Opening) -> Any:
    """What a text contains in this encoding; None if it contains nothing of the kind."""
    if not isinstance(value, str):
        return None
    try:
        return orjson.loads(value) if opening is Opening.JSON else b64decode(value, validate=True).decode()
    except (orjson.JSONDecodeError, binascii.Error, UnicodeDecodeError):
        return None


def _every(value: Any, steps: tuple[Step, ...], wanted: Mapping[tuple[Step, ...], Any] | None) -> list[Any]:
    found = [value]
    for step in steps:
        if step is ...:
            found = [item for each in found if isinstance(each, list) for item in each]
            found, wanted = [item for item in found if _holds(item, wanted)] if wanted else found, None
        else:
            found = [_inside(each, step) for each in found]
    return [each for each in found if each is not None]


def _holds(item: Any, wanted: Mapping[tuple[Step, ...], Any]) -> bool:
    return all(is_same(reduce(_inside, steps, item), value) for steps, value in wanted.items())


def is_same(value: Any, wanted: Any) -> bool:
    """Whether a value equals the one a condition asks for and has its type, so that 1 is not true."""
    return value == wanted and (value.__class__ is bool) == (wanted.__class__ is bool)


def _inside(value: Any, step: Step) -> Any:
    if isinstance(step, Opening):
        return opened(value, step)
    if isinstance(value, dict):
        return value.get(step)
    return value[step] if isinstance(value, list) and isinstance(step, int) and step < len(value) else None


def _step(match: re.Match[str], path: str) -> Step:
    if match["index"] is not None:
        return int(match["index"])
    if match["every"]:
        return ...
    if match["opening"]:
        return Opening(match["opening"])
    if match["name"]:
        return match["name"]
    try:
        return json.loads(match["quoted"])
    except ValueError as error:
        raise BadPath(path=path) from error
