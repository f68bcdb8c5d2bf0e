"""Recorded frames with other texts, ids and numbers in them, and what must then be found.

Letters become one to three other letters and figures other figures, the same everywhere: a text that comes in pieces
is still what its pieces make, a copy is still a copy, a text that grows still grows. Names of fields stay.
"""

import random
import re
import string
from collections.abc import Callable
from typing import Any

import orjson

from connector.answers.frame import Frame, frame_of

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER = re.compile(r"[-+]?[\d,]*\.?\d+([eE][-+]?\d+)?")
_WORDS = re.compile(r"[A-Za-z_.\-/ ]+")
_KEPT = {"true", "false", "yes", "no", "on", "off", "null", "none", "n/a", "na", "", "DONE"}


class Change:
    """One way to rename everything. `kinds` says whether single words that are no text (kinds of frames, states, roles)
    are renamed too."""

    def __init__(self, seed: int, texts: set[tuple], kinds: bool = False):
        chance = random.Random(seed)
        self.texts, self.kinds = texts, kinds
        vowels, others = "aeiou", "bcdfghjklmnprstvwz"
        made: set[str] = set()
        for _ in string.ascii_lowercase:
            while (new := chance.choice(others) + chance.choice(vowels) * chance.randint(0, 1)) in made:
                pass
            made.add(new)
        pairs = dict(zip(string.ascii_lowercase, chance.sample(sorted(made), len(made)), strict=True))
        digits = dict(zip("123456789", chance.sample("123456789", 9), strict=True))
        self._letters = str.maketrans(pairs | {key.upper(): new.capitalize() for key, new in pairs.items()})
        self._digits = str.maketrans(digits)
        self._times, self._plus = chance.randint(2, 4), chance.randint(3, 9)

    def frame(self, frame: Frame) -> Frame:
        if not isinstance(frame.value, dict | list):
            if isinstance(frame.value, str) and () in self.texts and not frame.bad:
                new = self.text(frame.value)
                raw = orjson.dumps(new) if frame.text != frame.value else new.encode("utf-8", "surrogatepass")
                return frame_of(raw, frame.event, frame.id)
            return frame
        return frame_of(orjson.dumps(self.value(_whole(frame.value))), frame.event, frame.id)

    def value(self, value: Any, path: tuple = ()) -> Any:
        if isinstance(value, dict):
            return {key: self.value(inner, (*path, key)) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.value(inner, (*path, ...)) for inner in value]
        if isinstance(value, str):
            return self.string(value, path)
        if type(value) is int and value > 9 and path[-1:] != ("index",):
            return value * self._times + self._plus
        if type(value) is float and value:
            return round(value * self._times, 6)
        return value

    def string(self, value: str, path: tuple) -> str:
        if value[:2] == '{"' and value[-1:] == "}":  # an object in a text, whose names are names of fields as well
            return value
        if path in self.texts:
            return self.text(value)
        if value.strip() in _KEPT or value.lower() in _KEPT or _DATE.match(value) or value[:1] in "{[":
            return value
        if len(value) < 2:
            return value
        if _NUMBER.fullmatch(value):
            return value.translate(self._digits)
        if _WORDS.fullmatch(value) and len(value.split()) < 3 and not self.kinds:
            return value
        return self.text(value).translate(self._digits)

    def text(self, value: str) -> str:
        return value.translate(self._letters)


def _whole(value: Any) -> Any:
    """A value without halves of surrogate pairs, which no JSON of ours can hold."""
    return orjson.loads(orjson.dumps(value, default=str)) if _fits(value) else value


def _fits(value: Any) -> bool:
    try:
        orjson.dumps(value)
    except TypeError:
        return False
    return True


def text_paths(gold: dict[str, Any], parse: Callable[[str], tuple]) -> set[tuple]:
    """The paths of texts in a recording, every place in a list being one."""
    paths = [each["path"] for key in ("other_text", "not_text", "repeats") for each in gold.get(key, ())]
    paths += [gold["text_path"]] if gold["text_path"] else []
    return {tuple(... if isinstance(step, int) else step for step in parse(path)) for path in paths}
