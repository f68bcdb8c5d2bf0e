"""Limits for open sockets that have not said who they are: their number, and how long they may stay silent (P13, P29).
A visit has limits of its own, which apply after the hello."""

import asyncio
from collections import Counter
from collections.abc import Callable

from django.conf import settings

# Seconds a socket has for its hello. A page sends it as soon as the socket is open.
PATIENCE = 10.0
# One address may have this fraction of them.
OF_ONE = 10


class Doorstep:
    """Who is waiting, from which address, and until when."""

    def __init__(self, patience: float = PATIENCE):
        self.patience = patience
        self._waiting: dict[object, tuple[str, asyncio.TimerHandle]] = {}
        self._places: Counter[str] = Counter()

    def enter(self, socket: object, place: str, tired: Callable[[], None]) -> bool:
        """Add one from this address, "" if unknown; False if there is no room. `tired` is called if it stays silent."""
        most = settings.SOCKETS_WAITING
        if len(self._waiting) >= most or (place and self._places[place] >= max(1, most // OF_ONE)):
            return False

        def too_long() -> None:
            self.leave(socket)
            tired()

        self._waiting[socket] = place, asyncio.get_running_loop().call_later(self.patience, too_long)
        self._places[place] += 1
        return True

    def leave(self, socket: object) -> None:
        """It has sent its hello, or is gone."""
        if socket in self._waiting:
            place, timer = self._waiting.pop(socket)
            timer.cancel()
            self._places[place] -= 1
            if not self._places[place]:
                del self._places[place]


doorstep = Doorstep()
