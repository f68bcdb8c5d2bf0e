"""The way from the event loop to the database: a few dedicated threads, and never once per frame.

Each thread keeps its connection: opening one would delay a visitor's first words by milliseconds, and closing the last
one makes SQLite write its whole log back into the database.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any, ParamSpec, TypeVar

from asgiref.sync import SyncToAsync
from django.db import connection, connections

P = ParamSpec("P")
R = TypeVar("R")

# The present moment, in the SQL of each database.
NOW = {"sqlite": "STRFTIME('%%Y-%%m-%%d %%H:%%M:%%f', 'NOW')", "postgresql": "STATEMENT_TIMESTAMP()"}

_threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="database")


async def db(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run `work` in a database thread."""
    return await turn(_threads, work, *args, **kwargs)


async def turn(threads: ThreadPoolExecutor, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run `work` in one of several threads. A broken connection is closed before and after, so that a database that was
    unavailable is used again without a restart (P21)."""
    return await _Turn(work, thread_sensitive=False, executor=threads)(*args, **kwargs)


def settle() -> None:
    """Fold SQLite's log into its database file, for whoever copies it after the server has stopped."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def database_now() -> datetime:
    """The time by the database's clock, which all processes share."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {NOW[connection.vendor]}", [])
        (now,) = cursor.fetchone()
    return datetime.fromisoformat(now).replace(tzinfo=UTC) if isinstance(now, str) else now


class _Turn(SyncToAsync[P, R]):
    """A piece of work in a thread whose connections outlive it."""

    def thread_handler(self, loop: Any, exc_info: Any, *args: Any, **kwargs: Any) -> Any:
        """An exception that the caller is handling is not raised here a second time: its traceback would then hold
        itself, and everything it passed, such as a long text, would wait for garbage collection."""
        _look_after()
        try:
            return super().thread_handler(loop, (None, None, None), *args, **kwargs)
        finally:
            _look_after()


def _look_after() -> None:
    """Keep this thread's connections, except those that had an error: opening a new one is cheaper than using a broken
    one."""
    for each in connections.all(initialized_only=True):
        each.close_at = None
        if each.errors_occurred:
            each.close()
        each.close_if_unusable_or_obsolete()
