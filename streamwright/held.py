"""Says that this installation's database is being served, so that nothing is put in its place meanwhile."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings


class StillServed(Exception):
    """A server uses the database."""


def database_here() -> Path | None:
    """The SQLite file of this installation; None where its database is PostgreSQL's."""
    return None if settings.DATABASE_URL else Path(str(settings.DATABASES["default"]["NAME"]))


def hold(database: Path) -> IO[str]:
    """Serve it, until the file given back is closed or the process is gone."""
    held = _lock_of(database).open("w")
    fcntl.flock(held, fcntl.LOCK_SH)
    return held


@contextmanager
def alone_with(database: Path) -> Iterator[None]:
    """Nobody serves it in the block. Raises StillServed."""
    database.parent.mkdir(parents=True, exist_ok=True)
    with _lock_of(database).open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StillServed from None
        yield


def _lock_of(database: Path) -> Path:
    return database.with_name(f"{database.name}.served")
