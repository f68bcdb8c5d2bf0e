"""The one door from the event loop to the database: a few threads of its own, never per frame.

Each thread keeps its connection: opening one costs a visitor's first words milliseconds, and where it was the only one,
closing it makes SQLite carry its whole log over into the database.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

from asgiref.sync import SyncToAsync
from django.db import connection, connections

P = ParamSpec("P")
R = TypeVar("R")

_threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="database")


async def db(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run `work` in a database thread."""
    return await turn(_threads, work, *args, **kwargs)


async def turn(threads: ThreadPoolExecutor, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run `work` in one of some threads. A connection that broke is closed before and after, so that a database that
    went away and came back is found again without a restart (P21)."""
    return await _Turn(work, thread_sensitive=False, executor=threads)(*args, **kwargs)


def settle() -> None:
    """Bring what stands beside an SQLite database into its one file, for who copies it once the server has ended."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class _Turn(SyncToAsync[P, R]):
    """One piece of work in a thread whose connections outlive it."""

    def thread_handler(self, loop: Any, *args: Any, **kwargs: Any) -> Any:
        _look_after()
        try:
            return super().thread_handler(loop, *args, **kwargs)
        finally:
            _look_after()


def _look_after() -> None:
    """Keep this thread's connections, but for those that had an error: a new one costs less than one that is broken."""
    for each in connections.all(initialized_only=True):
        each.close_at = None
        if each.errors_occurred:
            each.close()
        each.close_if_unusable_or_obsolete()
