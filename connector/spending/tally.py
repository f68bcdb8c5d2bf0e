"""Totals of this process's calls. They are updated when a call ends: its stream counts its own frames, so a frame costs
nothing extra."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable

from connector.answers.stream import Stream

# Upper bounds, in seconds, of the histogram of waits for the first text.
FIRST_TEXT = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


class Tally:
    """The streams that have ended, by outcome (`done`, `stopped`, or why they failed), and what they brought."""

    def __init__(self) -> None:
        self.ended: Counter[str] = Counter()
        # How many waited at most as long as each bound but longer than the previous one; the last counts the rest.
        self.first_texts = [0] * (len(FIRST_TEXT) + 1)
        self.first_text_seconds = 0.0
        self._frames = self._bytes = 0

    def add(self, stream: Stream) -> None:
        """A stream is over."""
        self.ended[stream.error.kind if stream.error else stream.state] += 1
        self._frames += stream.frames
        self._bytes += stream.bytes
        if stream.seconds_to_first_text is not None:
            self.first_texts[bisect_left(FIRST_TEXT, stream.seconds_to_first_text)] += 1
            self.first_text_seconds += stream.seconds_to_first_text

    def frames(self, running: Iterable[Stream]) -> int:
        """All frames received, including those of running streams."""
        return self._frames + sum(stream.frames for stream in running)

    def bytes(self, running: Iterable[Stream]) -> int:
        """The same in bytes."""
        return self._bytes + sum(stream.bytes for stream in running)
