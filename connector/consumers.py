"""The socket of an Initialize under way: what comes is shown as it comes, and the author can stop or cancel (S13)."""

import asyncio
from typing import Any

import orjson
from channels.generic.websocket import AsyncWebsocketConsumer

from builder.access import app_for, document_of
from builder.database import db
from builder.errors import StreamwrightError
from connector.initialize import Initialization

NOT_YOURS = 4004


class InitializeConsumer(AsyncWebsocketConsumer):
    """Words up: `start`, `stop` (use what came), `cancel`. A socket that goes away cancels."""

    initialization: Initialization | None = None

    async def connect(self) -> None:
        self._sending: set[asyncio.Future[None]] = set()
        await self.accept()
        where = self.scope["url_route"]["kwargs"]
        try:
            self.app = await db(app_for, self.scope["user"], where["slug"])
            await db(document_of, self.app, "api", where["api"])
        except StreamwrightError:
            await self.close(NOT_YOURS)
            return

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        under_way = self.initialization is not None and self.initialization.under_way
        if text_data == "start" and not under_way:
            where = self.scope["url_route"]["kwargs"]
            self.initialization = Initialization(self.app, where["api"], where["call"], self.tell)
            self.initialization.start()
        elif text_data == "stop" and self.initialization:
            self.initialization.stop_here()
        elif text_data == "cancel" and self.initialization:
            self.initialization.cancel()

    async def disconnect(self, code: int) -> None:
        if self.initialization:
            self.initialization.cancel()

    def tell(self, picture: dict[str, Any]) -> None:
        task = asyncio.ensure_future(self.send(orjson.dumps(picture).decode()))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)
