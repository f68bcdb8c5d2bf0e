"""Operators for texts."""

from functools import partial

from builder.expressions.bounds import TEXT, TooMuch
from builder.expressions.values import as_number
from builder.operators import CHANGE, CHECK, GET, Arg, Example, operator

text_to_text = partial(operator, group=CHANGE, takes="text", gives="text")


@text_to_text(
    label="followed by",
    args=[Arg("text", "text")],
    examples=[Example("Hello", [", Maya"], "Hello, Maya"), Example(None, ["x"], "x"), Example("1", [2], "12")],
)
def followed_by(value: str, text: str) -> str:
    """Adds text at the end. The text can contain dynamic data, too."""
    return value + text


@text_to_text(
    label="with replaced",
    args=[Arg("find", "text"), Arg("replace", "text")],
    examples=[Example("a-b-c", ["-", "+"], "a+b+c"), Example("abc", ["", "x"], "abc"), Example(None, ["a", "b"], "")],
)
def with_replaced(value: str, find: str, replace: str) -> str:
    """Replaces a text by another wherever it occurs."""
    if not find:
        return value
    if len(value) + value.count(find) * (len(replace) - len(find)) > TEXT:
        raise TooMuch("characters in one text", TEXT)
    return value.replace(find, replace)


@text_to_text(
    label="in capitals",
    examples=[Example("Maya", [], "MAYA"), Example(None, [], "")],
)
def in_capitals(value: str) -> str:
    """Changes all letters to capitals."""
    return value.upper()


@text_to_text(
    label="in small letters",
    examples=[Example("Maya", [], "maya"), Example(None, [], "")],
)
def in_small_letters(value: str) -> str:
    """Changes all letters to lower case."""
    return value.lower()


@text_to_text(
    label="without spaces around",
    examples=[Example("  Hello \n", [], "Hello"), Example(None, [], "")],
)
def trimmed(value: str) -> str:
    """Removes spaces and line breaks at both ends."""
    return value.strip()


@text_to_text(
    label="shortened to",
    args=[Arg("length", "number", unit="characters")],
    examples=[Example("Leaf drop", [4], "Leaf"), Example("Leaf", [280], "Leaf"), Example("Leaf", [None], "Leaf")],
)
def shortened_to(value: str, length: float | None) -> str:
    """Keeps a number of characters from the beginning."""
    return value if length is None else value[: max(0, int(length))]


@operator(
    label="contains",
    group=CHECK,
    takes="text",
    gives="yes_no",
    args=[Arg("text", "text")],
    examples=[Example("Leaf drop", ["drop"], True), Example("Leaf", ["drop"], False), Example(None, ["a"], False)],
)
def contains(value: str, text: str) -> bool:
    """Checks whether it contains a text, exactly as written."""
    return text in value


@operator(
    label="starts with",
    group=CHECK,
    takes="text",
    gives="yes_no",
    args=[Arg("text", "text")],
    examples=[Example("Leaf drop", ["Leaf"], True), Example(None, ["Leaf"], False)],
)
def starts_with(value: str, text: str) -> bool:
    """Checks whether it begins with a text."""
    return value.startswith(text)


@operator(
    label="number of words",
    group=GET,
    takes="text",
    gives="number",
    examples=[Example("Move it back", [], 3), Example("", [], 0)],
)
def number_of_words(value: str) -> int:
    """Counts the words between spaces."""
    return len(value.split())


@operator(
    label="number of characters",
    group=GET,
    takes="text",
    gives="number",
    examples=[Example("Maya", [], 4), Example(None, [], 0)],
)
def number_of_characters(value: str) -> int:
    """Counts the characters, including spaces."""
    return len(value)


@operator(
    label="split by",
    group=GET,
    takes="text",
    gives="list:text",
    args=[Arg("separator", "text")],
    examples=[Example("a, b", [", "], ["a", "b"]), Example("ab", [""], ["ab"]), Example("", [","], [])],
)
def split_by(value: str, separator: str) -> list[str]:
    """Splits it into a list of texts at a separator."""
    if not value:
        return []
    return value.split(separator) if separator else [value]


@operator(
    label="as a number",
    group=GET,
    takes="text",
    gives="number",
    examples=[Example(" 3.5 ", [], 3.5), Example("three", [], None), Example(None, [], None)],
)
def as_a_number(value: str) -> int | float | None:
    """Reads the number in it; empty if there is none."""
    return as_number(value)
