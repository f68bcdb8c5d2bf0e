"""Asking again: a service that is busy or away, as often as the author of the call wants it, and never more (S11)."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from connector.asking.ready import Ready
from connector.errors import ClosedUnanswered, LimitCrossed, NoAnswer, NotSecure
from connector.sending.auth_errors import CertificateRefused
from connector.sending.client import Response
from connector.spending.limits import Limits

# Answers that say "not now" (RFC 9110, 6585), as do all of 500 and more, such as the 529 of a service that has too much
# to do, but for those that say "never".
_BUSY, _NEVER = {408, 425, 429}, {501, 505}
# Seconds before the first new attempt where the service says nothing of it; each later one waits twice as long.
FIRST_WAIT = 0.5
# The longest wait of our own choice, and the longest a service may ask for: one that asks for more is not asked again.
LONGEST_OWN_WAIT, LONGEST_WAIT = 8.0, 60.0


@asynccontextmanager
async def answered(ready: Ready) -> AsyncIterator[Response]:
    """The answer of a call. Where no connection was made, or the service says "not now", it is asked for again,
    `retries` times at most, all within the total of the call's limits (P9). What the service took and did not answer
    may have been done and cost money: it is not sent twice. The last answer counts, whatever it is."""
    loop = asyncio.get_running_loop()
    started, limits = loop.time(), ready.limits
    for attempt in range(ready.retries + 1):
        last = attempt == ready.retries
        async with AsyncExitStack() as stack:
            try:
                left = _left(limits, loop.time() - started)
                response = await stack.enter_async_context(ready.door(ready.request, left))
            except (NoAnswer, LimitCrossed) as error:
                if last or not _may_pass(error):
                    raise
                wait = backoff(attempt)
            else:
                asked = retry_after(response.header("retry-after"))
                wait = backoff(attempt) if asked is None else asked
                if last or not says_not_now(response.status) or wait > _patience(limits, loop.time() - started):
                    yield response
                    return
        await asyncio.sleep(wait)


def says_not_now(status: int) -> bool:
    """Whether the same question may be answered in a moment (P9)."""
    return status in _BUSY or (status >= 500 and status not in _NEVER)


def retry_after(said: str | None, now: datetime | None = None) -> float | None:
    """The seconds that `Retry-After` asks for, given as a number or as a date; None when it says nothing."""
    text = (said or "").strip()
    if text.isdigit():
        return float(text[:9])
    try:
        then = parsedate_to_datetime(text)
    except ValueError:
        return None
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return max(0.0, (then - (now or datetime.now(UTC))).total_seconds())


def backoff(attempt: int, first: float | None = None, longest: float = LONGEST_OWN_WAIT) -> float:
    """Seconds before attempt `attempt` + 2: twice as long each time, drawn by lot between that and a quarter more, so
    that not all who wait come back at once."""
    wait = (FIRST_WAIT if first is None else first) * 2 ** min(attempt, 20)
    return min(wait, longest) * random.uniform(1, 1.25)


def _may_pass(error: NoAnswer | LimitCrossed) -> bool:
    """Whether no connection was made, and one may be in a moment."""
    if isinstance(error, LimitCrossed):
        return error.limit == "connect"
    return not isinstance(error, NotSecure | CertificateRefused | ClosedUnanswered)


def _patience(limits: Limits, gone: float) -> float:
    return LONGEST_WAIT * 1.25 if limits.total is None else min(LONGEST_WAIT * 1.25, limits.total - gone)


def _left(limits: Limits, gone: float) -> Limits:
    """The limits with what is left of the total."""
    return limits if limits.total is None or not gone else replace(limits, total=max(limits.total - gone, 0.001))
