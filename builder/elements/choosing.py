"""What can be chosen in a dropdown and its kin: the lines of a text, or the items of a list with words for each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from builder.elements import Element, props
from builder.expressions.catalog import Place
from builder.expressions.shape import is_dynamic
from builder.expressions.values import as_text, field_of, is_thing
from builder.placed import PlacedChoice
from builder.sources.content import content_type
from builder.types import fields, item_type

# So many can be chosen from; of a longer list the first.
MOST = 1000


@dataclass(frozen=True, slots=True)
class Choice:
    """`key` tells it from the others, `words` are what a visitor reads, `value` is what it gives."""

    key: str
    words: str
    value: Any


def choices_of(value: Any, caption: str = "") -> dict[str, Choice]:
    """What can be chosen, by key. `caption` is the field whose value are the words of an item."""
    if isinstance(value, str):
        lines = filter(None, map(str.strip, value.splitlines()))
        return {line: Choice(line, line, line) for line in list(dict.fromkeys(lines))[:MOST]}
    items = value if isinstance(value, Sequence) else []
    found = (_choice(number, item, caption) for number, item in enumerate(items[:MOST]))
    return {choice.key: choice for choice in found}


def chosen(choices: Mapping[str, Choice], said: Any) -> Choice | None:
    """The one that a key or its words name."""
    if is_thing(said):
        said = said.key
    named = choices.get(said) if isinstance(said, str) else None
    return named or next((each for each in choices.values() if each.words == said), None)


def _choice(number: int, item: Any, caption: str) -> Choice:
    if is_thing(item):
        return Choice(item.key, as_text(field_of(item, caption)) if caption else _first_text(item) or item.key, item)
    if isinstance(item, Mapping):
        return Choice(f"n{number}", as_text(field_of(item, caption) if caption else item), item)
    words = as_text(item)
    return Choice(words, words, item)


def _first_text(thing: Any) -> str:
    """Where nobody has said which field names a thing."""
    fields = thing.as_json() if hasattr(thing, "as_json") else {}
    return next((value for name, value in fields.items() if name != "key" and isinstance(value, str) and value), "")


class FieldOfItem(PlacedChoice):
    """A field of the items that an element's property `source` gives."""

    def found(self, place: Place) -> Iterable[tuple[str, str]]:
        type = content_type(place.element, place) if place.element else None
        return [(each.key, each.label) for each in fields(item_type(type), place.catalog)] if type else []


class Choosing(Element):
    """What all have in which one of several can be chosen. Its value is the line chosen, or the item of its list."""

    group = "Inputs"
    sheet = "inputs"
    events = ("changed",)
    gives = "text"
    modules = ("live/elements/choices", "live/elements/field")
    live = {
        "label": "text",
        "choices": "choices",
        "source": "choices",
        "initial": "value",
        "hint": "text",
        "error": "attr:data-words",
        "disabled": "flag:disabled",
    }

    class Props(props.Props):
        label = props.text("Label", "Says what to choose. Always read aloud.", "Choose one")
        show_label = props.switch("Show the label", initial=True)
        choices = props.text("Choices", "One a line.", "First\nSecond\nThird", lines=4)
        source = props.data("Choices from a list", "In place of the lines above.", type="list")
        caption = FieldOfItem(label="Shown of each item", help_text="Of a list.", initial="", empty="Its first text")
        initial = props.text("Initial choice", "Chosen before anyone chooses.")
        required = props.switch("Required", "Nothing is sent before something is chosen.")
        hint = props.text("Hint", "A line below it.")
        error = props.text("When nothing is chosen", "Said below it. Empty: the browser's words.")
        disabled = props.yes_no("Disabled", "Nothing can be chosen while this is yes.")

    def type_here(self, key: str, place: Place) -> str | None:
        node = place.catalog.node(key)
        if node is None or not is_dynamic(node["props"].get("source")):
            return self.gives
        return item_type(content_type(key, place) or "any")

    def context(self, values: dict[str, Any]) -> dict[str, Any]:
        lines = "" if values["source"] is not None else str(values["choices"])
        return {"options": [{"words": words, "on": words == values["initial"]} for words in choices_of(lines)]}
