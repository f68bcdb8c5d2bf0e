"""How a serving process treats memory, so that what a stream took is there for others once it is gone (P12)."""

import asyncio
import ctypes
import gc
from collections.abc import Callable

# glibc's mallopt parameters (malloc.h).
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
# From how many bytes memory is taken from the system piece by piece, and returned. More than one read of a socket takes
# (256 KiB), or every token would pay for that.
LARGE = 1024 * 1024


def give_back_what_is_freed() -> None:
    """Let what a long text took go back to the system once it is freed. glibc would keep it in a heap for each thread,
    and take ever larger pieces from these heaps; now there is one heap, and large pieces are kept apart from it. Call
    it before threads are started. Where the C library has no such settings (macOS, musl) nothing changes."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt:
        mallopt(M_ARENA_MAX, 1)
        mallopt(M_MMAP_THRESHOLD, LARGE)
        mallopt(M_TRIM_THRESHOLD, LARGE)


# A full collection looks at everything that open pages hold: 70 ms with 200 of them, in which no text goes on (P13). So
# it is left to `collect_after_pages`, or comes after this many smaller ones, which look at what is new.
SELDOM = 100
# How many closed pages, or how many seconds after the last time if fewer have closed, are worth one.
MANY, PATIENCE = 50, 10.0


def spare_the_collector() -> None:
    """Let garbage collection skip what was loaded at the start and stays, hundreds of thousands of objects, and rarely
    look at what has stayed since."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(700, 10, SELDOM)


async def collect_after_pages(closed: Callable[[], int], every: float = 1.0) -> None:
    """Collect once pages have closed, whose parts refer to each other. `closed` returns how many have so far."""
    clock = asyncio.get_running_loop().time
    collected, last = closed(), clock()
    while True:
        await asyncio.sleep(every)
        waiting = closed() - collected
        if waiting >= MANY or (waiting and clock() - last >= PATIENCE):
            gc.collect()
            collected, last = collected + waiting, clock()
