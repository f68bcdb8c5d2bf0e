"""Finding patterns in a text, such as [A-Z]{2}-\\d+ (P31: bounded for any text and pattern)."""

from builder.expressions.bounds import TEXT, TooMuch
from builder.expressions.patterns import Misread, found_in, wrong
from builder.operators import CHANGE, CHECK, GET, Arg, Example, operator

PATTERN = Arg("pattern", "text", wrong=wrong)


@operator(
    label="all that match",
    group=GET,
    takes="text",
    gives="list:text",
    args=[PATTERN],
    examples=[
        Example("Orders AB-12 and CD-345", ["[A-Z]{2}-\\d+"], ["AB-12", "CD-345"]),
        Example("none here", ["\\d+"], []),
        Example("abc", ["("], []),
        Example(None, ["a*"], []),
    ],
)
def all_that_match(value: str, pattern: str) -> list[str]:
    """The list of everything that matches a pattern: \\d is a digit, \\w a letter, + means one or more."""
    return [value[begin:end] for begin, end in _found(value, pattern)]


@operator(
    label="first that matches",
    group=GET,
    takes="text",
    gives="text",
    args=[PATTERN],
    examples=[Example("Order AB-12", ["[A-Z]{2}-\\d+"], "AB-12"), Example("none", ["\\d"], "")],
)
def first_that_matches(value: str, pattern: str) -> str:
    """The first text that matches a pattern; nothing if there is none."""
    begin, end = next(iter(_found(value, pattern, most=1)), (0, 0))
    return value[begin:end]


@operator(
    label="matches",
    group=CHECK,
    takes="text",
    gives="yes_no",
    args=[PATTERN],
    examples=[
        Example("maya@fern.org", ["^\\S+@\\S+\\.\\w+$"], True),
        Example("maya", ["^\\S+@\\S+$"], False),
        Example(None, ["a"], False),
        Example("a", [""], False),
    ],
)
def matches(value: str, pattern: str) -> bool:
    """Checks whether a pattern occurs in it; ^ is its beginning, $ its end."""
    return bool(pattern) and bool(_found(value, pattern, most=1))


@operator(
    label="with matches replaced",
    group=CHANGE,
    takes="text",
    gives="text",
    args=[PATTERN, Arg("replace", "text")],
    examples=[
        Example("Call 030 1234", ["\\d", "•"], "Call ••• ••••"),
        Example("a  b   c", ["\\s+", " "], "a b c"),
        Example("abc", ["[", "x"], "abc"),
    ],
)
def with_matches_replaced(value: str, pattern: str, replace: str) -> str:
    """Replaces everything that matches a pattern."""
    pieces, at = [], 0
    found = _found(value, pattern)
    if len(value) + len(found) * len(replace) > TEXT:
        raise TooMuch("characters in one text", TEXT)
    for begin, end in found:
        pieces += [value[at:begin], replace]
        at = end
    return "".join([*pieces, value[at:]])


def _found(value: str, pattern: str, most: int | None = None) -> list[tuple[int, int]]:
    """The matches of a pattern; none for an invalid one, which its field reports already."""
    if not pattern:
        return []
    try:
        return found_in(value, pattern, most)
    except Misread:
        return []
