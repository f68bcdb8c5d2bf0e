"""Rate limits for one page: what only a program would send costs the server next to nothing (P13, P29)."""

import time
from collections.abc import Callable, Collection, Mapping
from typing import Any

# For starting workflows: as many at once as a person who presses everything there is, and as fast as one can press
# keys.
PRESSES, PRESSES_A_SECOND = 30, 10.0
# For events of any kind, including typing: a page reports typing eight times per second, and everything it owes after
# an outage.
EVENTS, EVENTS_A_SECOND = 300, 50.0
# So many values of inputs count as one event more.
VALUES = 50
# Runs of one workflow that wait for the one before: somebody who presses again and again wants one answer, not a
# hundred.
WAITING = 20
# Open pages of one app per address: an office behind one address has this many, a script thousands. This machine's own
# addresses are exempt: they are its owner's, or those of a proxy that is not configured.
OPEN = 100
# Runs of one workflow that may be in progress at once on one page.
SIDE_BY_SIDE = 20
# The most characters that a visitor may type into one page in total, and the length up to which an input does not
# count.
TYPED, SHORT = 2_000_000, 1_000

TOO_FAST = "That was a lot at once, so this was not done. Try again in a moment."
TOO_MANY_WAIT = "A lot is waiting to be done already. Try again when some of it is finished."
TOO_MANY_AT_ONCE = "A lot of this is going on already. Try again when some of it is finished."
TOO_LONG = "That is too long to be kept. Make it shorter, or reload the page to have it as it was."


class Pace:
    """A token bucket with `many` tokens, refilled by `a_second`."""

    def __init__(self, many: int, a_second: float, clock: Callable[[], float] = time.monotonic):
        self._many, self._a_second, self._clock = many, a_second, clock
        self._left, self._at = float(many), clock()

    def take(self, many: float = 1) -> bool:
        """Take so many tokens; False if there are fewer at the moment."""
        now = self._clock()
        self._left = min(self._many, self._left + (now - self._at) * self._a_second)
        self._at = now
        if self._left < many:
            return False
        self._left -= many
        return True


def has_room(values: Mapping[str, Any], typed: Collection[str], where: str, value: Any) -> bool:
    """Whether a page keeps what was typed into one of its inputs, in addition to the others."""
    if not isinstance(value, str) or len(value) <= SHORT:
        return True
    others = (values.get(other) for other in typed if other != where)
    return len(value) + sum(len(text) for text in others if isinstance(text, str)) <= TYPED
