"""An API description as plain values: parsed from JSON or YAML, bounded, with its references resolved (P30)."""

import re
from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import unquote

import orjson
import yaml

from connector.importing import CannotImport

# The most characters in a description, for JSON and YAML: parsing YAML takes a second per million.
MOST, MOST_YAML = 12_000_000, 4_000_000
_NODES, _REFERENCES = 1_000_000, 32
_TRUE_OR_FALSE = re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$")


class _Loader(yaml.CSafeLoader):
    """YAML restricted to what JSON has: no dates, no yes and no, no merging while parsing."""

    def flatten_mapping(self, node: Any) -> None:
        pass


_DROPPED = {f"tag:yaml.org,2002:{name}" for name in ("bool", "timestamp", "merge", "value")}
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag not in _DROPPED]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", _TRUE_OR_FALSE, list("tTfF"))


def load(text: str) -> dict[str, Any]:
    """The object in a JSON or YAML text. Raises CannotImport with a readable reason."""
    text = text.lstrip("\ufeff").strip()
    if not text:
        raise CannotImport(reason="it is empty")
    if len(text) > MOST:
        raise CannotImport(reason=f"it is longer than {MOST // 1_000_000} million characters")
    value = _json(text) if text[0] in "{[" else _yaml(text)
    if not isinstance(value, dict):
        page = text[:200].lstrip().lower().startswith(("<!doctype", "<html"))
        raise CannotImport(
            reason="it is a web page, not the description itself" if page else "it is not a description of an API"
        )
    return value


def _json(text: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        # Text that begins like JSON may still be YAML, but not if it is long.
        if len(text) < 20_000:
            return _yaml(text)
        raise CannotImport(reason=f"its JSON is broken in line {error.lineno}") from None


def _yaml(text: str) -> Any:
    if len(text) > MOST_YAML:
        raise CannotImport(
            reason=f"as YAML it is longer than {MOST_YAML // 1_000_000} million characters. Give it as JSON"
        )
    try:
        return _Plain().of(yaml.load(text, _Loader))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CannotImport(reason=f"it is neither JSON nor YAML: line {line} cannot be read") from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise CannotImport(reason="it is neither JSON nor YAML") from None


class _Plain:
    """YAML's values with keys as texts and `<<` merged. Repeated values are shared, so nothing can explode in size."""

    def __init__(self) -> None:
        self.made: dict[int, Any] = {}
        self.count = 0

    def of(self, value: Any, depth: int = 0) -> Any:
        if not isinstance(value, dict | list):
            return value if isinstance(value, str | int | float | bool | None) else str(value)
        if id(value) in self.made:
            return self.made[id(value)]
        self.count += len(value)
        if depth > 200 or self.count > _NODES:
            raise CannotImport(reason="it is nested too deeply, or too large")
        made: Any = {} if isinstance(value, dict) else []
        self.made[id(value)] = made
        if isinstance(value, list):
            made += [self.of(each, depth + 1) for each in value]
            return made
        merged_in = value.get("<<")
        for merged in merged_in if isinstance(merged_in, list) else [merged_in]:
            inner = self.of(merged, depth + 1) if isinstance(merged, dict) else {}
            self.count += len(inner)
            made |= {key: each for key, each in inner.items() if key not in made}
        made |= {str(key): self.of(each, depth + 1) for key, each in value.items() if key != "<<"}
        return made


class Described:
    """A description whose references can be followed. Anything of the wrong shape counts as missing."""

    def __init__(self, root: dict[str, Any]):
        self.root = root
        # References to other documents, which are not followed.
        self.elsewhere: set[str] = set()

    def get(self, value: Any, *path: str) -> Any:
        """The value at a path, following references on the way; None if there is none."""
        value = self.follow(value)
        for step in path:
            value = self.follow(value.get(step)) if isinstance(value, Mapping) else None
        return value

    def object(self, value: Any, *path: str) -> dict[str, Any]:
        """The same if it is an object, else an empty one."""
        found = self.get(value, *path)
        return cast(dict[str, Any], found) if isinstance(found, dict) else {}

    def list(self, value: Any, *path: str) -> list[Any]:
        """The same if it is a list, else an empty one. References in its items are followed."""
        found = self.get(value, *path)
        return [self.follow(each) for each in found] if isinstance(found, list) else []

    def text(self, value: Any, *path: str) -> str:
        """The same if it is a text, else an empty one."""
        found = self.get(value, *path)
        return found if isinstance(found, str) else ""

    def follow(self, value: Any) -> Any:
        """A value, or the target of its `$ref`, with whatever is next to the reference merged over it."""
        for _ in range(_REFERENCES):
            if not isinstance(value, dict) or not isinstance(reference := value.get("$ref"), str):
                return value
            target = self._at(reference)
            beside = {key: each for key, each in value.items() if key != "$ref"}
            value = {**target, **beside} if isinstance(target, dict) and beside else target
        return None

    def _at(self, reference: str) -> Any:
        if not reference.startswith("#"):
            self.elsewhere.add(reference)
            return None
        value: Any = self.root
        for step in reference.removeprefix("#").split("/")[1:]:
            step = unquote(step).replace("~1", "/").replace("~0", "~")
            if isinstance(value, dict) and step in value:
                value = value[step]
            elif isinstance(value, list) and step.isdigit() and int(step) < len(value):
                value = value[int(step)]
            else:
                return None
        return value
