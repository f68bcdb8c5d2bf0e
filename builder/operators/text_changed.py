"""More ways to write a text: letters, lengths, and what other places need of it."""

import json
from functools import partial
from urllib.parse import quote

from builder.operators import CHANGE, Arg, Example, operator

# Nobody fills a text up to more than this.
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
    """Writes its first letter large."""
    return value[:1].upper() + value[1:]


@text_to_text(
    label="with Capital Letters",
    examples=[Example("leaf drop isn't rare", [], "Leaf Drop Isn't Rare"), Example("a  b", [], "A  B")],
)
def with_capitals(value: str) -> str:
    """Writes the first letter of every word large."""
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
    """Keeps so many characters, the last one being “…” where something is cut off."""
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
    """Puts a character before it until it is so long, 1,000 characters at most."""
    return value.rjust(int(max(0, min(length or 0, FILLED))), (character or " ")[0])


@text_to_text(
    label="on one line",
    examples=[Example(" Leaf \n\n drop ", [], "Leaf drop"), Example(None, [], "")],
)
def on_one_line(value: str) -> str:
    """Makes one space of every run of spaces and line ends."""
    return " ".join(value.split())


@text_to_text(
    label="without",
    args=[Arg("text", "text")],
    examples=[Example("a-b-c", ["-"], "abc"), Example("abc", [""], "abc"), Example(None, ["a"], "")],
)
def without(value: str, text: str) -> str:
    """Takes a text out wherever it stands."""
    return value.replace(text, "") if text else value


@text_to_text(
    label="as part of an address",
    examples=[Example("leaf & drop?", [], "leaf%20%26%20drop%3F"), Example(None, [], "")],
)
def as_part_of_an_address(value: str) -> str:
    """Writes it so that it can stand in a web address."""
    return quote(value, safe="", errors="replace")


@text_to_text(
    label="as JSON-safe text",
    examples=[Example('She said "no"', [], '"She said \\"no\\""'), Example(None, [], '""')],
)
def as_json_safe_text(value: str) -> str:
    """Writes it with its quotation marks, so that it can stand in JSON."""
    return json.dumps(value, ensure_ascii=False)
