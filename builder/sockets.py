"""Sockets of the editor: opened only by who may edit the app, and closed when that is no longer so (P27, P28)."""

import asyncio
import logging
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer

from builder.access import app_for
from builder.database import db
from builder.errors import StreamwrightError
from builder.rights import NOT_YOURS, rights

log = logging.getLogger(__name__)


class EditorSocket(AsyncWebsocketConsumer):
    """A socket about the app in its address. `self.app` is there from `opened` on; nothing is heard before."""

    passed = False

    async def connect(self) -> None:
        self._sending: set[asyncio.Future[None]] = set()
        await self.accept()
        try:
            self.app = await db(app_for, self.scope["user"], self.scope["url_route"]["kwargs"]["slug"])
            await self.opened()
        except StreamwrightError:
            await self.close(NOT_YOURS)
            return
        self.passed = True
        rights.watch(self, self.scope["user"].pk, self.scope["session"].session_key, self.app.pk)

    async def websocket_receive(self, message: dict[str, Any]) -> None:
        """Channels' dispatch of a message: dropped where the door was not passed."""
        if self.passed:
            await super().websocket_receive(message)

    async def disconnect(self, code: int) -> None:
        rights.forget(self)
        self.closed()

    async def opened(self) -> None:
        """The door was passed. Raises `NotFound` when what it is about is not there."""

    def closed(self) -> None:
        """The socket is gone, or never passed the door."""

    def tell(self, text: str) -> None:
        """Send from code that cannot wait. Tasks begin in the order they are made, so messages stay in order."""
        task = asyncio.ensure_future(self.base_send({"type": "websocket.send", "text": text}))
        self._sending.add(task)
        task.add_done_callback(self._sent)

    def _sent(self, task: asyncio.Future[None]) -> None:
        """A browser that left while something was on its way to it is no fault; it asks again when it is back."""
        self._sending.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.debug("A message did not reach its browser: %r", error)
