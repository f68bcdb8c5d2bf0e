"""Frames over time as the debugger draws them: counts per slice, the current rate, the longest gap. Bounded in size."""

import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any
from weakref import WeakSet

from connector.answers.stream import Stream

# The initial length of a slice in seconds, and the most slices there are.
SLICE = 0.1
COLUMNS = 120
# The rate is that of the last second.
SECOND = 1.0


@dataclass(slots=True)
class Ended:
    """The totals of streams that have ended. `seconds` is the time in which the `timed` frames came."""

    frames: int = 0
    bytes: int = 0
    first: float | None = None
    seconds: float = 0.0
    timed: int = 0

    def add(self, stream: Stream) -> None:
        self.frames += stream.frames
        self.bytes += stream.bytes
        self.first = min(_known([self.first, stream.seconds_to_first_text]), default=None)
        if stream.seconds_in_all is not None and stream.seconds_to_first_frame is not None:
            self.seconds += stream.seconds_in_all - stream.seconds_to_first_frame
            self.timed += stream.frames


class Meter:
    """Counts the frames of some streams from outside: `sample` is called at every look, nothing for every frame. For a
    stream that has ended only the totals are kept, since a page may request data for hours.

    When there are too many slices, a run's meter merges pairs, so that all of it stays visible; one that slides drops
    the oldest half, for streams without an end.
    """

    def __init__(self, slides: bool = False, clock: Callable[[], float] = time.monotonic):
        self.slides = slides
        self.clock = clock
        self.began = clock()
        self.width = SLICE
        self.columns: list[int] = []
        self.longest_gap: float | None = None
        self._origin = 0.0
        self._counted: dict[Stream, int] = {}
        self._heard: dict[Stream, float] = {}
        self._recent: deque[tuple[float, int]] = deque()
        self._unsubscribe: dict[Stream, Callable[[], None]] = {}
        self._ended = Ended()
        self._met: WeakSet[Stream] = WeakSet()

    def follow(self, stream: Stream) -> None:
        """Watch one more stream. If it has already begun, only what comes from now on is counted."""
        if stream not in self._met:
            self._met.add(stream)
            self._counted[stream] = stream.frames
            self._unsubscribe[stream] = stream.subscribe(lambda changed: self._came(stream))

    @property
    def behind(self) -> bool:
        """Whether frames have come since the last look."""
        return any(stream.frames != counted for stream, counted in self._counted.items())

    def sample(self, at: float) -> None:
        """Add what has come since the last look to the slice of `at`, in seconds since the beginning."""
        came = sum(stream.frames - counted for stream, counted in self._counted.items())
        for stream in list(self._counted):
            self._counted[stream] = stream.frames
            if stream.over:
                self._let_go(stream)
        while at - self._origin >= self.width * COLUMNS:
            self._make_room()
        column = int((at - self._origin) / self.width)
        self.columns += [0] * (column + 1 - len(self.columns))
        self.columns[column] += came
        self._recent.append((at, came))
        while self._recent[0][0] <= at - SECOND:
            self._recent.popleft()

    def picture(self) -> dict[str, Any]:
        """The four numbers and the slices, in seconds and bytes; None for what has not happened."""
        streams, ended = list(self._counted), self._ended
        firsts = [ended.first, *(stream.seconds_to_first_text for stream in streams)]
        return {
            "columns": self.columns,
            "width": self.width,
            "slides": self.slides,
            "rate": self._rate(streams),
            "frames": ended.frames + sum(stream.frames for stream in streams),
            "bytes": ended.bytes + sum(stream.bytes for stream in streams),
            "first": min(_known(firsts), default=None),
            "gap": max(_known([self.longest_gap, *self._gaps_now()]), default=None),
        }

    def close(self) -> None:
        """Stop watching."""
        for unsubscribe in self._unsubscribe.values():
            unsubscribe()
        self._unsubscribe.clear()

    def _let_go(self, stream: Stream) -> None:
        self._ended.add(stream)
        del self._counted[stream]
        self._heard.pop(stream, None)
        self._unsubscribe.pop(stream)()

    def _came(self, stream: Stream) -> None:
        if stream.state != "streaming":
            return
        now = self.clock()
        before = self._heard.get(stream)
        if before is not None:
            self.longest_gap = max(self.longest_gap or 0.0, now - before)
        self._heard[stream] = now

    def _gaps_now(self) -> Iterable[float]:
        """How long the running streams have been silent."""
        now = self.clock()
        return [now - heard for stream, heard in self._heard.items() if stream.state == "streaming"]

    def _rate(self, streams: list[Stream]) -> float | None:
        """Frames per second: in the last second while anything is streaming, on average once everything has ended."""
        if any(stream.state == "streaming" for stream in streams):
            return float(sum(came for _, came in self._recent))
        over = replace(self._ended)
        for stream in streams:
            if stream.over:
                over.add(stream)
        return over.timed / over.seconds if over.seconds > 0 else None

    def _make_room(self) -> None:
        if self.slides:
            half = COLUMNS // 2
            del self.columns[:half]
            self._origin += half * self.width
        else:
            self.columns = [sum(self.columns[at : at + 2]) for at in range(0, len(self.columns), 2)]
            self.width *= 2


def _known(numbers: Iterable[float | None]) -> list[float]:
    return [number for number in numbers if number is not None]
