"""Calling: one call of an app from its document to the live stream of its result."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any, TypeAlias

from django.conf import settings

from builder.access import document_of
from builder.database import db
from builder.document import Body, children
from builder.errors import NotFound
from builder.models import App
from connector.client import Response, send
from connector.errors import CallGone, ConnectorError, HttpError, NotAStream, WebPage
from connector.extract import Extraction
from connector.faults import complaint_in
from connector.frame import frame_of
from connector.limits import Limits
from connector.masking import mask
from connector.models import Credential
from connector.reading import WHOLE, Reading
from connector.replay import Replay, speed_here
from connector.request import Request, Unlock, build
from connector.stream import Stream

log = logging.getLogger(__name__)

# How much of a refusal's body is looked at for the service's own words.
_REFUSAL = 65_536

# Who answers a request: `client.send`, or a recording.
Door: TypeAlias = Callable[..., AbstractAsyncContextManager[Any]]

_tasks: set[asyncio.Task[None]] = set()


async def start_call(app: App, api: str, call: str, values: Mapping[str, Any]) -> Stream:
    """Send a call of an app and give its result, live from now on. Stopping the stream closes the connection (S30).

    `values` are by parameter id or name. Raises `ConnectorError` when nothing could be sent; what goes wrong later
    ends the stream as failed. Where calls are replayed (S19) its recording answers it, and nothing is sent.
    """
    body, unlock = await db(call_of, app, api, call)
    extraction = Extraction.of(body, call)
    door: Door = send
    if (speed := speed_here()) is not None:
        replay = await db(Replay.of, app, body, call, speed)
        request, door = replay.request, replay.send
        extraction.expects_end = extraction.expects_end and not replay.was_stopped
    else:
        request = build(body, call, values, unlock, resolve)
    limits = Limits.of(body["nodes"][call]["props"].get("limits"))
    stream = Stream(extraction, text_limit=limits.text, masked=lambda text: mask(text, request.secrets))
    run(stream, request, body, call, door)
    return stream


def run(stream: Stream, request: Request, body: Body, call: str, door: Door = send) -> asyncio.Task[None]:
    """Send a request and read its answer into a stream, in a task that the stream's Stop ends. `door` is who answers:
    the service, or a recording."""
    task = asyncio.create_task(_drive(stream, request, body["nodes"][call]["props"], door))
    _tasks.add(task)
    task.add_done_callback(_tasks.discard)

    def close_when_stopped(changed: object) -> None:
        if stream.state == "stopped":
            task.cancel()

    stream.subscribe(close_when_stopped)
    return task


def call_of(app: App, api: str, call: str) -> tuple[Body, Unlock]:
    """A call's API document, and what opens its secrets for the origin they were saved for."""
    try:
        body = document_of(app, "api", api).body
    except NotFound as error:
        raise CallGone from error
    if call not in children(body, api, "calls"):
        raise CallGone
    return body, secrets_of(app, body)


def secrets_of(app: App, body: Body) -> Unlock:
    """What opens an API's saved secrets, those of development; each only for its own origin (S4)."""
    scheme = (body["nodes"][body["root"]]["props"].get("auth") or {}).get("scheme") or "none"
    credential = Credential.of(app, body["root"], scheme, "dev")
    return credential.open_for if credential else None


def resolve(url: str) -> str:
    """The address behind a scheme of our own: `practice:` is wherever this installation serves the practice API."""
    scheme, colon, rest = url.partition(":")
    return settings.URL_SCHEMES[scheme] + rest if colon and scheme in settings.URL_SCHEMES else url


async def _drive(stream: Stream, request: Request, props: Mapping[str, Any], door: Door) -> None:
    stream.request_sent()
    try:
        async with door(request, Limits.of(props.get("limits"))) as response:
            if response.status >= 400:
                raise await refusal(response, request)
            reading = _reading(response, props)
            async for _, data in response.chunks():
                if data := reading.take(data):
                    _no_stream(reading, props, request)
                    assert reading.reader is not None
                    stream.read(reading.reader, data)
                if stream.over:
                    return
            if (rest := reading.rest()) and reading.reader:
                _no_stream(reading, props, request)
                stream.read(reading.reader, rest)
            if reading.reader:
                stream.close(reading.reader, clean=True)
            else:
                stream.ended(clean=True)
    except ConnectorError as error:
        stream.fail(error)
    except asyncio.CancelledError:
        stream.fail("The call was interrupted.", "interrupted")
        raise
    except Exception:
        log.exception("A call of %s broke", request.service)
        stream.fail("Something went wrong on the server.")


def _reading(response: Response, props: Mapping[str, Any]) -> Reading:
    known = WHOLE.get(props.get("response_type") or "stream")
    kept = props.get("initialized") or {}
    options, expected = kept.get("framing_options") or {}, kept.get("framing")
    return Reading(response.content_type, Limits.of(props.get("limits")), known, options, expected)


def _no_stream(reading: Reading, props: Mapping[str, Any], request: Request) -> None:
    """A Stream call that is answered with one JSON value or a web page has failed, in words (S2)."""
    if (props.get("response_type") or "stream") != "stream" or reading.framing is None:
        return
    if reading.is_page:
        raise WebPage(service=request.service)
    if reading.framing.name == "json":
        raise NotAStream(service=request.service)


async def refusal(
    response: Response, request: Request, took: Callable[[float, bytes], None] = lambda at, data: None
) -> HttpError:
    """The error for a status of 400 or more, with the service's own words, masked. `took` hears every read."""
    body = b""
    async for at, data in response.chunks():
        took(at, data)
        body += data
        if len(body) >= _REFUSAL:
            break
    frame = frame_of(body)
    said = complaint_in(frame) or (frame.text.strip()[:300] if isinstance(frame.value, str) else "")
    message = "" if said.lstrip().startswith("<") else mask(said, request.secrets)
    return HttpError.of(
        response.status, service=request.service, message=message, retry_after=response.header("retry-after")
    )
