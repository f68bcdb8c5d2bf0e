"""Sockets: each opens by a door, and is closed when who came through it would not be let in any more (P27, P28)."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Generator
from contextlib import suppress
from types import coroutine
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer

from builder.access import app_for
from builder.database import db
from builder.errors import StreamwrightError
from builder.people.rights import NOT_YOURS, Claim, HasRight, rights

log = logging.getLogger(__name__)

# Bytes of pictures that a browser may owe its answer for; of what comes meanwhile only the newest waits (P12).
WINDOW = 128 * 1024


class GuardedSocket(AsyncWebsocketConsumer):
    """A socket that is heard only once its door was passed."""

    passed = False
    # What lets it be open.
    claim: Claim
    # The way to the browser past the middleware, which has no business with a message (see streamwright/traffic.py).
    straight: Callable[[dict[str, Any]], Awaitable[None]] | None = None

    def begin(self) -> None:
        """Nothing is under way yet."""
        self._unsent: deque[str] = deque()
        self._sending: asyncio.Future[None] | None = None
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
            # Nobody calls `disconnect` then: what was opened so far would stay for good.
            self.closed()
            raise
        self.passed = True
        rights.watch(self, self.claim, self.turn_out)

    async def websocket_receive(self, message: dict[str, Any]) -> None:
        """Channels' dispatch of a message: dropped where the door was not passed."""
        if self.passed and message.get("text") == "seen":
            self._seen()
        elif self.passed:
            await super().websocket_receive(message)

    async def disconnect(self, code: int) -> None:
        rights.forget(self)
        self.closed()

    async def turn_out(self) -> None:
        """Its claim is lost. What it still says is not heard."""
        self.passed = False
        await self.close(NOT_YOURS)

    async def door(self) -> Claim:
        """Find what the address says, for who asks; what lets them in. Raises `NotFound` for anybody else."""
        raise NotImplementedError

    async def opened(self) -> None:
        """The door was passed. Raises `NotFound` when what it is about is not there."""

    def closed(self) -> None:
        """The socket is gone, or never passed the door."""

    def picture(self, text: str, last: bool = False) -> None:
        """Show how something stands now. The browser answers each picture with `seen`; while it owes too many answers
        the newest picture takes the place of those before it. The `last` one goes out in any case."""
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

    def tell(self, text: str) -> None:
        """Send from code that cannot wait, in the order of the calls. A server hardly ever waits either: then it is
        over at once, and else goes on in a task."""
        self._unsent.append(text)
        if self._sending is None:
            self._begin_sending()

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
                await send({"type": "websocket.send", "text": self._unsent.popleft()})
            except Exception as error:
                # A browser that left while something was on its way to it is no fault; it asks again when it is back.
                log.debug("A message did not reach its browser: %r", error)

    def _sent(self, sending: asyncio.Future[None]) -> None:
        """The task is over, and what was told since it found nothing more to send is still to be sent."""
        self._sending = None
        if self._unsent and not sending.cancelled():
            self._begin_sending()


async def _rest_of(begun: Coroutine[Any, Any, None], waits_for: Any) -> None:
    """What is left of a coroutine that was begun outside of any task, now that it waits for something."""
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
    """A socket of the editor about the app in its address: `self.app`, once the door was passed."""

    # What who opens it needs; see `builder.people.rights`.
    right = "see"

    async def door(self) -> Claim:
        self.app = await db(app_for, self.scope["user"], self.scope["url_route"]["kwargs"]["slug"], self.right)
        return HasRight(self.right, self.scope["user"].pk, self.scope["session"].session_key, self.app.pk)
