"""What machines ask the server: /healthz (is the process alive), /readyz (should it get traffic) and /metrics.

Answered before Django is involved: no session, no cookie, no redirect to HTTPS, for any host name.
"""

import asyncio
import hmac
import ipaddress
from collections.abc import Awaitable, Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from builder.database import db
from streamwright import metrics
from streamwright.traffic import Send, respond, traffic
from workflows.live.directory import directory

# Seconds within which the database has to answer.
PATIENCE = 5.0
# Headers that show a request came through a proxy, whose address says nothing about the client's.
_PASSED_ON = {b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-real-ip", b"via"}

Scope = dict[str, Any]


async def answer(scope: Scope, send: Send) -> None:
    """Answer a probe; only GET and HEAD are understood."""
    if scope["method"] in ("GET", "HEAD"):
        await PROBES[scope["path"]](scope, send)
    else:
        await respond(send, 405, "Only GET.\n", allow="GET, HEAD")


async def lives(scope: Scope, send: Send) -> None:
    await respond(send, 200, "ok\n")


async def ready(scope: Scope, send: Send) -> None:
    """200, or 503 with one word for the reason: stopping, database, migrations, saving."""
    why = "stopping" if traffic.stopping else await _what_is_missing()
    # The database can be read but not written to: the disk is full.
    why = why or ("saving" if directory.is_failing else "")
    await respond(send, 503 if why else 200, f"{why or 'ready'}\n")


async def measure(scope: Scope, send: Send) -> None:
    """The metrics, for whoever has METRICS_TOKEN; without a token, only for this machine itself."""
    if settings.METRICS_TOKEN:
        if not _has_token(scope):
            return await respond(send, 401, "A token is asked for.\n", www_authenticate="Bearer")
    elif not is_own_machine(scope):
        return await respond(send, 404, "Not found.\n")
    await respond(send, 200, metrics.exposition(), metrics.CONTENT_TYPE)


PROBES: dict[str, Callable[[Scope, Send], Awaitable[None]]] = {
    "/healthz": lives,
    "/readyz": ready,
    "/metrics": measure,
}


def is_own_machine(scope: Scope) -> bool:
    """Whether a request was made on this machine itself. One forwarded by a local proxy was not, and neither was one
    that a web page sent here under a host name of its own."""
    headers = dict(scope["headers"])
    if settings.SECURE_PROXY_SSL_HEADER or settings.HTTPS or _PASSED_ON & headers.keys():
        return False
    host = headers.get(b"host", b"").decode("latin-1").rpartition(":")[0] or headers.get(b"host", b"").decode("latin-1")
    return _is_loopback((scope.get("client") or ("",))[0]) and (host == "localhost" or _is_loopback(host.strip("[]")))


@cache
def migrations_of_the_code() -> frozenset[tuple[str, str]]:
    """The last migration of each app in the code."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


async def _what_is_missing() -> str:
    try:
        async with asyncio.timeout(PATIENCE):
            return await db(_look_at_the_database)
    except (DatabaseError, TimeoutError):
        return "database"


def _look_at_the_database() -> str:
    applied = MigrationRecorder(connection).applied_migrations()
    return "" if migrations_of_the_code() <= applied.keys() else "migrations"


def _has_token(scope: Scope) -> bool:
    said = dict(scope["headers"]).get(b"authorization", b"")
    return hmac.compare_digest(said, b"Bearer " + settings.METRICS_TOKEN.encode())


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
