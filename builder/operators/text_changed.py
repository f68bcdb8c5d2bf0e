"""More ways to change a text: case, length, and what other places need."""

import json
from functools import partial
from urllib.parse import quote

from builder.operators import CHANGE, Arg, Example, operator

# The length up to which a text can be filled.
FILLED = 1_000
text_to_text = partial(operator, group=CHANGE, takes="text", gives="text")


@text_to_text(
    label="preceded by",
    args=[Arg("text", "text")],
    examples=[Example("Maya", ["Hello, "], "Hello, Maya"), Example(None, ["x"], "x")],
)
def preceded_by(value: str, text: str) -> str:
    """Adds text at the beginning."""
    return text + value


@text_to_text(
    label="with a capital letter",
    examples=[Example("leaf drop", [], "Leaf drop"), Example(None, [], "")],
)
def with_a_capital(value: str) -> str:
    """Changes its first letter to a capital."""
    return value[:1].upper() + value[1:]


@text_to_text(
    label="with Capital Letters",
    examples=[Example("leaf drop isn't rare", [], "Leaf Drop Isn't Rare"), Example("a  b", [], "A  B")],
)
def with_capitals(value: str) -> str:
    """Changes the first letter of every word to a capital."""
    return " ".join(word[:1].upper() + word[1:] for word in value.split(" "))


@text_to_text(
    label="cut to",
    args=[Arg("length", "number", unit="characters, with …")],
    examples=[
        Example("Leaf drop after a move", [10], "Leaf drop…"),
        Example("Leaf", [10], "Leaf"),
        Example("Leaf", [None], "Leaf"),
        Example("Leaf", [0], ""),
    ],
)
def cut_to(value: str, length: float | None) -> str:
    """Keeps a number of characters, the last one being “…” if something is cut off."""
    if length is None or len(value) <= length:
        return value
    return f"{value[: int(length) - 1].rstrip()}…" if length >= 1 else ""


@text_to_text(
    label="filled up to",
    args=[Arg("length", "number", unit="characters with"), Arg("character", "text")],
    examples=[
        Example("7", [3, "0"], "007"),
        Example("1234", [3, "0"], "1234"),
        Example("7", [3, ""], "  7"),
        Example("7", [None, "0"], "7"),
    ],
)
def filled_up_to(value: str, length: float | None, character: str) -> str:
    """Adds a character before it until it has a length, at most 1,000 characters."""
    return value.rjust(int(max(0, min(length or 0, FILLED))), (character or " ")[0])


@text_to_text(
    label="on one line",
    examples=[Example(" Leaf \n\n drop ", [], "Leaf drop"), Example(None, [], "")],
)
def on_one_line(value: str) -> str:
    """Replaces every run of spaces and line breaks by one space."""
    return " ".join(value.split())


@text_to_text(
    label="without",
    args=[Arg("text", "text")],
    examples=[Example("a-b-c", ["-"], "abc"), Example("abc", [""], "abc"), Example(None, ["a"], "")],
)
def without(value: str, text: str) -> str:
    """Removes a text wherever it occurs."""
    return value.replace(text, "") if text else value


@text_to_text(
    label="as part of an address",
    examples=[Example("leaf & drop?", [], "leaf%20%26%20drop%3F"), Example(None, [], "")],
)
def as_part_of_an_address(value: str) -> str:
    """Encodes it for use in a web address."""
    return quote(value, safe="", errors="replace")


@text_to_text(
    label="as JSON-safe text",
    examples=[Example('She said "no"', [], '"She said \\"no\\""'), Example(None, [], '""')],
)
def as_json_safe_text(value: str) -> str:
    """Writes it in quotation marks, for use in JSON."""
    return json.dumps(value, ensure_ascii=False)
