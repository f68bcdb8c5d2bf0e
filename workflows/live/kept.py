"""What the streams of this process have said, and how much of it is stored (S33, P16).

They are asked once a second, so that a frame costs nothing. What a text has gained since is one piece, appended; once
a stream is over all of its texts are written whole, in the place of the pieces.
"""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary, WeakValueDictionary

from builder.document import new_id
from connector.answers.stream import Stream
from workflows.live.frozen import LARGE, storable, write, write_large
from workflows.live.leases import HERE
from workflows.models import KeptStream

log = logging.getLogger(__name__)

# So often one stream may be refused by the database before it is given up.
REFUSALS = 3
# Seconds between two times that facts or a visit are written which are large: all of it is written each time.
LARGE_EVERY = 5.0


@dataclass(slots=True)
class Kept:
    """Whose a stream is, and what of it is stored: of each text its epoch and its length, of the rest state and
    values."""

    id: str
    app: str
    visit: str
    run: str
    step: str
    texts: dict[str, tuple[int, int]] = field(default_factory=dict)
    facts: tuple[str, dict[str, Any]] | None = None
    # Whether its values are left out, because they cannot be written.
    bare: bool = False
    refusals: int = 0
    # Of its facts as they were written last, the characters, and when they may be written again.
    size: int = 0
    due: float = 0.0

    @property
    def whose(self) -> str:
        return f"{self.step or 'a page'} of the app {self.app}"

    def forget(self) -> None:
        """What is stored of it does not count: all of it is written again."""
        self.texts, self.facts, self.due = {}, None, 0.0


@dataclass(slots=True, eq=False)
class Growth:
    """What is to be written of one stream: its row where its facts have changed, and its new pieces, each with its
    field and the length before it. `whole` are the fields whose text was replaced."""

    stream: Stream
    kept: Kept
    # With its facts and its texts once `write` was called.
    row: KeptStream | None
    told: dict[str, Any]
    said: dict[str, str]
    pieces: list[tuple[str, int, str]]
    whole: list[str]
    # What is stored once this is written.
    texts: dict[str, tuple[int, int]]
    facts: tuple[str, dict[str, Any]]

    def write(self) -> None:
        """Write facts and texts into the row. It may take long, so it is done beside the loop. Values that cannot be
        written are left out, from now on."""
        if not self.row or self.row.facts:
            return
        try:
            self.row.facts = (write_large if self.kept.size > LARGE else write)(self.told)
        except Exception:
            log.exception("The answer to %s: only its texts can be saved", self.kept.whose)
            self.kept.bare, self.facts = True, (self.facts[0], {})
            self.row.facts = write(self.told | {"values": {}})
        if self.row.over:
            self.row.texts = write(self.said)


class KeptStreams:
    """The streams that are worth keeping, by the names under which they are found again."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: WeakKeyDictionary[Stream, Kept] = WeakKeyDictionary()
        self._living: WeakValueDictionary[str, Stream] = WeakValueDictionary()
        # Those of which something may have to be written.
        self._open: dict[Stream, Kept] = {}

    def name(self, stream: Stream, app: str, visit: str, run: str = "", step: str = "") -> str:
        """The name of a stream, which is kept from now on."""
        known = self._kept.get(stream)
        if known is None:
            known = self._open[stream] = self._know(stream, Kept(new_id("sm", 12), app, visit, run, step))
        return known.id

    def find(self, name: str) -> Stream | None:
        """A stream of this process."""
        return self._living.get(name)

    def stored(self, stream: Stream, row: KeptStream) -> Stream:
        """A stream that was made again out of its row, and has nothing to be written."""
        self._know(stream, Kept(row.id, row.app_id, row.visit, row.run, row.step))
        return stream

    def grown(self) -> Iterator[Growth]:
        """What has to be written, each as it is when it is asked for."""
        for stream, kept in list(self._open.items()):
            if growth := self._growth(stream, kept):
                yield growth

    def written(self, growth: Growth) -> None:
        """All of it is stored."""
        kept, row = growth.kept, growth.row
        kept.texts = growth.texts
        if row:
            kept.facts, kept.size = growth.facts, len(row.facts)
            kept.due = self._clock() + LARGE_EVERY if kept.size > LARGE else 0.0
            if row.over:
                self._open.pop(growth.stream, None)

    def refused(self, growth: Growth) -> None:
        """The database takes the rest but not this: it is written whole the next time, and at last given up."""
        growth.kept.forget()
        growth.kept.refusals += 1
        if growth.kept.refusals >= REFUSALS:
            self._open.pop(growth.stream, None)

    def anew(self) -> None:
        """Others have ended what is stored of the streams that go on: all of it is written again."""
        for kept in self._open.values():
            kept.forget()

    def _growth(self, stream: Stream, kept: Kept) -> Growth | None:
        """What has to be written of one. Where that cannot be worked out it is let go of: nothing of it keeps the
        others from being saved."""
        try:
            return _growth(stream, kept, self._clock())
        except Exception:
            log.exception("The answer to %s cannot be saved", kept.whose)
            del self._open[stream]
            return None

    def _know(self, stream: Stream, kept: Kept) -> Kept:
        self._kept[stream] = kept
        self._living[kept.id] = stream
        return kept


def _growth(stream: Stream, kept: Kept, now: float) -> Growth | None:
    facts = (stream.state, {} if kept.bare else dict(stream.values))
    texts, pieces, whole = {}, [], []
    for key, text in stream.texts.items():
        known = kept.texts.get(key, (0, 0))
        texts[key] = stands = (text.epoch, text.length)
        if stands == known or stream.over:
            continue
        epoch, at = known
        if epoch != text.epoch:
            whole.append(key)
            at = 0
        pieces.append((key, at, storable(text.since(at))))
    if not _is_due(kept, facts, now):
        return Growth(stream, kept, None, {}, {}, pieces, whole, texts, facts) if pieces else None
    whose = {"app_id": kept.app, "visit": kept.visit, "run": kept.run, "step": kept.step, "owner": HERE}
    row = KeptStream(id=kept.id, over=stream.over, **whose)
    said = {key: text.whole() for key, text in stream.texts.items()} if stream.over else {}
    return Growth(stream, kept, row, stream.facts() | {"values": facts[1]}, said, pieces, whole, texts, facts)


def _is_due(kept: Kept, facts: tuple[str, dict[str, Any]], now: float) -> bool:
    """Whether facts are to be written now: not while nothing of them has changed, and large ones not all the time."""
    if kept.facts is None or kept.facts[0] != facts[0]:
        return True
    return now >= kept.due and kept.facts != facts


kept_streams = KeptStreams()
