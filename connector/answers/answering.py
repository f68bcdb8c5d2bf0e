"""Reads a response into a stream, as whatever the call expects: frames, a whole body, a file, or nothing (S2, S10)."""

from collections.abc import Callable
from typing import TypeAlias

from connector.answers.faults import LONGEST_MESSAGE, complaint_in, said_in
from connector.answers.reading import WHOLE, Reading, parsed
from connector.answers.stream import Stream
from connector.asking.ready import Ready
from connector.asking.request import Request
from connector.errors import HttpError, LimitCrossed, NotAStream, Redirected, ServiceError, WebPage
from connector.files import media_type, name_in
from connector.masking import mask_part
from connector.models import FILE_MOST
from connector.sending.client import Response
from connector.sending.redirects import is_redirect, leads_to

# How much of an error response is searched for the service's own words.
_REFUSAL = 65_536
# Statuses without a body (RFC 9110).
NO_CONTENT = {204, 205, 304}

Took: TypeAlias = Callable[[float, bytes], None]


async def take(stream: Stream, response: Response, ready: Ready) -> None:
    """Read a response to its end into the stream. Raises ConnectorError for anything that makes it a failure."""
    if await refused(stream, response, ready):
        return
    if response.status in NO_CONTENT or ready.request.method == "HEAD" or ready.response_type == "empty":
        stream.finish()
    elif ready.response_type == "file":
        await _take_file(stream, response, ready)
    else:
        reading = reading_of(response, ready)
        await take_frames(stream, response, reading, ready)
        async with parsed(reading):
            if reading.reader:
                stream.close(reading.reader, clean=True)
            else:
                stream.ended(clean=True)


async def refused(stream: Stream, response: Response, ready: Ready) -> bool:
    """Pass the head of the response to the stream. An HTTP error is raised, unless the author wants to see it (S10);
    returns whether it was such an error."""
    wrong = is_refusal(response)
    stream.answered(response.status, response.reason, response.headers, wrong)
    if not wrong:
        return False
    if not ready.includes_errors:
        raise await refusal(response, ready.request)
    stream.forgive()
    reading = reading_of(response, ready)
    async for _, data in response.chunks():
        if data := reading.take(data):
            _feed(stream, reading, data)
    if rest := reading.rest():
        _feed(stream, reading, rest)
    async with parsed(reading):
        if reading.reader:
            stream.feed_all(reading.reader.close())
    stream.finish()
    return True


async def take_frames(stream: Stream, response: Response, reading: Reading, ready: Ready) -> None:
    """Read the frames of a response until it or the stream ends."""

    def take(data: bytes) -> bool:
        if reading.reader is not None and reading.is_known:  # the quick way of nearly all
            stream.read(reading.reader, data)
            return stream.over
        was_open = reading.reader is None
        if piece := reading.take(data):
            if was_open:
                _no_page(reading, ready)
            _feed(stream, reading, piece)
        return stream.over

    await response.pour(take)
    if stream.over:
        return
    if rest := reading.rest():
        _no_page(reading, ready)
        _feed(stream, reading, rest)
    if ready.response_type == "stream" and reading.framing and reading.framing.name == "json":
        async with parsed(reading):
            _no_value(stream, reading, ready)


def reading_of(response: Response, ready: Ready) -> Reading:
    """How a response is framed, as far as Initialize knows."""
    kept = ready.props.get("initialized") or {}
    known, options = WHOLE.get(ready.response_type), kept.get("framing_options") or {}
    return Reading(response.content_type, ready.limits, known, options, kept.get("framing"))


def is_refusal(response: Response) -> bool:
    """Whether a response is an HTTP error, or redirects to where the call may not go (P23)."""
    return response.status >= 400 or is_redirect(response.status, response.header("location"))


async def refusal(response: Response, request: Request, took: Took = lambda at, data: None) -> HttpError:
    """The error for such a response, with the service's own words, masked. `took` is called with every read."""
    body = b""
    async for at, data in response.chunks():
        took(at, data)
        body += data
        if len(body) >= _REFUSAL:
            break
    if response.status < 400:
        to = leads_to(request, response.header("location") or "")
        return Redirected(service=request.service or None, to=to, http_status=response.status)
    message = mask_part(said_in(body), request.secrets, 0, LONGEST_MESSAGE)
    return HttpError.of(
        response.status, service=request.service, message=message, retry_after=response.header("retry-after")
    )


async def _take_file(stream: Stream, response: Response, ready: Ready) -> None:
    """Read the whole response and keep it as a file."""
    body, most = bytearray(), min(FILE_MOST, ready.limits.size)
    async for _, data in response.chunks():
        stream.note(data)
        body += data
        if len(body) > most:
            raise LimitCrossed.of("size", most, ready.request.service or None)
    headers = {name.lower(): value for name, value in response.headers}
    name = name_in(headers, ready.request.address.path, response.content_type)
    stream.give_file(await ready.keep(name, media_type(response.content_type), bytes(body)))
    stream.finish()


def _feed(stream: Stream, reading: Reading, data: bytes) -> None:
    if reading.reader is not None:
        stream.read(reading.reader, data)


def _no_page(reading: Reading, ready: Ready) -> None:
    """Fail a Stream call that was answered with a web page, and say so (S2)."""
    if ready.response_type == "stream" and reading.framing is not None and reading.is_page:
        raise WebPage(service=ready.request.service)


def _no_value(stream: Stream, reading: Reading, ready: Ready) -> None:
    """Fail a Stream call that was answered with a single JSON value: with the service's own words if the value is an
    error, since some services answer everything with 200."""
    for frame in reading.reader.close() if reading.reader and not stream.over else ():
        if said := complaint_in(frame):
            message = mask_part(said, ready.request.secrets, 0, LONGEST_MESSAGE)
            raise ServiceError(service=ready.request.service, message=message)
    if not stream.over:
        raise NotAStream(service=ready.request.service)
