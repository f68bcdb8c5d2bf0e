"""What a frame's value amounts to as a text, a number or a yes/no; None if it cannot be read as one."""

import re
from typing import Any

_NUMBER = re.compile(r"[-+]?(\d{1,3}(,\d{3})+|\d{1,4000})?(\.\d+)?([eE][-+]?\d{1,3})?")
_SURROGATE = re.compile("[\ud800-\udfff]")
_YES_NO = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def as_piece(value: Any) -> str | None:
    """A piece of a text stream: a string as it is, a number or yes/no as JSON writes it, nothing for lists and
    objects."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else None


def as_text(value: Any) -> str | None:
    """A whole text, with broken surrogate pairs repaired; the texts of a list (`[*]`) concatenated."""
    if value.__class__ is str and value.isascii():
        return value
    if isinstance(value, list):
        pieces = [piece for piece in map(as_piece, value) if piece is not None]
        return mended("".join(pieces)) if pieces else None
    piece = as_piece(value)
    return None if piece is None else mended(piece)


def as_number(value: Any) -> int | float | None:
    """A number, including one inside a string, with or without thousands separators. Of a list, the last."""
    if value.__class__ is int:
        return value
    if isinstance(value, list):
        return next((number for each in reversed(value) if (number := as_number(each)) is not None), None)
    if isinstance(value, str):
        return _number_in(value.strip())
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def as_yes_no(value: Any) -> bool | None:
    """A yes/no, including as a word or as 1 and 0. Of a list, the last."""
    if isinstance(value, list):
        return next((answer for each in reversed(value) if (answer := as_yes_no(each)) is not None), None)
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _YES_NO.get(value.strip().lower())
    return bool(value) if value in (0, 1) else None


def as_scalar(value: Any) -> str | int | float | bool | None:
    """Any scalar as it is; of a list, the last."""
    if isinstance(value, list):
        return next((scalar for each in reversed(value) if (scalar := as_scalar(each)) is not None), None)
    if isinstance(value, str):
        return mended(value)
    return value if isinstance(value, bool | int | float) else None


def has_surrogates(text: str) -> bool:
    """Whether a text contains lone halves of surrogate pairs, as JSON escapes such as `\\ud83d` leave them."""
    return not text.isascii() and _SURROGATE.search(text) is not None


def mended(text: str) -> str:
    """The text with matching halves joined and U+FFFD in place of lone ones."""
    if not has_surrogates(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _number_in(text: str) -> int | float | None:
    if not text[-1:].isdigit() or not _NUMBER.fullmatch(text):
        return None
    digits = text.replace(",", "")
    if digits.lstrip("+-").isdigit():
        return int(digits)
    number = float(digits)
    return number if abs(number) != float("inf") else None
