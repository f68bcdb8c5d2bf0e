"""The socket of an Initialize in progress: shows what arrives as it arrives, and lets the author stop or cancel
(S13)."""

from typing import Any

import orjson

from builder.access import document_of
from builder.database import db
from builder.sockets import EditorSocket
from connector.captures.initialize import Initialization
from connector.sending.allowed import may_allow, to_allow


class InitializeConsumer(EditorSocket):
    """Accepts `start`, `stop` (use what has come) and `cancel`. Closing the socket cancels."""

    # It makes a call with the app's keys, and stores the result.
    right = "edit"
    initialization: Initialization | None = None

    async def opened(self) -> None:
        await db(document_of, self.app, "api", self.scope["url_route"]["kwargs"]["api"])

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        under_way = self.initialization is not None and self.initialization.under_way
        if text_data == "start" and not under_way:
            where = self.scope["url_route"]["kwargs"]
            self.initialization = Initialization(self.app, where["api"], where["call"], self.show)
            self.initialization.start()
        elif text_data == "stop" and self.initialization:
            self.initialization.stop_here()
        elif text_data == "cancel" and self.initialization:
            self.initialization.cancel()

    def closed(self) -> None:
        if self.initialization:
            self.initialization.cancel()

    def show(self, picture: dict[str, Any]) -> None:
        """Send an update, or the last word: what was stored, what went wrong, or that it was cancelled."""
        if (failed := picture.get("failed")) and may_allow(self.scope["user"]) and (place := to_allow(failed)):
            todo = f"Allow {place} if it is yours, then run it again."
            picture = picture | {"failed": failed | {"allow": place, "todo": todo}}
        last = not picture.keys().isdisjoint(("done", "failed", "cancelled"))
        self.picture(orjson.dumps(picture).decode(), last)
