"""Taking parts out of a text, and searching in it."""

from datetime import date, datetime
from functools import partial
from typing import Any

from builder.expressions.values import as_date, as_json_object, as_number, as_yes
from builder.operators import CHECK, GET, Arg, Example, operator

part = partial(operator, group=GET, takes="text", gives="text")
check = partial(operator, group=CHECK, takes="text", gives="yes_no")


@part(
    label="last characters",
    args=[Arg("how many", "number", unit="characters")],
    examples=[Example("Leaf drop", [4], "drop"), Example("Leaf", [0], ""), Example("Leaf", [None], "Leaf")],
)
def last_characters(value: str, length: float | None) -> str:
    """Keeps a number of characters from the end."""
    return value if length is None else value[max(0, len(value) - max(0, int(length))) :]


@part(
    label="from character",
    args=[Arg("number", "number")],
    examples=[Example("Leaf drop", [6], "drop"), Example("Leaf", [None], "Leaf"), Example("Leaf", [9], "")],
)
def from_character(value: str, number: float | None) -> str:
    """Keeps everything from a position on, counted from 1."""
    return value if number is None else value[max(0, int(number) - 1) :]


@part(
    label="up to the first",
    args=[Arg("text", "text")],
    examples=[Example("maya@fern.org", ["@"], "maya"), Example("maya", ["@"], "maya"), Example(None, ["@"], "")],
)
def up_to_the_first(value: str, text: str) -> str:
    """Keeps what comes before the first occurrence of a text; all of it if there is none."""
    return value.partition(text)[0] if text else value


@part(
    label="after the first",
    args=[Arg("text", "text")],
    examples=[Example("maya@fern.org", ["@"], "fern.org"), Example("maya", ["@"], ""), Example("a", [""], "a")],
)
def after_the_first(value: str, text: str) -> str:
    """Keeps what comes after the first occurrence of a text; nothing if there is none."""
    return value.partition(text)[2] if text else value


@operator(
    label="its lines",
    group=GET,
    takes="text",
    gives="list:text",
    examples=[Example("one\ntwo\r\n", [], ["one", "two"]), Example(None, [], [])],
)
def its_lines(value: str) -> list[str]:
    """Splits it into a list of its lines."""
    return value.splitlines()


@operator(
    label="its words",
    group=GET,
    takes="text",
    gives="list:text",
    examples=[Example("Move it  back", [], ["Move", "it", "back"]), Example(None, [], [])],
)
def its_words(value: str) -> list[str]:
    """Splits it into a list of its words."""
    return value.split()


@operator(
    label="how often it holds",
    group=GET,
    takes="text",
    gives="number",
    args=[Arg("text", "text")],
    examples=[Example("a-b-c", ["-"], 2), Example("abc", [""], 0), Example(None, ["a"], 0)],
)
def how_often_it_holds(value: str, text: str) -> int:
    """Counts how often a text occurs in it."""
    return value.count(text) if text else 0


@operator(
    label="as a date",
    group=GET,
    takes="text",
    gives="date",
    examples=[Example("2026-11-21", [], as_date("2026-11-21")), Example("soon", [], None), Example(None, [], None)],
)
def as_a_date(value: str) -> datetime | date | None:
    """Reads the date in it, such as 2026-11-21 14:05; empty if there is none."""
    return as_date(value)


@operator(
    label="as a yes/no",
    group=GET,
    takes="text",
    gives="yes_no",
    examples=[Example("Yes", [], True), Example("true", [], True), Example("maybe", [], False)],
)
def as_a_yes_no(value: str) -> bool:
    """Yes if it reads “yes” or “true”, otherwise no."""
    return as_yes(value)


@operator(
    label="as an object",
    group=GET,
    takes="text",
    gives="object",
    examples=[
        Example('{"name": "Maya"}', [], {"name": "Maya"}),
        Example("[1]", [], None),
        Example('{"name":', [], None),
        Example(None, [], None),
    ],
)
def as_an_object(value: str) -> dict[str, Any] | None:
    """Reads the JSON object in it; empty if there is none."""
    return as_json_object(value)


@check(
    label="does not contain",
    args=[Arg("text", "text")],
    examples=[Example("Leaf", ["drop"], True), Example("Leaf drop", ["drop"], False), Example(None, ["a"], True)],
)
def does_not_contain(value: str, text: str) -> bool:
    """Checks whether it does not contain a text."""
    return text not in value


@check(
    label="ends with",
    args=[Arg("text", "text")],
    examples=[Example("Leaf drop", ["drop"], True), Example(None, ["drop"], False)],
)
def ends_with(value: str, text: str) -> bool:
    """Checks whether it ends with a text."""
    return value.endswith(text)


@check(
    label="contains in any letters",
    args=[Arg("text", "text")],
    examples=[Example("Leaf Drop", ["DROP"], True), Example("Straße", ["STRASSE"], True), Example("a", ["b"], False)],
)
def contains_in_any_letters(value: str, text: str) -> bool:
    """Checks whether it contains a text, in upper or lower case."""
    return text.casefold() in value.casefold()


@check(
    label="reads as a number",
    examples=[Example("3.5", [], True), Example("three", [], False), Example(None, [], False)],
)
def reads_as_a_number(value: str) -> bool:
    """Checks whether it is a number and nothing else."""
    return as_number(value) is not None
