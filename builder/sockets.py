"""Sockets: each opens through a door, and is closed once whoever came through it would no longer be let in (P27,
P28)."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Generator
from contextlib import suppress
from types import coroutine
from typing import Any

from channels.consumer import get_handler_name
from channels.generic.websocket import AsyncWebsocketConsumer

from builder.access import app_for
from builder.database import db
from builder.errors import StreamwrightError
from builder.frames import UNREAD
from builder.people.rights import NOT_YOURS, Claim, HasRight, rights

log = logging.getLogger(__name__)

# Bytes of pictures that a browser may have unacknowledged; of those that follow, only the latest waits (P12).
WINDOW = 128 * 1024


class GuardedSocket(AsyncWebsocketConsumer):
    """A socket whose messages are ignored until its door has been passed."""

    passed = False
    # What entitles it to be open.
    claim: Claim
    # ASGI's way to the browser, bypassing middleware that has nothing to do with messages (see
    # streamwright/traffic.py).
    straight: Callable[[dict[str, Any]], Awaitable[None]] | None = None

    def begin(self) -> None:
        """Initial state."""
        self._unsent: deque[str] = deque()
        self._sending: asyncio.Future[None] | None = None
        self._backlog = self._longest = 0
        self._owed: deque[int] = deque()
        self._waiting: str | None = None

    async def connect(self) -> None:
        self.begin()
        self.straight = self.scope.get("straight")
        await self.accept()
        try:
            self.claim = await self.door()
            await self.opened()
        except StreamwrightError:
            await self.close(NOT_YOURS)
            return
        except BaseException:
            # `disconnect` is not called in this case, so what was opened so far would stay for good.
            self.closed()
            raise
        self.passed = True
        rights.watch(self, self.claim, self.turn_out)

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Call the method for a message. Channels would first send for a thread to close its old database connections,
        for each acknowledgement anew; the threads of `builder.database` look after their own."""
        await getattr(self, get_handler_name(message))(message)

    async def websocket_receive(self, message: dict[str, Any]) -> None:
        """Channels' dispatch of a message; it is dropped if the door has not been passed."""
        if self.passed and message.get("text") == "seen":
            self._seen()
        elif self.passed:
            await super().websocket_receive(message)

    async def disconnect(self, code: int) -> None:
        rights.forget(self)
        self.closed()

    async def turn_out(self) -> None:
        """The entitlement is lost. Further messages are ignored."""
        self.passed = False
        await self.close(NOT_YOURS)

    async def door(self) -> Claim:
        """Look up what the URL names, on behalf of whoever asks; returns what entitles them. Raises `NotFound` for
        anybody else."""
        raise NotImplementedError

    async def opened(self) -> None:
        """The door has been passed. Raises `NotFound` if what the socket is about does not exist."""

    def closed(self) -> None:
        """The socket is gone, or never passed the door."""

    def picture(self, text: str, last: bool = False) -> None:
        """Send the current state. The browser acknowledges each picture with `seen`; while too much is unacknowledged,
        the latest picture replaces the ones before it. The `last` one is sent in any case."""
        self._waiting = text
        if last:
            self._owed.clear()
        self._show()

    def _seen(self) -> None:
        if self._owed:
            self._owed.popleft()
        self._show()

    def _show(self) -> None:
        if self._waiting is not None and sum(self._owed) < WINDOW:
            text, self._waiting = self._waiting, None
            self._owed.append(len(text))
            self.tell(text)

    @property
    def tell(self) -> Callable[[str], None]:
        """Send a text from code that cannot wait, in the order of the calls: the server's own way if it has one that
        never waits (see streamwright/wire), else ours."""
        return self.scope.get("write") or self._send_or_queue

    def _send_or_queue(self, text: str) -> None:
        """The server hardly ever makes it wait: the message is then sent immediately, and otherwise continues in a
        task."""
        self._unsent.append(text)
        self._backlog += len(text)
        self._longest = max(self._longest, len(text))
        if self._sending is None:
            self._begin_sending()
        elif self._backlog > self._longest + UNREAD:
            # It is not heard any more, so it gets nothing more either, and will be asked in vain whether it is there.
            self.passed = False
            self._backlog = 0
            self._unsent.clear()

    def _begin_sending(self) -> None:
        sending = self._send_all()
        try:
            waits_for = sending.send(None)
        except StopIteration:
            return
        self._sending = asyncio.ensure_future(_rest_of(sending, waits_for))
        self._sending.add_done_callback(self._sent)

    async def _send_all(self) -> None:
        send = self.straight or self.base_send
        while self._unsent:
            try:
                text = self._unsent.popleft()
                self._backlog -= len(text)
                await send({"type": "websocket.send", "text": text})
            except Exception as error:
                # A browser that left while something was on its way is not an error; it asks again when it is back.
                log.debug("A message did not reach its browser: %r", error)

    def _sent(self, sending: asyncio.Future[None]) -> None:
        """The task has ended, and what was added since it found nothing more to send still has to be sent."""
        self._sending = None
        if self._unsent and not sending.cancelled():
            self._begin_sending()


async def _rest_of(begun: Coroutine[Any, Any, None], waits_for: Any) -> None:
    """The rest of a coroutine that was started outside any task, now that it has to wait."""
    await _going_on(begun, waits_for)


@coroutine
def _going_on(begun: Coroutine[Any, Any, None], waits_for: Any) -> Generator[Any, Any, None]:
    with suppress(StopIteration):
        while True:
            try:
                came = yield waits_for
            except BaseException as error:
                waits_for = begun.throw(error)
            else:
                waits_for = begun.send(came)


class EditorSocket(GuardedSocket):
    """A socket of the editor for the app in its URL: `self.app`, once the door has been passed."""

    # The right that whoever opens it needs; see `builder.people.rights`.
    right = "see"

    async def door(self) -> Claim:
        self.app = await db(app_for, self.scope["user"], self.scope["url_route"]["kwargs"]["slug"], self.right)
        return HasRight(self.right, self.scope["user"].pk, self.scope["session"].session_key, self.app.pk)
