"""What the Design tab draws, in pieces, so that a gesture costs what it has changed: of each element what is its own,
with holes where others stand. A browser says by their mark which pieces it has, and gets those that are others now;
where they are not at hand here any more it gets all as one.

static/js/design/redraw.js puts them together.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString

from builder.remembered import Shelf

# How many pieces are at hand, of all that was drawn lately. Most are the same in many drawings, and in memory once.
AT_HAND = 40_000
_drawings: "Shelf[str, dict[str, str]]" = Shelf(AT_HAND)
_HOLE = re.compile(r'<template data-hole data-\w+="([^"]*)"></template>')


def hole(attribute: str, key: str) -> str:
    """Where another piece stands, named by the attribute that its element is named by."""
    return f'<template data-hole {attribute}="{key}"></template>'


@dataclass(frozen=True)
class Drawing:
    """Pieces by their keys; the first has all others in it."""

    pieces: dict[str, str]

    @cached_property
    def whole(self) -> SafeString:
        """All as one, without holes. Each piece is the output of a template."""
        return SafeString(self._filled(next(iter(self.pieces))))

    def _filled(self, key: str) -> str:
        return _HOLE.sub(lambda found: self._filled(found[1]), self.pieces[key])

    @cached_property
    def mark(self) -> str:
        """What it is named by, in this process; at hand from now on."""
        # A text knows its hash once it was asked for, and most pieces are the very texts of other drawings.
        made = f"{hash(tuple(self.pieces.items())) % 2**64:016x}"
        if _drawings.get(made) is None:
            _drawings.put(made, self.pieces, len(self.pieces))
        return made

    def since(self, mark: str) -> dict[str, Any]:
        """What makes this of what a browser has: `{"base": the mark of that, "mark", "pieces": {key: HTML}}`. With no
        `base` it makes it of anything."""
        before = _drawings.get(mark) if mark else None
        if before is None:
            return {"base": "", "mark": self.mark, "pieces": {next(iter(self.pieces)): self.whole}}
        changed = {key: html for key, html in self.pieces.items() if before.get(key) != html}
        return {"base": mark, "mark": self.mark, "pieces": changed}
