"""The outbox of one visit: it holds what is dirty, not messages, so a slow browser costs bounded memory.

A flush asks for the patches that make the browser's page true now and sends them as one numbered batch. The browser
acknowledges sparsely; past the window the outbox waits, and whatever changed meanwhile goes out as one difference.
A batch also names the newest event that was heard, so that a browser knows what it need not say again (P14).
What was sent and not yet acknowledged is kept for a browser that comes back; beyond it, a snapshot.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from workflows.live.protocol import APPEND, write

# Bytes that may be under way before the outbox waits for the browser (P12).
WINDOW = 128 * 1024
# Seconds between two batches: an animation frame. The first piece after a pause goes at once (S40).
FRAME = 1 / 60
# After a pause so many batches without new text do not keep what follows waiting: a click was heard, its answer is
# waited for. Else the first words would come a frame late.
EARLY = 3
PAUSE = 0.1

Send = Callable[[str], None]


class Outbox:
    """`collect(snapshot)` gives the patches that are due; `send` takes a message, or is None while nobody is there."""

    def __init__(self, collect: Callable[[bool], list[list[Any]]], clock: Callable[[], float] = time.monotonic):
        self.collect = collect
        self.clock = clock
        self.send: Send | None = None
        self.n = 0
        self._sent: deque[tuple[int, str]] = deque()
        self._under_way = 0
        # When the last batch went that the next has to keep a frame from, when the last of all, and how many early ones
        # may still go.
        self._last = self._newest = 0.0
        self._early = 0
        self._timer: asyncio.Handle | None = None
        self._needs_snapshot = True
        # How often the window was full, so that what changed had to wait.
        self.stalls = 0
        # The id of the event that came last, and whether the browser is still to be told of it.
        self.heard = ""
        self._owes_heard = False

    @property
    def full(self) -> bool:
        """Whether the browser owes so many acknowledgements that nothing more is sent."""
        return self._under_way >= WINDOW

    def touch(self) -> None:
        """Something is dirty: flush at once after a pause, else when the next frame begins."""
        if self._timer is not None or self.send is None:
            return
        if self.full:
            return
        loop = asyncio.get_running_loop()
        wait = self._last + FRAME - self.clock()
        self._timer = loop.call_later(wait, self.flush) if wait > 0 else loop.call_soon(self.flush)

    def hear(self, event: str) -> None:
        """An event has come: the next batch says so, for this one and, as they come in order, for all before it."""
        self.heard, self._owes_heard = event, True
        self.touch()

    def flush(self) -> None:
        """Send what is dirty as one batch."""
        self._cancel_timer()
        if self.send is None or self.full:
            return
        snapshot, self._needs_snapshot = self._needs_snapshot, False
        patches = self.collect(snapshot)
        if not patches and not snapshot and not self._owes_heard:
            return
        self._keep_pace(patches)
        self.n += 1
        batch: dict[str, Any] = {"n": self.n, "p": patches}
        if snapshot:
            batch["snapshot"] = True
        if self._owes_heard:
            batch["heard"], self._owes_heard = self.heard, False
        message = write(batch)
        self._sent.append((self.n, message))
        self._under_way += len(message)
        self.stalls += self.full
        self.send(message)

    def _keep_pace(self, patches: list[list[Any]]) -> None:
        """A batch goes now: whether the next has to wait for a frame."""
        now = self.clock()
        if now - self._newest > PAUSE:
            self._early = EARLY
        self._newest = now
        if self._early and not any(patch[0] == APPEND for patch in patches):
            self._early -= 1
        else:
            self._early, self._last = 0, now

    def acknowledge(self, n: int) -> None:
        """The browser has every batch up to `n`."""
        had_to_wait = self.full
        while self._sent and self._sent[0][0] <= n:
            self._under_way -= len(self._sent.popleft()[1])
        if had_to_wait:
            self.touch()

    def attach(self, send: Send, have: int) -> None:
        """A browser is there and has every batch up to `have`: send it what it misses, or all there is."""
        self.acknowledge(have)
        self.send = send
        first = self._sent[0][0] if self._sent else self.n + 1
        if not 0 < have <= self.n or have + 1 != first:
            self.forget()
        for _, message in self._sent:
            send(message)
        self.flush() if self._needs_snapshot else self.touch()

    def forget(self) -> None:
        """Nothing of what was sent counts any more: the next batch is a snapshot."""
        self._sent.clear()
        self._under_way = 0
        self._needs_snapshot = True

    def detach(self) -> None:
        """Nobody is there. What becomes dirty waits."""
        self.send = None
        self._cancel_timer()

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
