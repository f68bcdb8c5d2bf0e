"""Style sheets for pages that look different at breakpoints, derived from those of pages that do not.

A look property that differs for narrow pages is written as one attribute per range of widths, `data-gap-base="lg"`,
`data-gap-tablet="sm"` …, and none for all. So each rule with a selector for a look, `[data-gap="sm"]`, is replaced in
place by one rule per range that matches either. A condition that applies writes the attribute for all widths, which
wins as long as it is present. Specificity is unchanged: `:is()` has that of its most specific argument, and `:where()`
none.
"""

import re
from collections.abc import Collection, Iterator

from builder.elements import elements
from builder.styling.breakpoints import BREAKPOINTS, media

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# At-rules that contain rules; others contain declarations or keyframes.
_HOLDS_RULES = ("@layer", "@media", "@supports", "@container")


def looks() -> set[str]:
    """The properties of all element types that can differ at a breakpoint."""
    return {prop for element in elements.values() for prop in element.varies}


def narrowed(css: str, props: Collection[str] | None = None) -> str:
    """A style sheet in which these properties, by default all of them, can differ at breakpoints."""
    names = looks() if props is None else props
    if not names:
        return css
    asks = re.compile(rf"\[data-({'|'.join(sorted(names))})([~|^$*]?=[^\]]*)?\]")
    return "".join(_rules(_COMMENT.sub("", css), asks))


def selector_at(selector: str, at: str, asks: re.Pattern[str]) -> str:
    """A selector for one range of widths."""

    def either(found: re.Match[str]) -> str:
        prop, value = found[1], found[2] or ""
        return f":is([data-{prop}{value}], [data-{prop}-{at}{value}]:where(:not([data-{prop}])))"

    return asks.sub(either, selector)


def _rules(css: str, asks: re.Pattern[str]) -> Iterator[str]:
    for head, block in _blocks(css):
        if block is None:
            yield head
        elif head.lstrip().startswith(_HOLDS_RULES):
            yield f"{head}{{{''.join(_rules(block, asks))}}}"
        elif asks.search(head) or (not head.lstrip().startswith("@") and asks.search(block)):
            rule = f"{head.strip()} {{{block}}}"
            yield "\n" + "\n".join(f"@media {media(at)} {{ {selector_at(rule, at, asks)} }}" for at in BREAKPOINTS)
        else:
            yield f"{head}{{{block}}}"


def _blocks(css: str) -> Iterator[tuple[str, str | None]]:
    """The text before each pair of braces and their content; text outside of all is a head without a block."""
    start = at = 0
    while at < len(css):
        if css[at] in "\"'":
            at = css.index(css[at], at + 1)
        elif css[at] == ";":
            yield css[start : at + 1], None
            start = at + 1
        elif css[at] == "{":
            end = _end(css, at)
            yield css[start:at], css[at + 1 : end]
            start, at = end + 1, end
        at += 1
    if css[start:]:
        yield css[start:], None


def _end(css: str, at: int) -> int:
    """The position of the brace that closes the one at `at`."""
    depth = 0
    while True:
        if css[at] in "\"'":
            at = css.index(css[at], at + 1)
        elif css[at] == "{":
            depth += 1
        elif css[at] == "}":
            depth -= 1
            if not depth:
                return at
        at += 1
