"""Tells an open table that something of its type has changed, so that it shows what runs save (S35)."""

import asyncio
from collections.abc import Callable

from builder.edition import DEVELOPMENT, LIVE
from builder.sockets import EditorSocket
from data.things import watch

# Seconds between two notifications: a run may save many things at once.
PACE = 0.3


class DataConsumer(EditorSocket):
    """Sends `changed` and nothing else; the page then requests what it shows."""

    unwatch: Callable[[], None] | None = None
    timer: asyncio.TimerHandle | None = None

    async def opened(self) -> None:
        data_type = self.scope["url_route"]["kwargs"]["data_type"]
        environment = LIVE if self.scope["query_string"] == b"data=live" else DEVELOPMENT
        self.unwatch = watch(self.app.pk, environment, data_type, self._moved)

    def closed(self) -> None:
        if self.unwatch:
            self.unwatch()
        if self.timer:
            self.timer.cancel()

    def _moved(self) -> None:
        if self.timer is None:
            self.timer = asyncio.get_running_loop().call_later(PACE, self._say)

    def _say(self) -> None:
        self.timer = None
        self.tell("changed")
