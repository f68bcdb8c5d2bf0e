"""Bounds for every value: the cost of an author's JSON is known before it runs (P31, S12)."""

from collections.abc import Iterable

from builder.errors import Refused

DEPTH = 20  # values inside values
PARTS = 2_000  # literals, chips, operators and arguments in one value
STEPS = 100_000  # sources read and operators applied while evaluating one value
TEXT = 10_000_000  # characters of one text, S12
ITEMS = 100_000  # items of one list


class TooMuch(Refused):
    """A value exceeds a bound. `bound` names it, `limit` says how much is allowed."""

    code = "too_much"
    sentence = "This value is too large: more than {limit} {bound}."
    todo = "Make it simpler, or spread it over several steps."

    def __init__(self, bound: str, limit: int):
        super().__init__(bound=bound, limit=f"{limit:,}")


def joined(texts: Iterable[str], separator: str = "") -> str:
    """Several texts joined. Raises `TooMuch` before a text is built that would be too long: ten thousand items of a
    list may all be the same large text, which is in memory only once."""
    kept, length = [], -len(separator)
    for text in texts:
        length += len(text) + len(separator)
        if length > TEXT:
            raise TooMuch("characters in one text", TEXT)
        kept.append(text)
    return separator.join(kept)


def bounded_text(text: str) -> str:
    """The text, if it is not too long."""
    if len(text) > TEXT:
        raise TooMuch("characters in one text", TEXT)
    return text
