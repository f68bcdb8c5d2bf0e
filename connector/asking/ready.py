"""A call that is ready to be sent: its request, its author's choices, and who answers it."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from connector.asking.request import Request
from connector.spending.limits import Limits

# Who answers a request: `client.send`, or a recording.
Door: TypeAlias = Callable[..., AbstractAsyncContextManager[Any]]
# Stores a response that is a file, given its name, content type and bytes, and returns its address.
Keep: TypeAlias = Callable[[str, str, bytes], Awaitable[str]]
# The same request, authenticated with the secrets that are saved now. Raises ConnectorError.
Renew: TypeAlias = Callable[[Request], Awaitable[Request]]


async def _unchanged(request: Request) -> Request:
    """For what has no saved secrets."""
    return request


@dataclass(frozen=True, slots=True)
class Ready:
    """`props` are those of the call's node. `recorded` says that a recording answers, all of it or the part its author
    read; a recording is never retried. `renew` is called whenever the request is about to be sent again."""

    request: Request
    props: Mapping[str, Any]
    door: Door
    keep: Keep
    recorded: Literal["", "part", "whole"] = ""
    renew: Renew = _unchanged

    @property
    def response_type(self) -> str:
        return self.props.get("response_type") or "stream"

    @property
    def limits(self) -> Limits:
        """The call's limits (S12); a call that stays open has no total."""
        limits = Limits.of(self.props.get("limits"))
        return replace(limits, total=None) if is_feed(self.props) else limits

    @property
    def stays_open(self) -> bool:
        return is_feed(self.props) and not self.recorded

    @property
    def recorded_in_part(self) -> bool:
        """Whether the recording ends before the response did; its end is then no failure."""
        return self.recorded == "part"

    @property
    def includes_errors(self) -> bool:
        """Whether an HTTP error is a result rather than a failure (S10)."""
        return bool(self.props.get("include_errors"))

    @property
    def retries(self) -> int:
        """How often the request is retried before its first byte (S11)."""
        return 0 if self.recorded else int(self.props.get("retries") or 0)


def is_feed(props: Mapping[str, Any]) -> bool:
    """Whether a call stays open. Only a stream can; a response that is complete is not requested again and again
    (S11)."""
    return bool(props.get("stays_open")) and (props.get("response_type") or "stream") == "stream"
