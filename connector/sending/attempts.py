"""Retries: a service that is busy or unavailable is asked again, as often as the call's author wants and never more
(S11)."""

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

# Statuses that mean "not now" (RFC 9110, 6585), like all from 500 on, including the non-standard 529; and those that
# mean "never".
_BUSY, _NEVER = {408, 425, 429}, {501, 505}
# Seconds before the first retry if the service does not say; each later one waits twice as long.
FIRST_WAIT = 0.5
# The longest wait of our own choice, and the longest a service may ask for: beyond it the call is not retried.
LONGEST_OWN_WAIT, LONGEST_WAIT = 8.0, 60.0


@asynccontextmanager
async def answered(ready: Ready) -> AsyncIterator[Response]:
    """The response to a call. If no connection was made, or the service says "not now", the request is retried, at
    most `retries` times and within the total of the call's limits (P9). A request that the service accepted but did
    not answer may have had an effect and cost money, so it is never sent twice. The last response counts, whatever
    it is."""
    loop = asyncio.get_running_loop()
    started, limits, request = loop.time(), ready.limits, ready.request
    for attempt in range(ready.retries + 1):
        last = attempt == ready.retries
        async with AsyncExitStack() as stack:
            try:
                request = await ready.renew(request) if attempt else request
                left = _left(limits, loop.time() - started)
                response = await stack.enter_async_context(ready.door(request, left))
            except (NoAnswer, LimitCrossed) as error:
                if last or not _may_pass(error):
                    raise
                wait = backoff(attempt)
            else:
                wait = max(backoff(attempt), spread(retry_after(response.header("retry-after")) or 0))
                if last or not says_not_now(response.status) or wait > _patience(limits, loop.time() - started):
                    yield response
                    return
        await asyncio.sleep(wait)


def says_not_now(status: int) -> bool:
    """Whether the same request may succeed in a moment (P9)."""
    return status in _BUSY or (status >= 500 and status not in _NEVER)


def retry_after(said: str | None, now: datetime | None = None) -> float | None:
    """The seconds given by `Retry-After`, as a number or a date; None if it is absent or unreadable."""
    text = (said or "").strip()
    if text.isdigit():
        return float(text[:9])
    try:
        then = parsedate_to_datetime(text)
    except ValueError:
        return None
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return max(0.0, (then - (now or datetime.now(UTC))).total_seconds())


def spread(wait: float) -> float:
    """These seconds and a random part of up to a quarter: a service tells all of its callers the same, and those who
    were refused together must not come back together."""
    return wait * random.uniform(1, 1.25)


def backoff(attempt: int, first: float | None = None, longest: float = LONGEST_OWN_WAIT) -> float:
    """Seconds before attempt `attempt` + 2, spread: doubled each time."""
    wait = (FIRST_WAIT if first is None else first) * 2 ** min(attempt, 20)
    return spread(min(wait, longest))


def _may_pass(error: NoAnswer | LimitCrossed) -> bool:
    """Whether no connection was made, but one may be possible in a moment."""
    if isinstance(error, LimitCrossed):
        return error.limit == "connect"
    return not isinstance(error, NotSecure | CertificateRefused | ClosedUnanswered)


def _patience(limits: Limits, gone: float) -> float:
    return LONGEST_WAIT * 1.25 if limits.total is None else min(LONGEST_WAIT * 1.25, limits.total - gone)


def _left(limits: Limits, gone: float) -> Limits:
    """The limits with what remains of the total."""
    return limits if limits.total is None or not gone else replace(limits, total=max(limits.total - gone, 0.001))
