"""Frames in time, as the debugger draws them: counts per slice, the rate now, the longest gap. Bounded."""

import time
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

from connector.stream import Stream

# Seconds a slice is long at first, and how many slices there are at most.
SLICE = 0.1
COLUMNS = 120
# The rate is that of the last second.
SECOND = 1.0


class Meter:
    """Counts the frames of some streams from outside: `sample` is called at every look, nothing at every frame.

    When there are too many slices, a meter of a run puts pairs together, so that all of it stays visible; one that
    slides lets go of the oldest half, for streams that have no end.
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
        self._unsubscribe: list[Callable[[], None]] = []

    def follow(self, stream: Stream) -> None:
        """Watch one more stream. Of one that has begun already only what comes from now on is counted."""
        if stream not in self._counted:
            self._counted[stream] = stream.frames
            self._unsubscribe.append(stream.subscribe(lambda changed: self._came(stream)))

    @property
    def behind(self) -> bool:
        """Whether frames have come since the last look."""
        return any(stream.frames != counted for stream, counted in self._counted.items())

    def sample(self, at: float) -> None:
        """Count what has come since the last look into the slice of `at`, in seconds since the beginning."""
        came = sum(stream.frames - counted for stream, counted in self._counted.items())
        self._counted = {stream: stream.frames for stream in self._counted}
        while at - self._origin >= self.width * COLUMNS:
            self._make_room()
        column = int((at - self._origin) / self.width)
        self.columns += [0] * (column + 1 - len(self.columns))
        self.columns[column] += came
        self._recent.append((at, came))
        while self._recent[0][0] <= at - SECOND:
            self._recent.popleft()

    def picture(self) -> dict[str, Any]:
        """The four numbers and the slices. Seconds and bytes; None for what has not happened."""
        streams = list(self._counted)
        return {
            "columns": self.columns,
            "width": self.width,
            "slides": self.slides,
            "rate": self._rate(streams),
            "frames": sum(stream.frames for stream in streams),
            "bytes": sum(stream.bytes for stream in streams),
            "first": min(_known(stream.seconds_to_first_text for stream in streams), default=None),
            "gap": max(_known([self.longest_gap, *self._gaps_now()]), default=None),
        }

    def close(self) -> None:
        """Watch no stream any more."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._unsubscribe.clear()

    def _came(self, stream: Stream) -> None:
        if stream.state != "streaming":
            return
        now = self.clock()
        before = self._heard.get(stream)
        if before is not None:
            self.longest_gap = max(self.longest_gap or 0.0, now - before)
        self._heard[stream] = now

    def _gaps_now(self) -> Iterable[float]:
        """How long the streams that go on have been silent."""
        now = self.clock()
        return [now - heard for stream, heard in self._heard.items() if stream.state == "streaming"]

    def _rate(self, streams: list[Stream]) -> float | None:
        """Frames a second: in the last second while anything streams, on average once all has ended."""
        if any(stream.state == "streaming" for stream in streams):
            return float(sum(came for _, came in self._recent))
        times = [
            (stream.seconds_in_all - stream.seconds_to_first_frame, stream.frames)
            for stream in streams
            if stream.seconds_in_all is not None and stream.seconds_to_first_frame is not None
        ]
        seconds = sum(lasted for lasted, _ in times)
        return sum(frames for _, frames in times) / seconds if seconds > 0 else None

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
