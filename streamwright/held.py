"""A lock that says this installation's database is being served, so that nobody replaces it meanwhile."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings


class StillServed(Exception):
    """A server is using the database."""


def database_here() -> Path | None:
    """This installation's SQLite file; None if it uses PostgreSQL."""
    return None if settings.DATABASE_URL else Path(str(settings.DATABASES["default"]["NAME"]))


def hold(database: Path) -> IO[str]:
    """Hold the lock until the returned file is closed or the process is gone."""
    held = _lock_of(database).open("w")
    fcntl.flock(held, fcntl.LOCK_SH)
    return held


@contextmanager
def alone_with(database: Path) -> Iterator[None]:
    """Make sure that nobody serves the database within the block. Raises StillServed."""
    database.parent.mkdir(parents=True, exist_ok=True)
    with _lock_of(database).open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StillServed from None
        yield


def _lock_of(database: Path) -> Path:
    return database.with_name(f"{database.name}.served")
