"""Operators for objects: the response of an API, or one built by an expression."""

from collections.abc import Mapping
from typing import Any

from builder.expressions import values
from builder.operators import CHANGE, CHECK, GET, Arg, Example, operator

MAYA = {"name": "Maya", "pets": [{"kind": "cat"}, {"kind": "fern"}]}


def _named(value: Any) -> dict[str, Any]:
    """An object's names and values; none if it is not an object."""
    return dict(value) if isinstance(value, Mapping) else {}


@operator(
    label="value named",
    group=GET,
    takes="object",
    gives="any",
    args=[Arg("name", "text")],
    examples=[Example(MAYA, ["name"], "Maya"), Example(MAYA, ["age"], None), Example(None, ["name"], None)],
)
def value_named(value: Any, name: str) -> Any:
    """The value with a name; the name can be dynamic data itself."""
    return _named(value).get(name)


@operator(
    label="value at",
    group=GET,
    takes="object",
    gives="any",
    args=[Arg("path", "text")],
    examples=[
        Example(MAYA, ["pets[1].kind"], "fern"),
        Example(MAYA, ["pets.0.kind"], "cat"),
        Example(MAYA, ["pets[7].kind"], None),
        Example(None, ["name"], None),
    ],
)
def value_at(value: Any, path: str) -> Any:
    """The value at a path, such as items[0].name."""
    for step in path.replace("[", ".").replace("]", "").strip(".").split("."):
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, list) and step.isascii() and step.isdecimal() and len(step) < 10:
            value = value[int(step)] if int(step) < len(value) else None
        else:
            return None
    return value


@operator(
    label="its names",
    group=GET,
    takes="object",
    gives="list:text",
    examples=[Example(MAYA, [], ["name", "pets"]), Example(None, [], [])],
)
def its_names(value: Any) -> list[str]:
    """The list of its names."""
    return list(_named(value))


@operator(
    label="its values",
    group=GET,
    takes="object",
    gives="list:any",
    examples=[Example({"a": 1, "b": "x"}, [], [1, "x"]), Example(None, [], [])],
)
def its_values(value: Any) -> list[Any]:
    """The list of its values."""
    return list(_named(value).values())


@operator(
    label="as JSON text",
    group=CHANGE,
    takes=("object", "list"),
    gives="text",
    examples=[
        Example({"name": "Zoë"}, [], '{"name": "Zoë"}'),
        Example(["a", 1], [], '["a", 1]'),
        Example(None, [], ""),
    ],
)
def as_json_text(value: Any) -> str:
    """Writes it as JSON, for a service or a log."""
    return "" if value is None else values.json_text(value)


@operator(
    label="with",
    group=CHANGE,
    takes="object",
    gives="object",
    args=[Arg("values", "object")],
    examples=[Example({"a": 1, "b": 2}, [{"b": 3}], {"a": 1, "b": 3}), Example(None, [{"a": 1}], {"a": 1})],
)
def with_values(value: Any, more: Any) -> dict[str, Any]:
    """Adds values by name, replacing those it already has."""
    return _named(value) | _named(more)


@operator(
    label="without the name",
    group=CHANGE,
    takes="object",
    gives="object",
    args=[Arg("name", "text")],
    examples=[Example({"a": 1, "b": 2}, ["b"], {"a": 1}), Example(None, ["a"], {})],
)
def without_the_name(value: Any, name: str) -> dict[str, Any]:
    """Removes a name together with its value."""
    return {each: inner for each, inner in _named(value).items() if each != name}


@operator(
    label="has the name",
    group=CHECK,
    takes="object",
    gives="yes_no",
    args=[Arg("name", "text")],
    examples=[Example({"a": None}, ["a"], True), Example({}, ["a"], False), Example(None, ["a"], False)],
)
def has_the_name(value: Any, name: str) -> bool:
    """Checks whether it has a value with that name, even an empty one."""
    return name in _named(value)
