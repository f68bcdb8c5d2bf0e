"""Style sheets for pages that look another way at breakpoints, made from those of pages that do not.

A look that is another one for narrow pages is written as an attribute for each range of widths, `data-gap-base="lg"`,
`data-gap-tablet="sm"` …, and none for all. So each rule that asks for a look, `[data-gap="sm"]`, becomes one rule a
range, in its place, that asks for either. A condition that holds writes the attribute for all, which wins while it is
there. No rule has another weight than before: `:is()` counts its heaviest, and `:where()` nothing.
"""

import re
from collections.abc import Collection, Iterator

from builder.elements import elements
from builder.styling.breakpoints import BREAKPOINTS, media

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# What holds rules in its braces; others hold declarations or steps.
_HOLDS_RULES = ("@layer", "@media", "@supports", "@container")


def looks() -> set[str]:
    """The properties of all element types that can be others at a breakpoint."""
    return {prop for element in elements.values() for prop in element.varies}


def narrowed(css: str, props: Collection[str] | None = None) -> str:
    """A style sheet that draws these properties also where they are others at breakpoints; by default all there are."""
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
    """What stands before each pair of braces and in it; what stands outside of all is a head without a block."""
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
    """Where the brace closes that opens at `at`."""
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
