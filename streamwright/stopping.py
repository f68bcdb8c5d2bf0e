"""How this process ends (P17): nothing new, pages are told, streams get a while, the rest ends in words."""

import asyncio
import logging

from connector import calls
from streamwright.traffic import traffic
from workflows.live import runs

# Seconds to write down what was interrupted.
TO_WRITE = 3.0
_LOOK = 0.05

log = logging.getLogger(__name__)


def busy() -> int:
    """How many runs, calls and requests go on."""
    return len(runs.under_way) + len(calls.running) + traffic.requests


async def stop(grace: float) -> int:
    """Come to an end; how many runs and calls had to be interrupted. Feeds have no end of their own: they go first."""
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
