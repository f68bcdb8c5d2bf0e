"""The words that stand on an element: they tell apart what has no name but that of its type, such as Button 2."""

from typing import Any

from builder.document import Node
from builder.expressions.shape import is_text

# The properties that hold them.
_SAID = ("text", "label", "placeholder", "alt")
# The most characters of them beside a name.
_SHOWN = 40


def all_words(props: dict[str, Any]) -> str:
    """Everything that is written on an element, with dots for dynamic data among words."""
    return " ".join(_written(props))


def with_words(holder: Node) -> str:
    """An element's name and the first of its words where elements are chosen from a list: "Button 2 – Send". The name
    alone if nothing else is written on it."""
    name, words = holder["name"], " ".join(next(iter(_written(holder["props"])), "").split())
    if not words or words.casefold() == name.casefold():
        return name
    return f"{name} – {words if len(words) <= _SHOWN else f'{words[: _SHOWN - 1].rstrip()}…'}"


def _written(props: dict[str, Any]) -> list[str]:
    return [words for prop in _SAID if (words := _plain(props.get(prop)))]


def _plain(value: Any) -> str:
    if is_text(value):
        return "".join(part if isinstance(part, str) else "…" for part in value["text"]).strip()
    return value.strip() if isinstance(value, str) else ""
