"""The options of a dropdown and its kin, with one or several choices: the lines of a text, or the items of a list with
a caption for each."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from builder.bindings import Bindable
from builder.document import Body
from builder.elements import Element, props
from builder.expressions.catalog import Place
from builder.expressions.shape import is_dynamic
from builder.expressions.values import as_text, field_of, is_thing
from builder.placed import PlacedChoice
from builder.sources.content import content_type
from builder.types import fields, item_type, list_of

# The most options; of a longer list the first ones.
MOST = 1000


@dataclass(frozen=True, slots=True)
class Choice:
    """`key` identifies it, `words` are what a visitor reads, `value` is the resulting value."""

    key: str
    words: str
    value: Any


def choices_of(value: Any, caption: str = "") -> dict[str, Choice]:
    """The options by key. `caption` is the field whose value is shown for an item."""
    if isinstance(value, str):
        return {line: Choice(line, line, line) for line in lines_of(value)[:MOST]}
    items = value if isinstance(value, Sequence) else []
    found = (_choice(number, item, caption) for number, item in enumerate(items[:MOST]))
    return {choice.key: choice for choice in found}


def lines_of(text: str) -> list[str]:
    """The non-blank lines of a text, each once."""
    return list(dict.fromkeys(filter(None, map(str.strip, text.splitlines()))))


def chosen(choices: Mapping[str, Choice], said: Any) -> Choice | None:
    """The option with this key or these words."""
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
    """Used if nobody has chosen the field that names a thing."""
    fields = thing.as_json() if hasattr(thing, "as_json") else {}
    return next((value for name, value in fields.items() if name != "key" and isinstance(value, str) and value), "")


class FieldOfItem(PlacedChoice):
    """A field of the items in an element's property `source`."""

    def found(self, place: Place) -> Iterable[tuple[str, str]]:
        type = content_type(place.element, place) if place.element else None
        return [(each.key, each.label) for each in fields(item_type(type), place.catalog)] if type else []


class Choosing(Element):
    """The base of elements with one choice out of several. Its value is the chosen line, or the chosen item of its
    list."""

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
        source = props.data("Choices from a list", "Instead of the lines above.", type="list")
        caption = FieldOfItem(label="Shown of each item", help_text="Of a list.", initial="", empty="Its first text")
        initial = props.text("Initial choice", "Chosen before anyone chooses.")
        required = props.switch("Required", "Nothing is sent until something is chosen.")
        hint = props.text("Hint", "A line below it.")
        error = props.text("When nothing is chosen", "Shown below it. Empty: the browser's words.")
        disabled = props.yes_no("Disabled", "Nothing can be chosen while this is yes.")

    def type_here(self, key: str, place: Place) -> str | None:
        node = place.catalog.node(key)
        if node is None or not is_dynamic(node["props"].get("source")):
            return "text"
        return item_type(content_type(key, place) or "any")

    def named(self, choices: Mapping[str, Choice], said: Any) -> list[Choice]:
        """The options that a value refers to."""
        found = chosen(choices, said)
        return [found] if found else []

    def picked(self, found: Sequence[Choice]) -> Any:
        """Its value if these are chosen."""
        return found[0].value if found else None

    def written(self, keys: Sequence[str]) -> str:
        """What a browser is told if the options with these keys are chosen."""
        return keys[0] if keys else ""

    def context(self, values: dict[str, Any]) -> dict[str, Any]:
        lines = "" if values["source"] is not None else str(values["choices"])
        first = self.first(values["initial"])
        return {"options": [{"words": words, "on": words in first} for words in choices_of(lines)]}

    def first(self, initial: Any) -> list[Any]:
        """The initial choice as it is stored."""
        return [initial]


class ChoosingSeveral(Choosing):
    """The base of elements with several choices. The value is the list of what was chosen, in that order. A browser
    sends it as a JSON list of keys, or "" for none."""

    gives = "list:text"

    class Props(Choosing.Props):
        label = props.text("Label", "Says what to choose. Always read aloud.", "Choose some")
        initial = Bindable(
            forms.CharField(
                label="Initial choices",
                help_text="Chosen before anyone chooses: one a line, or a list.",
                initial="",
                required=False,
                widget=forms.Textarea({"rows": 2}),
            ),
            type="list",
        )
        required = props.switch("Required", "Nothing is sent until one is chosen.")

    def type_here(self, key: str, place: Place) -> str | None:
        return list_of(super().type_here(key, place) or "any")

    def begins_with(self, body: Body, key: str) -> Any:
        initial = super().begins_with(body, key)
        return self.first(initial) if isinstance(initial, str) else initial

    def first(self, initial: Any) -> list[Any]:
        return lines_of(initial) if isinstance(initial, str) else []

    def named(self, choices: Mapping[str, Choice], said: Any) -> list[Choice]:
        each_said = (each if isinstance(each, str) or is_thing(each) else as_text(each) for each in _several(said))
        found = [each for each in (chosen(choices, each) for each in each_said) if each]
        return list({each.key: each for each in found}.values())

    def picked(self, found: Sequence[Choice]) -> Any:
        return [each.value for each in found]

    def written(self, keys: Sequence[str]) -> str:
        return json.dumps(list(keys), ensure_ascii=False, separators=(",", ":")) if keys else ""

    def read(self, said: Any, properties: dict[str, Any]) -> Any:
        return self.picked(self.named(choices_of(str(self.values(properties)["choices"])), said))

    def told(self, value: Any, properties: dict[str, Any]) -> Any:
        return self.written([each.key if is_thing(each) else as_text(each) for each in _several(value)])


def _several(said: Any) -> Sequence[Any]:
    """Several choices, given as a list, as the JSON of one, or as the lines of a text."""
    if not isinstance(said, str):
        return said if isinstance(said, Sequence) else []
    try:
        found = json.loads(said)
    except (ValueError, RecursionError):
        found = None
    return found if isinstance(found, list) else lines_of(said)
