"""Calls that stay open (S12): tickers and feeds, reconnected whenever they break off, as in the HTML Standard.

`retry` is respected, `Last-Event-ID` is sent, 204 ends the feed. A connection that brings nothing is retried more and
more slowly. Everything read so far stays, and texts go on growing.
"""

import asyncio
from collections import deque
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace

from connector.answers.answering import NO_CONTENT, is_refusal, reading_of, refusal, refused, take_frames
from connector.answers.stream import Stream
from connector.asking.ready import Ready
from connector.asking.request import Request
from connector.errors import BrokenOff, ConnectorError, LimitCrossed, NoAnswer, ServiceBroken, TooManyCalls
from connector.framings import Reader
from connector.sending.attempts import LONGEST_WAIT, answered, backoff, retry_after, spread
from connector.sending.client import Response

# Seconds before reconnecting if the feed does not say; the minimum; the most it can ask for.
USUAL, LEAST, MOST = 3.0, 0.1, 600.0
# At most this many reconnections in so many seconds, whatever the feed asks for: one that says `retry: 0` and closes at
# once must not be hammered, and one that closes after every event should not have to wait.
OFTEN, SPAN = 5, 5.0


@dataclass(slots=True)
class _Feed:
    """The state of a feed: the id of its last event, and how long to wait before reconnecting."""

    joined: bool = False
    last_id: str = ""
    wait: float = field(default_factory=lambda: USUAL)
    asked_for: float = 0
    failures: int = 0
    joins: deque[float] = field(default_factory=lambda: deque(maxlen=OFTEN))  # when it was asked, of the loop's clock

    def hear(self, reader: Reader) -> None:
        """Note what the feed said about reconnecting."""
        if reader.retry is not None:
            self.wait = reader.retry / 1000
        if reader.last_id is not None:
            self.last_id = reader.last_id

    def next(self, request: Request) -> Request:
        """The request that continues where the feed was."""
        if not self.last_id:
            return request
        others = [pair for pair in request.headers if pair[0].lower() != "last-event-id"]
        return replace(request, headers=[*others, ("Last-Event-ID", self.last_id.encode())])

    def pause(self, now: float) -> float:
        """Seconds until it is reconnected."""
        early = self.joins[0] + SPAN - now if len(self.joins) == OFTEN else 0.0
        wait = min(max(self.wait, LEAST), LONGEST_WAIT)
        wait = backoff(self.failures - 1, wait, LONGEST_WAIT) if self.failures else wait
        asked_for, self.asked_for = self.asked_for, 0
        return max(wait, early, spread(min(asked_for, MOST)))


async def stay(stream: Stream, ready: Ready) -> None:
    """Read a feed until it says that it is over, is stopped, or cannot be reached. A feed that answered once and is now
    unavailable or busy is reconnected; any other error response ends it."""
    feed, clock = _Feed(), asyncio.get_running_loop().time
    while True:
        came = stream.frames
        feed.joins.append(clock())
        try:
            async with await _connected(ready, feed) as response:
                if await _is_over(stream, response, ready, feed):
                    return
                feed.joined = True
                await _read(stream, response, ready, feed)
        except (BrokenOff, NoAnswer, ServiceBroken, TooManyCalls, LimitCrossed) as error:
            if not feed.joined or not _is_gone(error):
                raise
        if stream.over or stream.refused():
            return
        feed.failures = 0 if stream.frames > came else feed.failures + 1
        await asyncio.sleep(feed.pause(clock()))


async def _connected(ready: Ready, feed: _Feed) -> AbstractAsyncContextManager[Response]:
    """The feed's next connection: the first one with retries, later ones with the secrets that are saved by then."""
    if not feed.joined:
        return answered(ready)
    return ready.door(feed.next(await ready.renew(ready.request)), ready.limits)


async def _is_over(stream: Stream, response: Response, ready: Ready, feed: _Feed) -> bool:
    """Whether a response is the last one: it says that nothing more comes, or is an error its author wants to see."""
    if response.status in NO_CONTENT:
        stream.finish()
        return True
    if not feed.joined:
        return await refused(stream, response, ready)
    if is_refusal(response):
        feed.asked_for = retry_after(response.header("retry-after")) or 0
        raise await refusal(response, ready.request)
    return False


async def _read(stream: Stream, response: Response, ready: Ready, feed: _Feed) -> None:
    reading = reading_of(response, ready)
    try:
        await take_frames(stream, response, reading, ready)
        if reading.reader and not stream.over:
            stream.feed_all(reading.reader.close())
    finally:
        if reading.reader:
            feed.hear(reading.reader)


def _is_gone(error: ConnectorError) -> bool:
    """Whether an error only means that the connection was lost."""
    return not isinstance(error, LimitCrossed) or error.limit in ("connect", "first_byte", "silence", "size")
