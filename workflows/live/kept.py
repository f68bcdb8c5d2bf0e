"""What the streams of this process have said, and how much of it is stored (S33, P16).

They are polled once a second, so that a frame costs nothing. What a text has gained since then is one piece, appended;
once a stream has ended, all of its texts are written as a whole, replacing the pieces.
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

# How often the database may reject a stream before it is given up.
REFUSALS = 3
# Seconds between two writes of large facts or a large visit, which are written in full each time.
LARGE_EVERY = 5.0


@dataclass(slots=True)
class Kept:
    """Whom a stream belongs to, and what of it is stored: epoch and length of each text, and state and values of the
    rest."""

    id: str
    app: str
    visit: str
    run: str
    step: str
    texts: dict[str, tuple[int, int]] = field(default_factory=dict)
    facts: tuple[str, dict[str, Any]] | None = None
    # Whether its values are left out because they cannot be written.
    bare: bool = False
    refusals: int = 0
    # The number of characters in its facts when last written, and when they may be written again.
    size: int = 0
    due: float = 0.0

    @property
    def whose(self) -> str:
        return f"{self.step or 'a page'} of the app {self.app}"

    def forget(self) -> None:
        """Disregard what is stored: everything is written again."""
        self.texts, self.facts, self.due = {}, None, 0.0


@dataclass(slots=True, eq=False)
class Growth:
    """What has to be written for one stream: its row if its facts have changed, and its new pieces, each with its field
    and the length before it. `whole` are the fields whose text was replaced."""

    stream: Stream
    kept: Kept
    # Contains its facts and texts once `write` has been called.
    row: KeptStream | None
    told: dict[str, Any]
    said: dict[str, str]
    pieces: list[tuple[str, int, str]]
    whole: list[str]
    # What is stored once this has been written.
    texts: dict[str, tuple[int, int]]
    facts: tuple[str, dict[str, Any]]

    def write(self) -> None:
        """Serialise facts and texts into the row. That may take long, so it is done off the event loop. Values that
        cannot be serialised are left out from now on."""
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
    """The streams worth storing, by the names under which they are found again."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: WeakKeyDictionary[Stream, Kept] = WeakKeyDictionary()
        self._living: WeakValueDictionary[str, Stream] = WeakValueDictionary()
        # Those that may still have something to write.
        self._open: dict[Stream, Kept] = {}

    def name(self, stream: Stream, app: str, visit: str, run: str = "", step: str = "") -> str:
        """The name of a stream, which is stored from now on."""
        known = self._kept.get(stream)
        if known is None:
            known = self._open[stream] = self._know(stream, Kept(new_id("sm", 12), app, visit, run, step))
        return known.id

    def names(self) -> list[str]:
        """The names of those that may still have something to write."""
        return [kept.id for kept in self._open.values()]

    def find(self, name: str) -> Stream | None:
        """A stream of this process."""
        return self._living.get(name)

    def stored(self, stream: Stream, row: KeptStream) -> Stream:
        """Add a stream that was rebuilt from its row, and has nothing to write."""
        self._know(stream, Kept(row.id, row.app_id, row.visit, row.run, row.step))
        return stream

    def grown(self) -> Iterator[Growth]:
        """What has to be written, each in its state when it is requested."""
        for stream, kept in list(self._open.items()):
            if growth := self._growth(stream, kept):
                yield growth

    def written(self, growth: Growth) -> None:
        """All of it has been stored."""
        kept, row = growth.kept, growth.row
        kept.texts = growth.texts
        if row:
            kept.facts, kept.size = growth.facts, len(row.facts)
            kept.due = self._clock() + LARGE_EVERY if kept.size > LARGE else 0.0
            if row.over:
                self._open.pop(growth.stream, None)

    def refused(self, growth: Growth) -> None:
        """The database accepts the rest but not this: it is written in full the next time, and eventually given up."""
        growth.kept.forget()
        growth.kept.refusals += 1
        if growth.kept.refusals >= REFUSALS:
            self._open.pop(growth.stream, None)

    def give_up(self, visit: str) -> None:
        """The streams of a visit that are over are not stored any more."""
        for stream, kept in list(self._open.items()):
            if kept.visit == visit and stream.over:
                del self._open[stream]

    def anew(self) -> None:
        """Others have ended what is stored of the streams in progress: everything is written again."""
        for kept in self._open.values():
            kept.forget()

    def _growth(self, stream: Stream, kept: Kept) -> Growth | None:
        """What has to be written for one stream. If that cannot be determined, it is dropped, so that it does not keep
        the others from being saved."""
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
    """Whether facts have to be written now: not unless they have changed, and not all the time if they are large."""
    if kept.facts is None or kept.facts[0] != facts[0]:
        return True
    return now >= kept.due and kept.facts != facts


kept_streams = KeptStreams()
