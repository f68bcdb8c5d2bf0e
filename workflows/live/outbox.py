"""The outbox of one visit: it holds what is dirty rather than messages, so a slow browser costs bounded memory.

A flush collects the patches that make the browser's page true now and sends them as one numbered batch. The browser
acknowledges sparsely; once the window is full the outbox waits, and whatever changes meanwhile goes out as one
difference. A batch also names the newest event that was heard, so that a browser knows what it need not send again
(P14). Unacknowledged batches are kept for a browser that returns; beyond that it gets a snapshot.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from builder.tempo import FRAME, tempo
from workflows.live.protocol import APPEND, write

# Bytes that may be unacknowledged before the outbox waits for the browser (P12).
WINDOW = 128 * 1024
# After a pause, this many batches without new text do not delay what follows: a click was heard, its response is
# awaited. Otherwise the first words would come a frame late.
EARLY = 3
PAUSE = 0.1
# Seconds that computing a batch may take. Anything slower, such as a list of thousands that grows with every word,
# rests this many times as long before the next one, so that no page blocks the loop for the others (P13).
LIGHT = FRAME / 4
RESTS = 3

log = logging.getLogger(__name__)
Send = Callable[[str], None]


class Outbox:
    """`collect(snapshot)` returns the patches that are due; `send` takes a message, or is None while nobody is
    there."""

    def __init__(self, collect: Callable[[bool], list[list[Any]]], clock: Callable[[], float] = time.monotonic):
        self.collect = collect
        self.clock = clock
        self.send: Send | None = None
        self.n = 0
        self._sent: deque[tuple[int, str]] = deque()
        self._under_way = 0
        # When the last batch went out that the next has to keep a frame's distance from, when the very last one did,
        # and how many early ones may still go.
        self._last = self._newest = 0.0
        self._early = 0
        # When work may continue after an expensive batch.
        self._rested = 0.0
        self._timer: asyncio.Handle | None = None
        self._is_collecting = False
        self._needs_snapshot = True
        # How often the window was full, so that changes had to wait.
        self.stalls = 0
        # The id of the latest event, and whether the browser still has to be told.
        self.heard = ""
        self._owes_heard = False

    @property
    def full(self) -> bool:
        """Whether so much is unacknowledged that nothing more is sent."""
        return self._under_way >= WINDOW

    def touch(self, only_this: bool = False) -> None:
        """Something is dirty: flush in the loop's next turn, or when the frame of the last batch is over (S40). If
        nothing else changes in this turn (`only_this`), as when a text has grown, flush right away: a turn costs system
        calls."""
        if self._timer is not None or self.send is None or self.full:
            return
        wait = max(self._last + tempo.frame, self._rested) - self.clock()
        if wait > 0:
            self._timer = asyncio.get_running_loop().call_later(wait, self.flush)
        elif only_this and not self._is_collecting:
            try:
                self.flush()
            except Exception:  # It is on behalf of a stream, which a failure here must not end.
                log.exception("A batch could not be sent")
        else:
            self._timer = asyncio.get_running_loop().call_soon(self.flush)

    def hear(self, event: str) -> None:
        """An event has arrived: the next batch acknowledges it and, since they come in order, all before it."""
        self.heard, self._owes_heard = event, True
        self.touch()

    def flush(self) -> None:
        """Send what is dirty as one batch."""
        if self._timer is not None:
            self._cancel_timer()
        if self.send is None or self.full:
            return
        snapshot, self._needs_snapshot = self._needs_snapshot, False
        began, self._is_collecting = self.clock(), True
        try:
            patches = self.collect(snapshot)
        finally:
            self._is_collecting = False
        ended = self.clock()
        if ended - began > LIGHT and not snapshot:
            self._rested = ended + RESTS * (ended - began)
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
        """A batch goes out now: note whether the next one has to wait for a frame."""
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
        """A browser is there and has every batch up to `have`: send what it lacks, or everything."""
        self.acknowledge(have)
        self.send = send
        first = self._sent[0][0] if self._sent else self.n + 1
        if not 0 < have <= self.n or have + 1 != first:
            self.forget()
        for _, message in self._sent:
            send(message)
        self.flush() if self._needs_snapshot else self.touch()

    def forget(self) -> None:
        """Disregard what was sent: the next batch is a snapshot."""
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
