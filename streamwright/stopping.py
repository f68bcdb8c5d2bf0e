"""How this process stops (P17): nothing new is accepted, pages are told, streams get some time, the rest is ended in
words."""

import asyncio
import logging

from connector import calls
from streamwright.traffic import traffic
from workflows.live import runs

# Seconds to record what was interrupted.
TO_WRITE = 3.0
_LOOK = 0.05

log = logging.getLogger(__name__)


def busy() -> int:
    """How many runs, calls and requests are in progress."""
    return len(runs.under_way) + len(calls.running) + traffic.requests


async def stop(grace: float) -> int:
    """Stop, and return how many runs and calls had to be interrupted. Feeds never end by themselves, so they go
    first."""
    loop = asyncio.get_running_loop()
    await traffic.stop()
    calls.interrupt(feeds_only=True)
    give_up = loop.time() + grace
    while busy() and loop.time() < give_up:  # noqa: ASYNC110 (nothing is told when the last of the three is over)
        await asyncio.sleep(_LOOK)
    ended = [*runs.interrupt_all(), *calls.interrupt()]
    if ended:
        log.warning("%d runs and calls were interrupted: the server ends", len(ended))
        await asyncio.wait(ended, timeout=TO_WRITE)
    return len(ended)
