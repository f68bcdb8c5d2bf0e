"""Whether the database's clock can be trusted to say how old something is.

A clock that jumps a day ahead makes everything a day old, and what waits for a browser that is only away for a moment
would be deleted. So jumps are noticed, by a clock of the machine that nobody sets, and for a day after one nothing
counts as old: whatever waited when it came has waited for a day by then, whichever time is right.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from builder.database import database_now

log = logging.getLogger(__name__)

# How long nothing counts as old after a jump.
HOLD = timedelta(hours=24)
# Seconds that two clocks may drift apart between two looks.
DRIFT = 60.0


def uptime() -> float:
    """Seconds since some moment in the past, including those that a laptop slept."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class Clock:
    """`now` is the clock that is watched, `steady` counts seconds and is never set."""

    def __init__(self, now: Callable[[], datetime] = database_now, steady: Callable[[], float] = uptime):
        self._now, self._steady = now, steady
        self._last: tuple[datetime, float] | None = None
        self._trusted_from = 0.0

    def is_even(self) -> bool:
        """Look at the clock: whether it has gone on evenly since the first look, or for a day. The first look itself
        cannot tell."""
        now, seconds = self._now(), self._steady()
        before, self._last = self._last, (now, seconds)
        if before is None:
            return False
        jump = now - before[0] - timedelta(seconds=seconds - before[1])
        if abs(jump.total_seconds()) > DRIFT:
            self._trusted_from = seconds + HOLD.total_seconds()
            log.warning("The clock was set %s by %s: for a day nothing is deleted because of its age", *_words(jump))
        return seconds >= self._trusted_from


def _words(jump: timedelta) -> tuple[str, timedelta]:
    return ("back" if jump < timedelta(0) else "forward"), timedelta(seconds=round(abs(jump.total_seconds())))


clock = Clock()
