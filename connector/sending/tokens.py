"""Tokens that services issue: requested once for many calls, kept in memory only, for one API and its origin.

A scheme defines the token request and how to read its response; the client sends it, so tokens are requested under the
same guard as any call. A call refused with 401 is sent once more with a new token: it was refused, so nothing has been
done (S11).
"""

import asyncio
import json
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from weakref import WeakKeyDictionary

import httpx

from connector.answers.faults import message_in
from connector.answers.frame import frame_of
from connector.answers.paths import compile_path
from connector.asking import address
from connector.asking.placeholders import IN_URL
from connector.auth import AsyncFlow, Flow, Scheme, joined_origins
from connector.errors import ConnectorError
from connector.masking import mask
from connector.sending.auth_errors import TokenNotFound, TokenRefused

# How many tokens are kept at once, per event loop.
_MOST = 1000
# A token counts as expired this much earlier than it is: in seconds, and as a part of its life.
_EARLY, _PART = 30.0, 0.1
_LONGEST = 16_384


@dataclass(slots=True)
class _Held:
    """The token of one API's credential. `asked` counts how many requests for one have been answered, with or without
    success."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    token: str = field(default="", repr=False)
    until: float = 0
    asked: int = 0
    failure: ConnectorError | None = None

    def is_good(self, since: int) -> bool:
        """Whether there is an unexpired token that was requested after the first `since` ones."""
        return bool(self.token) and self.asked > since and asyncio.get_running_loop().time() < self.until

    def keep(self, token: str, seconds: float | None) -> None:
        early = 0.0 if seconds is None else min(_EARLY, seconds * _PART)
        life = float("inf") if seconds is None else seconds - early
        self.token, self.until = token, asyncio.get_running_loop().time() + life
        self.asked, self.failure = self.asked + 1, None

    def fail(self, error: ConnectorError) -> None:
        self.token, self.asked, self.failure = "", self.asked + 1, error


_held: WeakKeyDictionary[asyncio.AbstractEventLoop, OrderedDict[str, _Held]] = WeakKeyDictionary()


class TokenScheme(Scheme):
    """Authentication that first requests a token. An entry defines `question`, where the token is in the response
    (`path`), how long it is valid (`lasts`), and where it goes in a call (`place`)."""

    def made(self) -> tuple[str, float] | None:
        """A token that can be made without a request, and its lifetime in seconds."""
        return None

    def question(self) -> httpx.Request:
        """The token request. Secrets that it contains in another form are added to `known`."""
        raise NotImplementedError

    def place(self, request: httpx.Request, token: str) -> None:
        """Put the token into a call: into the header of the author's choice, if there is a choice."""
        before = self._options.get("before", "Bearer")
        self._header(
            request, self._options.get("header", "Authorization"), token, before=f"{before} " if before else ""
        )

    @property
    def path(self) -> str:
        """Where the token is in the response."""
        return "access_token"

    def lasts(self, answer: Any) -> float | None:
        """The token's lifetime in seconds according to the response; None if it does not say."""
        return _seconds(answer.get("expires_in")) if isinstance(answer, dict) else None

    def goes_to(self, origin: str, options: Any) -> str:
        url = options.get("token_url") if isinstance(options, Mapping) else None
        if not isinstance(url, str) or not url:
            return origin
        return joined_origins([origin, address.origin(IN_URL.sub("x", url))])

    def auth_flow(self, request: httpx.Request) -> Flow:
        raise TypeError("A token is shared by calls at the same time: there is only the asynchronous flow.")

    async def async_auth_flow(self, request: httpx.Request) -> AsyncFlow:
        held, since = _held_for(self._bound_to(request)), 0
        for _ in range(2):
            asked = held.asked
            async with held.lock:
                if not held.is_good(since):
                    # A call that waited while another was refused gets the same refusal, and does not ask again.
                    if held.asked != asked and held.failure:
                        raise held.failure
                    try:
                        # In a thread, since reading a private key takes a tenth of a second.
                        token = await asyncio.to_thread(self.made)
                        if token is None:
                            answer = yield await asyncio.to_thread(self.question)
                            token = self._read(answer)
                        held.keep(*token)
                    except ConnectorError as error:
                        held.fail(error)
                        raise
                since = held.asked
                self.known.append(held.token)
                self.place(request, held.token)
            answer = yield request
            if answer.status_code != 401:
                return

    def _read(self, answer: httpx.Response) -> tuple[str, float | None]:
        """The token in a response, and its lifetime. Raises TokenRefused and TokenNotFound."""
        service = f"The token service of {self._service}" if self._service else "The token service"
        value = frame_of(answer.content).value
        said = mask(_complaint(value), self.known)[:300]
        if not answer.is_success:
            raise TokenRefused(service=service, http_status=answer.status_code, message=said)
        token = compile_path(self.path)(value)
        if not isinstance(token, str) or not 0 < len(token.strip()) <= _LONGEST:
            complaint = said if isinstance(value, dict) and value.get("error") else ""
            raise TokenNotFound(service=service, path=self.path, holds=_holds(value, answer), message=complaint)
        if not token.isascii() or not token.strip().isprintable():
            odd = "What stands there holds a line break or a character that no token has."
            raise TokenNotFound(service=service, path=self.path, holds=odd)
        return token.strip(), self.lasts(value)

    def _bound_to(self, request: httpx.Request) -> str:
        """What a token belongs to: one credential, its options and origin; never shared with another."""
        origin = [request.url.scheme, request.url.host, request.url.port]
        facts = [self.name, self._service, self._secrets, self._options, origin]
        return sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def _held_for(bound_to: str) -> _Held:
    of_loop = _held.setdefault(asyncio.get_running_loop(), OrderedDict())
    held = of_loop.setdefault(bound_to, _Held())
    of_loop.move_to_end(bound_to)
    for key in list(of_loop)[: max(0, len(of_loop) - _MOST)]:
        if not of_loop[key].lock.locked():
            del of_loop[key]
    return held


def _complaint(value: Any) -> str:
    """What a service says went wrong, in OAuth's format (RFC 6749, 5.2) or any other; never a web page."""
    described = value.get("error_description") if isinstance(value, dict) else None
    said = described if isinstance(described, str) and described else message_in(value)
    return "" if said.lstrip().startswith("<") else said


def _seconds(value: Any) -> float | None:
    try:
        seconds = float(value) if isinstance(value, str | int | float) else None
    except ValueError:
        return None
    return seconds if seconds is not None and 0 <= seconds < 10**9 else None


def _holds(value: Any, answer: httpx.Response) -> str:
    """What a response contains instead of a token, by names only, since a token may be anywhere else in it."""
    if isinstance(value, dict):
        names = ", ".join(name for name in list(value)[:8] if len(name) <= 30)
        return f"It holds {names}." if names else "It is empty."
    kind = answer.headers.get("content-type", "").partition(";")[0]
    return f"It is not a JSON object but {kind}." if kind and "json" not in kind else "It is not a JSON object."
