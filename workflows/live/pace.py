"""How much one page may ask for: what only a program sends costs the server nothing but a look (P13, P29)."""

import time
from collections.abc import Callable

# What starts workflows: as much at once as a person who presses everything there is, and as fast as one presses keys.
PRESSES, PRESSES_A_SECOND = 30, 10.0
# All that happened, typing too: a page tells of typing eight times a second, and after an outage of all that it owes.
EVENTS, EVENTS_A_SECOND = 300, 50.0
# Runs of one workflow that wait for the one before: who presses on and on wants an answer, not a hundred.
WAITING = 20
# Pages of one app that are open at one address: an office behind one address has so many, and a script thousands.
# This machine's own addresses are left out: they are its owner's, or those of a proxy that nobody has named.
OPEN = 100

TOO_FAST = "That was a lot at once, so this was not done. Try it again in a moment."
TOO_MANY_WAIT = "A lot is waiting to be done already. Try again when some of it is finished."


class Pace:
    """A bucket of so `many`, into which so many `a_second` come back."""

    def __init__(self, many: int, a_second: float, clock: Callable[[], float] = time.monotonic):
        self._many, self._a_second, self._clock = many, a_second, clock
        self._left, self._at = float(many), clock()

    def take(self) -> bool:
        """One more; False where there is none left just now."""
        now = self._clock()
        self._left = min(self._many, self._left + (now - self._at) * self._a_second)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
