"""How a serving process treats memory, so that what a stream took is there for others once it is gone (P12)."""

import ctypes
import gc

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


def spare_the_collector() -> None:
    """Let garbage collection skip what was loaded at the start and stays, hundreds of thousands of objects: a full
    collection would hold up every stream for a tenth of a second (P13). The rest is little, and looked through more
    often, so that the texts of closed pages do not wait for it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(700, 5, 2)
