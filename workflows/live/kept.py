"""What the streams of this process have said, and how much of it is stored (S33, P16).

They are asked once a second, so that a frame costs nothing. What a text has gained since is one piece, appended; once
a stream is over all of its texts are written whole, in the place of the pieces.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary, WeakValueDictionary

from builder.document import new_id
from connector.stream import Stream
from workflows.live.frozen import write
from workflows.live.leases import HERE
from workflows.models import KeptStream, KeptText


@dataclass(frozen=True, slots=True)
class Growth:
    """What is to be written of one stream: its row where its facts have changed, and its new pieces. `whole` are the
    fields whose text was replaced. `written` is called once all of it is stored."""

    id: str
    app: str
    row: KeptStream | None
    pieces: list[KeptText]
    whole: list[str]
    written: Callable[[], None]


@dataclass(slots=True)
class _Kept:
    """Whose a stream is, and what of it is stored: of each text its epoch and its length, of the rest state and
    values."""

    id: str
    app: str
    visit: str
    run: str
    step: str
    texts: dict[str, tuple[int, int]] = field(default_factory=dict)
    facts: tuple[str, dict[str, Any]] | None = None


class KeptStreams:
    """The streams that are worth keeping, by the names under which they are found again."""

    def __init__(self) -> None:
        self._kept: WeakKeyDictionary[Stream, _Kept] = WeakKeyDictionary()
        self._living: WeakValueDictionary[str, Stream] = WeakValueDictionary()
        # Those of which something may have to be written.
        self._open: dict[Stream, _Kept] = {}

    def name(self, stream: Stream, app: str, visit: str, run: str = "", step: str = "") -> str:
        """The name of a stream, which is kept from now on."""
        known = self._kept.get(stream)
        if known is None:
            known = self._open[stream] = self._know(stream, _Kept(new_id("sm", 12), app, visit, run, step))
        return known.id

    def find(self, name: str) -> Stream | None:
        """A stream of this process."""
        return self._living.get(name)

    def stored(self, stream: Stream, row: KeptStream) -> Stream:
        """A stream that was made again out of its row, and has nothing to be written."""
        self._know(stream, _Kept(row.id, row.app_id, row.visit, row.run, row.step))
        return stream

    def grown(self) -> list[Growth]:
        """What has to be written, as it is now."""
        growths = (_growth(stream, kept, self._open) for stream, kept in list(self._open.items()))
        return [each for each in growths if each]

    def _know(self, stream: Stream, kept: _Kept) -> _Kept:
        self._kept[stream] = kept
        self._living[kept.id] = stream
        return kept


def _growth(stream: Stream, kept: _Kept, open_: dict[Stream, _Kept]) -> Growth | None:
    over, facts = stream.over, (stream.state, dict(stream.values))
    stands = {key: (text.epoch, text.length) for key, text in stream.texts.items()}
    pieces, whole = [], []
    for key, (epoch, length) in stands.items() if not over else ():
        old_epoch, old_length = kept.texts.get(key, (0, 0))
        if epoch != old_epoch:
            whole.append(key)
            old_length = 0
        if length > old_length:
            text = stream.texts[key].since(old_length)
            pieces.append(KeptText(stream_id=kept.id, field=key, at=old_length, text=text))
    row = None if facts == kept.facts else _row(stream, kept)
    if not row and not pieces and not whole:
        return None

    def written() -> None:
        kept.texts, kept.facts = stands, facts
        if over:
            open_.pop(stream, None)

    return Growth(kept.id, kept.app, row, pieces, whole, written)


def _row(stream: Stream, kept: _Kept) -> KeptStream:
    whose = {"app_id": kept.app, "visit": kept.visit, "run": kept.run, "step": kept.step, "owner": HERE}
    row = KeptStream(id=kept.id, over=stream.over, facts=write(stream.facts()), **whose)
    if stream.over:
        row.texts = write({key: text.whole() for key, text in stream.texts.items()})
    return row


kept_streams = KeptStreams()
