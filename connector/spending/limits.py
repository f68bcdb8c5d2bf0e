"""The limits of a call (S12), and the watch that ends a wait when one is crossed."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from connector.errors import LimitCrossed

MEGABYTE = 2**20
# A timer that fires this many seconds late did not run because the process was suspended, or the machine slept. For as
# long as that, what the service has sent meanwhile may still be read.
LATE = 1.0


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, bytes and characters. `total` is None for a call that stays open."""

    connect: float = 10
    first_byte: float = 60
    silence: float = 60
    total: float | None = 300
    size: int = 50 * MEGABYTE
    frame: int = 4 * MEGABYTE
    text: int = 10_000_000

    @classmethod
    def of(cls, props: Mapping[str, Any] | None) -> "Limits":
        """The limits in a call's document, with defaults for the rest."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in (props or {}).items() if name in known})

    def crossed(self, limit: str, service: str | None = None) -> LimitCrossed:
        """The error for a crossed limit."""
        return LimitCrossed.of(limit, getattr(self, limit), service)


# The highest limits an author may choose, and the lowest that the form accepts.
MOST = Limits(60, 600, 600, 3600, 500 * MEGABYTE, 50 * MEGABYTE, 100_000_000)
LEAST = Limits(0.1, 0.1, 0.1, 1, round(0.001 * MEGABYTE), round(0.001 * MEGABYTE), 1)


def wrong_limit(props: Any) -> str:
    """What is wrong with the limits in a document, in a sentence; empty if nothing is. Only the total may be None."""
    if not isinstance(props, dict):
        return "These are not limits."
    for name, value in props.items():
        most = getattr(MOST, name, None)
        if most is None:
            return f"There is no limit {name}."
        if (name, value) != ("total", None) and (type(value) not in (int, float) or not 0 < value <= most):
            return f"{name} takes a number above 0, at most {most}."
    return ""


class Watch:
    """Ends a task's wait for bytes when a time limit is crossed.

    `since`, by the clock of `loop`, is when the present silence began; what comes without ending a wait moves it.

    There is one timer for the whole response, rescheduled only when it fires: a read costs two assignments, not a timer
    of its own.

        watch = Watch(limits)
        try:
            with watch.waiting("silence"):
                data = await read()
        finally:
            watch.stop()
    """

    def __init__(self, limits: Limits, service: str | None = None):
        self.loop = asyncio.get_running_loop()
        self._limits = limits
        self._service = service
        # Whoever sends the request reads its response, too.
        self._task = asyncio.current_task()
        self._waits = False
        self._timer: asyncio.TimerHandle | None = None
        self._limit = self._armed = ""
        self._cancelling = 0
        self.since = self.started = self.loop.time()
        self._crossed: str | None = None
        self._was_late = False

    def waiting(self, limit: str) -> "Watch":
        """A wait under `limit` (first_byte counts from the request, silence from now) and under the total."""
        self._limit = limit
        return self

    def __enter__(self) -> None:
        if self._limit == "silence":
            self.since = self.loop.time()
        if self._timer is None or self._limit != self._armed:
            self._arm()
        self._waits = True
        self._cancelling = self._task.cancelling() if self._task else 0

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: Any) -> None:
        self._waits = False
        if self._crossed is None or self._task is None:
            return
        # Somebody else may have cancelled the task at the same moment, which takes precedence.
        if self._task.uncancel() <= self._cancelling or kind is not asyncio.CancelledError:
            raise self._limits.crossed(self._crossed, self._service) from None

    @property
    def seconds(self) -> float:
        """Since the request, by the monotonic clock."""
        return self.loop.time() - self.started

    def stop(self) -> None:
        """No limit applies any more. The task is let go: it holds what ended it, and with that whatever it read."""
        self._disarm()
        self._task = None

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def _due(self) -> tuple[float, str]:
        start = self.started if self._limit == "first_byte" else self.since
        due = start + getattr(self._limits, self._limit), self._limit
        return due if self._limits.total is None else min(due, (self.started + self._limits.total, "total"))

    def _arm(self) -> None:
        self._disarm()
        due, limit = self._due()
        if self.loop.time() >= due:
            raise self._limits.crossed(limit, self._service)
        self._armed = self._limit
        self._timer = self.loop.call_at(due, self._fire)

    def _fire(self) -> None:
        due, limit = self._due()
        now, timer, was_late = self.loop.time(), self._timer, self._was_late
        self._was_late = timer is not None and now - timer.when() > LATE
        if now < due:
            self._timer = self.loop.call_at(due, self._fire)
        elif self._task is None or not self._waits:
            self._timer = None
        elif self._was_late and not was_late:
            self._timer = self.loop.call_later(LATE, self._fire)
        else:
            self._crossed = limit
            self._task.cancel()
