"""Replay: a capture answers a call instead of its service, at its original speed or faster; nobody is called (S19).

with replaying(4):
    stream = await start_call(edition, api, call, {}, visitor)
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from http import HTTPStatus

from builder.document import Body
from builder.models import App
from connector.asking.address import Address
from connector.asking.request import Request
from connector.auth import auth
from connector.errors import BrokenOff, ConnectorError
from connector.models import Capture
from connector.sending.body import Take, in_turns
from connector.spending.limits import Limits

# How fast calls started now are replayed; None lets them call their services.
_speed: ContextVar[float | None] = ContextVar("speed of replay", default=None)

SPEEDS = (1.0, 4.0)


class NothingRecorded(ConnectorError):
    code = "nothing_recorded"
    status = 409
    sentence = "There is no capture of {call} to replay."
    why = "It was never initialized, or its captures were deleted."
    todo = "Initialize it, or let the services answer again."


class RecordedFailure(ConnectorError):
    """Whatever ended the recorded response ends the replay."""

    code = "recorded_failure"


@contextmanager
def replaying(speed: float | None) -> Iterator[None]:
    """Calls started inside, including by tasks started there, are answered by their recordings."""
    token = _speed.set(speed)
    try:
        yield
    finally:
        _speed.reset(token)


def speed_here() -> float | None:
    """How fast a call started here is replayed."""
    return _speed.get()


@dataclass(slots=True)
class Replay:
    """The response to one call, from its capture. `send` replaces `client.send`."""

    capture: Capture
    request: Request
    speed: float

    @classmethod
    def of(cls, app: App, api: Body, call: str, speed: float) -> "Replay":
        """Uses the capture in which the call's fields were found, else the latest one with a response. Raises
        NothingRecorded."""
        node = api["nodes"][call]
        kept = Capture.objects.filter(app=app, api=api["root"], call=call)
        used = (node["props"].get("initialized") or {}).get("capture") or ""
        found = Capture.objects.filter(app=app, pk=used).first() or kept.filter(status__lt=400).first() or kept.first()
        if found is None:
            raise NothingRecorded(call=node["name"])
        nowhere = Address("http", "recording", 80, "/", "")
        request = Request("GET", nowhere, [], None, auth["none"], service=api["nodes"][api["root"]]["name"])
        return cls(found, request, speed)

    @property
    def was_stopped(self) -> bool:
        """Whether its author stopped reading, so that its end is no failure."""
        return self.capture.ended == "stopped"

    @asynccontextmanager
    async def send(self, request: Request, limits: Limits | None = None) -> AsyncIterator["Replayed"]:
        yield Replayed(self.capture, self.speed)


class Replayed:
    """A recorded response with the interface of `client.Response`."""

    def __init__(self, capture: Capture, speed: float):
        self._capture, self._speed = capture, speed
        self.status = capture.status
        self.reason = next((each.phrase for each in HTTPStatus if each == capture.status), "")
        self.headers = [(str(name), str(value)) for name, value in capture.headers]
        self.content_type = capture.content_type
        self.seconds = 0.0

    def header(self, name: str) -> str | None:
        return next((value for known, value in self.headers if known.lower() == name.lower()), None)

    async def chunks(self) -> AsyncIterator[tuple[float, bytes]]:
        """Each read at its time; then the failure that ended the response, if any."""
        async for at, data in self._capture.replay(self._speed):
            yield at, data
        failure = self._capture.request.get("failure")
        if self._capture.ended == "broken_off":
            raise BrokenOff
        if failure and self.status < 400:
            raise RecordedFailure(str(failure.get("sentence") or "The recorded answer did not end well."))

    async def pour(self, take: Take) -> None:
        """The same for whoever has a function that takes it."""
        async for _, data in self.chunks():
            if await in_turns(take, data):
                return
