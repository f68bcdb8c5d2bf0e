"""How long a page waits between two batches, and a service that streams between two reads: an animation frame, and
longer while this process has hardly any time left.

On a full core every message is late, by what all the others cost. With fewer and larger ones it is not full, and the
words come a little later instead of much later.
"""

import asyncio
import time
from collections.abc import Callable

# Seconds between two batches of a page: an animation frame (S40), and at most while the core is full.
FRAME, LONGEST = 1 / 60, 1 / 20
# Seconds between two looks, and the share of a core from which on batches become rarer.
LOOK = 0.25
ENOUGH = 0.7
# How much of the way to the new interval one look goes, so that a single long request changes little.
STEP = 0.5


class Tempo:
    """`frame`: the seconds between two batches now."""

    def __init__(self) -> None:
        self.frame = FRAME

    @property
    def is_slow(self) -> bool:
        """Whether the core is nearly full."""
        return self.frame > FRAME

    def look(self, busy: float) -> None:
        """Adapt to the share of a core that the loop used since the last look, 0 to 1."""
        strain = min(1.0, max(0.0, (busy - ENOUGH) / (1 - ENOUGH)))
        wanted = FRAME + strain * (LONGEST - FRAME)
        self.frame += STEP * (wanted - self.frame)
        if not strain and self.frame - FRAME < 0.001:
            self.frame = FRAME

    def watch(self, loop: asyncio.AbstractEventLoop, spent: Callable[[], float] = time.thread_time) -> None:
        """From now on look how busy this loop's thread is: `spent` returns the seconds of CPU it has taken so far."""

        def again(since: float, before: float) -> None:
            now, cpu = loop.time(), spent()
            self.look((cpu - before) / max(now - since, 1e-6))
            loop.call_later(LOOK, again, now, cpu)

        loop.call_later(LOOK, again, loop.time(), spent())


tempo = Tempo()
