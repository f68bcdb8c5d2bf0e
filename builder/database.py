"""The one door from the event loop to the database: a few threads of its own, never per frame."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from channels.db import DatabaseSyncToAsync

P = ParamSpec("P")
R = TypeVar("R")

_threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="database")


async def db(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run `work` in a database thread. Stale connections are closed before and after, so that a database that went
    away and came back is found again without a restart (P21)."""
    return await DatabaseSyncToAsync(work, thread_sensitive=False, executor=_threads)(*args, **kwargs)
