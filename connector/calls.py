"""Runs a call of an app: from its document to the live stream of its result."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.conf import settings
from django.db import DatabaseError

from builder.database import db
from builder.document import Body, children
from builder.edition import Edition
from builder.errors import NotFound
from builder.people.visitor import Visitor
from connector.answers.answering import take
from connector.answers.extract import Extraction
from connector.answers.stream import Stream
from connector.asking.errors import CallGone
from connector.asking.placeholders import test_values
from connector.asking.ready import Ready
from connector.asking.request import Request, Unlock, build, signed_again
from connector.auth import auth
from connector.captures.replay import Replay, speed_here
from connector.errors import ConnectorError
from connector.files import uploads_for
from connector.masking import mask
from connector.models import CallFile, Credential
from connector.sending.attempts import answered
from connector.sending.auth_errors import SecretGone, SecretMissing, SecretNotRead
from connector.sending.client import send
from connector.sending.staying import stay
from connector.spending.slots import slots
from connector.spending.tally import Tally

log = logging.getLogger(__name__)

INTERRUPTED = "The call was interrupted."

# The calls in progress, and the totals of those that have ended.
running: dict[asyncio.Task[None], Stream] = {}
tally = Tally()


def _nothing() -> None:
    """The default for `beside`: there is nothing to write with the call."""


async def start_call(
    edition: Edition,
    api: str,
    call: str,
    values: Mapping[str, Any],
    visitor: Visitor,
    beside: Callable[[], None] = _nothing,
) -> Stream:
    """Send a call of an app for a visitor and return its result, live from now on. Stopping the stream closes the
    connection (S30).

    `values` are by parameter id or name. `beside` writes what has to be in the database before anything is sent, in the
    transaction that counts the call. Raises `ConnectorError` if nothing could be sent, `OverBudget` if nothing more may
    be sent (S39); what goes wrong later makes the stream fail. If calls are replayed (S19), a recording answers, and
    nothing is sent or counted.
    """
    speed = speed_here()
    stream, _ = await call_now(edition, api, call, values, speed, visitor if speed is None else None, beside)
    return stream


async def call_now(
    edition: Edition,
    api: str,
    call: str,
    values: Mapping[str, Any],
    speed: float | None = None,
    visitor: Visitor | None = None,
    beside: Callable[[], None] = _nothing,
) -> tuple[Stream, asyncio.Task[None]]:
    """The same, counted for a visitor if one is given, with the task that reads the response; the task ends once the
    connection is closed."""
    prepared = partial(_prepared, edition, api, call, values, speed)
    if visitor is not None:
        (stream, ready), slot = await slots.take(edition, visitor, prepared, beside)
        return stream, run(stream, ready, slot)
    stream, ready = await db(prepared)
    await db(beside)
    return stream, run(stream, ready)


def _prepared(
    edition: Edition, api: str, call: str, values: Mapping[str, Any], speed: float | None
) -> tuple[Stream, Ready]:
    """A call that is ready, and the stream its response will go to."""
    body, ready = ready_call(edition, api, call, values, speed)
    extraction = Extraction.of(body, call)
    extraction.expects_end = extraction.expects_end and not ready.recorded_in_part
    secrets = ready.request.secrets
    stream = Stream(extraction, text_limit=ready.limits.text, masked=lambda text: mask(text, secrets))
    stream.stays_open = ready.stays_open
    return stream, ready


def ready_call(
    edition: Edition, api: str, call: str, values: Mapping[str, Any] | None = None, speed: float | None = None
) -> tuple[Body, Ready]:
    """A call of an app with its request built from the values, never from its test values (S13), and its document. With
    a `speed`, its recording answers. Raises `ConnectorError` if it cannot be sent."""
    body, unlock = call_of(edition, api, call)
    app = edition.app
    props = body["nodes"][call]["props"]

    async def keep(name: str, content_type: str, data: bytes) -> str:
        kept = await db(CallFile.keep, app, name, content_type, data, api, call, edition.environment)
        return kept.address

    if speed is not None:
        replay = Replay.of(app, body, call, speed)
        return body, Ready(replay.request, props, replay.send, keep, "part" if replay.was_stopped else "whole")
    values = test_values(body, call) if values is None else values
    request = build(body, call, values, unlock, resolve, uploads_for(app, body, call, values))
    ready = Ready(request, props, send, keep, renew=partial(_renewed, edition, body))
    if ready.response_type == "file":
        CallFile.check_room(app, api, call, edition.environment)
    return body, ready


def run(stream: Stream, ready: Ready, slot: int | None = None) -> asyncio.Task[None]:
    """Send a call and read its response into a stream, in a task that stopping the stream ends."""
    task = asyncio.create_task(_drive(stream, ready, slot))
    running[task] = stream
    task.add_done_callback(_over)
    # A task cancelled before it started has not given anything back.
    task.add_done_callback(lambda task: slots.let_go(slot))

    def close_when_stopped(changed: object) -> None:
        if stream.state == "stopped":
            task.cancel()

    stream.subscribe(close_when_stopped, to_states=True)
    return task


def interrupt(feeds_only: bool = False) -> list[asyncio.Task[None]]:
    """The server is stopping: end the calls in progress as failed, keeping what has come (S24, P17), or with
    `feeds_only` only those that stay open. Returns the tasks, which end once their connections are closed."""
    ended = [task for task, stream in running.items() if stream.stays_open or not feeds_only]
    for task in ended:
        running[task].fail(INTERRUPTED, "interrupted")
        task.cancel()
    return ended


def _over(task: asyncio.Task[None]) -> None:
    tally.add(running.pop(task))


async def _drive(stream: Stream, ready: Ready, slot: int | None) -> None:
    stream.request_sent()
    try:
        if ready.stays_open:
            await stay(stream, ready)
        else:
            async with answered(ready) as response:
                await take(stream, response, ready)
    except ConnectorError as error:
        stream.fail(error)
    except asyncio.CancelledError:
        stream.fail(INTERRUPTED, "interrupted")
        raise
    except Exception:
        log.exception("A call of %s broke", ready.request.service)
        stream.fail("Something went wrong on the server.")
    finally:
        if slot is not None:
            await slots.give_back(slot)


def call_of(edition: Edition, api: str, call: str) -> tuple[Body, Unlock]:
    """A call's API document, and what opens its secrets for the origin they were saved for."""
    try:
        body = edition.body("api", api)
    except NotFound as error:
        raise CallGone from error
    if call not in children(body, api, "calls"):
        raise CallGone
    return body, secrets_of(edition, body)


def secrets_of(edition: Edition, body: Body) -> Unlock:
    """What opens an API's saved secrets: the live ones or, in development, its own if it has any (S41). Each opens only
    for its own origin (S4)."""
    scheme = (body["nodes"][body["root"]]["props"].get("auth") or {}).get("scheme") or "none"
    if not auth[scheme].needs_secrets:
        return None
    environment = Credential.Environment.LIVE if edition.is_live else Credential.Environment.DEVELOPMENT
    credential = Credential.of(edition.app, body["root"], scheme, environment)
    return credential.open_for if credential else None


async def _renewed(edition: Edition, body: Body, request: Request) -> Request:
    """A request that is about to be sent again, with the secrets saved now: one that was changed or removed since the
    call began is not sent any more."""
    if not request.auth.needs_secrets:
        return request
    try:
        return await db(lambda: signed_again(request, body, secrets_of(edition, body)))
    except SecretMissing as error:
        raise SecretGone(**error.data) from error
    except DatabaseError as error:
        raise SecretNotRead(service=request.service) from error


def resolve(url: str) -> str:
    """The URL behind a scheme of our own: `practice:` is wherever this installation serves the practice API."""
    scheme, colon, rest = url.partition(":")
    return settings.URL_SCHEMES[scheme] + rest if colon and scheme in settings.URL_SCHEMES else url
