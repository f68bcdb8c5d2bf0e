"""What a process does besides answering while it serves: its lease, saving, sweeping, and an orderly stop.

It is the same under `manage.py serve` and under any ASGI server that sends lifespan messages.
"""

import asyncio
import logging
from contextlib import suppress
from typing import IO, Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from builder.database import db, settle
from builder.tempo import tempo
from connector.sending.connections import warm
from streamwright.held import database_here, hold
from streamwright.memory import collect_after_pages, give_back_what_is_freed, spare_the_collector
from streamwright.metrics import watch_the_loop
from streamwright.stopping import TO_WRITE, stop
from streamwright.traffic import Receive, Send
from workflows.live import leases
from workflows.live.directory import directory
from workflows.live.flusher import Flusher
from workflows.live.sweeping import sweep
from workflows.retention import daily

UNSAVED = "What pages held last could not be saved: the database does not answer."

BESIDE = (
    "There is another server process for this database: %s. Each keeps the pages that were opened with it, but does "
    "not hear what is changed with the other. Run one process per database."
)
log = logging.getLogger(__name__)


class DatabaseIsOld(Exception):
    """The database does not have the tables that this code expects."""


class Serving:
    """`prepare` first, `start` once the loop runs, then `end`."""

    def __init__(self) -> None:
        self._held: IO[str] | None = None

    def prepare(self) -> None:
        """Run before anybody is served. Raises DatabaseIsOld."""
        give_back_what_is_freed()
        refuse_an_old_database()
        leases.begin()
        sweep()
        if others := leases.beside():
            log.warning(BESIDE, others)
        connection.close()
        database = database_here()
        self._held = hold(database) if database else None

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """From now on save pages, and end what dead processes left running."""
        spare_the_collector()
        watch_the_loop(loop)
        tempo.watch(loop)
        self._warming = loop.create_task(warm())
        self._flusher = Flusher(directory)
        self._flusher.start(loop)
        self._tidying = [loop.create_task(daily()), loop.create_task(collect_after_pages(lambda: directory.gone))]

    async def end(self, grace: float) -> bool:
        """Stop in order (P17), giving running streams `grace` seconds. Returns whether everything that pages hold was
        saved."""
        is_saved = False
        for each in self._tidying:
            each.cancel()
        try:
            await stop(grace)
        finally:
            with suppress(TimeoutError):
                async with asyncio.timeout(TO_WRITE):
                    is_saved = await self._flusher.end()
                    # Everything is saved by now, whether it is in one file or in two.
                    with suppress(DatabaseError):
                        await db(settle)
        return is_saved

    def close(self) -> None:
        """Release the database, so that it may be replaced."""
        if self._held:
            self._held.close()


def refuse_an_old_database() -> None:
    """Check that code and database agree about the tables before anybody is served. Raises DatabaseIsOld."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    connection.close()
    if plan:
        raise DatabaseIsOld(
            f"The database is not up to date: {len(plan)} migrations have not been applied. Run ./run setup first."
        )


async def lifespan(scope: Any, receive: Receive, send: Send) -> None:
    """ASGI's lifespan protocol: start when the server starts, and stop before it does."""
    serving = Serving()
    await receive()
    try:
        await db(serving.prepare)
    except (DatabaseIsOld, DatabaseError, OSError) as problem:
        await send({"type": "lifespan.startup.failed", "message": str(problem)})
        return
    serving.start(asyncio.get_running_loop())
    await send({"type": "lifespan.startup.complete"})
    await receive()
    is_saved = await serving.end(settings.STOP_GRACE)
    serving.close()
    if is_saved:
        await send({"type": "lifespan.shutdown.complete"})
    else:
        await send({"type": "lifespan.shutdown.failed", "message": UNSAVED})
