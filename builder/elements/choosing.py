"""What can be chosen in a dropdown and its kin: the lines of a text, or the items of a list with words for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from builder.elements import props
from builder.expressions.values import as_text, field_of, is_thing

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


class ChoosingProps(props.Props):
    """What all have in which one of several can be chosen."""

    label = props.text("Label", "Says what to choose. Always read aloud.", "Choose one")
    show_label = props.switch("Show the label", initial=True)
    choices = props.text("Choices", "One a line.", "First\nSecond\nThird", lines=4)
    source = props.data("Choices from a list", "In place of the lines above.", type="list")
    caption = forms.CharField(
        label="Field shown", help_text="Of each item. Empty: its first text.", initial="", required=False, max_length=80
    )
    initial = props.text("Initial choice", "Chosen before anyone chooses.")
    required = props.switch("Required", "Sending waits until something is chosen.")
    hint = props.text("Hint", "A line below it.")
    error = props.text("When nothing is chosen", "Said below it. Empty: the browser's words.")
    disabled = props.yes_no("Disabled", "Nothing can be chosen while this is yes.")
