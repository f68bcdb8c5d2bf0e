"""The drawings of the Design tab in pieces, so that a gesture costs no more than its changes: each element's own HTML,
with holes for the elements inside. A browser identifies the pieces it has by a mark and is sent only those that differ;
if these are no longer cached here, it is sent everything at once.

static/js/design/redraw.js puts them together.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString

from builder.caching import SizedCache

# The number of cached pieces of recent drawings. Most are the same in many drawings, and in memory only once.
AT_HAND = 40_000
_drawings: "SizedCache[str, dict[str, str]]" = SizedCache(AT_HAND)
_HOLE = re.compile(r'<template data-hole data-\w+="([^"]*)"></template>')


def hole(attribute: str, key: str) -> str:
    """A placeholder for another piece, named by the attribute that identifies its element."""
    return f'<template data-hole {attribute}="{key}"></template>'


@dataclass(frozen=True)
class Drawing:
    """Pieces by their keys; the first contains all others."""

    pieces: dict[str, str]

    @cached_property
    def whole(self) -> SafeString:
        """The complete HTML, without holes. Each piece is the output of a template."""
        return SafeString(self._filled(next(iter(self.pieces))))

    def _filled(self, key: str) -> str:
        return _HOLE.sub(lambda found: self._filled(found[1]), self.pieces[key])

    @cached_property
    def mark(self) -> str:
        """Identifies the drawing within this process, and caches it."""
        # A string caches its hash, and most pieces are the same string objects as in other drawings.
        made = f"{hash(tuple(self.pieces.items())) % 2**64:016x}"
        if _drawings.get(made) is None:
            _drawings.put(made, self.pieces, len(self.pieces))
        return made

    def since(self, mark: str) -> dict[str, Any]:
        """The difference from what a browser has: `{"base": the mark of that, "mark", "pieces": {key: HTML}}`. With an
        empty `base` it is complete."""
        before = _drawings.get(mark) if mark else None
        if before is None:
            return {"base": "", "mark": self.mark, "pieces": {next(iter(self.pieces)): self.whole}}
        changed = {key: html for key, html in self.pieces.items() if before.get(key) != html}
        return {"base": mark, "mark": self.mark, "pieces": changed}
