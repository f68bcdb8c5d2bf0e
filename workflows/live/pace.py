"""How much one page may ask for: what only a program sends costs the server nothing but a look (P13, P29)."""

import time
from collections.abc import Callable, Collection, Mapping
from typing import Any

# What starts workflows: as much at once as a person who presses everything there is, and as fast as one presses keys.
PRESSES, PRESSES_A_SECOND = 30, 10.0
# All that happened, typing too: a page tells of typing eight times a second, and after an outage of all that it owes.
EVENTS, EVENTS_A_SECOND = 300, 50.0
# Runs of one workflow that wait for the one before: who presses on and on wants an answer, not a hundred.
WAITING = 20
# Pages of one app that are open at one address: an office behind one address has so many, and a script thousands.
# This machine's own addresses are left out: they are its owner's, or those of a proxy that nobody has named.
OPEN = 100
# Runs of one workflow that go on side by side in one page.
SIDE_BY_SIDE = 20
# Characters that a visitor may have typed into one page in all, and of one input that nobody counts with the others.
TYPED, SHORT = 2_000_000, 1_000

TOO_FAST = "That was a lot at once, so this was not done. Try it again in a moment."
TOO_MANY_WAIT = "A lot is waiting to be done already. Try again when some of it is finished."
TOO_MANY_AT_ONCE = "A lot of this is going on already. Try again when some of it is finished."
TOO_LONG = "That is too long to be kept. Make it shorter, or reload the page to have it as it was."


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


def has_room(values: Mapping[str, Any], typed: Collection[str], where: str, value: Any) -> bool:
    """Whether a page keeps what was typed into one of its inputs, beside what was typed into the others."""
    if not isinstance(value, str) or len(value) <= SHORT:
        return True
    others = (values.get(other) for other in typed if other != where)
    return len(value) + sum(len(text) for text in others if isinstance(text, str)) <= TYPED
