"""Reads a response: from the first bytes, which reveal its framing, to the last frame."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from connector.answers.frame import Frame
from connector.answers.steps import no_collection
from connector.framings import BODY_LIMIT, HEAD, Framing, Reader, WholeReader, choose, framings, is_html
from connector.spending.limits import Limits

# The framing of a response that is not a stream, by response type; a file or an empty response is not framed at all.
WHOLE = {"json": "json", "text": "text", "xml": "xml"}


class Reading:
    """One response being framed.

    Bytes are held back until the framing is known: immediately if the call says that the response is no stream, else
    once the content type, what Initialize found (`expected`) and the first bytes tell, because an error response may be
    framed differently.

    `options` are the framing's own options, as kept by Initialize; None if nobody knows them yet: everything is then
    read in the usual way, and `framing_options` says which options the bytes call for. `head` is the first piece of the
    body, for error messages about what came instead of a stream.
    """

    def __init__(
        self,
        content_type: str,
        limits: Limits,
        known: str | None = None,
        options: Mapping[str, Any] | None = None,
        expected: str | None = None,
    ):
        self.content_type = content_type
        self.limits = limits
        self.options = options
        self.expected = expected
        self.framing: Framing | None = framings.get(known or "")
        self.reader: Reader | None = self._reader()
        self.head = b""
        # Whether the response turned out to be a web page.
        self.is_page = False
        self._seen: list[bytes] = []
        self._seen_size = 0

    @property
    def is_known(self) -> bool:
        """Whether its bytes tell nothing more about how they are to be read: `take` returns them as they are."""
        return self.options is not None or self._seen_size >= HEAD

    def take(self, data: bytes) -> bytes:
        """The bytes that can be read now: none while the framing is unknown, then everything held back so far."""
        if self.options is None and self._seen_size < HEAD:
            self._seen.append(data[:HEAD])
            self._seen_size += len(data)
        if self.reader is not None:
            return data
        self.head += data
        return self._decide(complete=False)

    def rest(self) -> bytes:
        """The bytes still held back when the body ended."""
        return b"" if self.reader is not None else self._decide(complete=True)

    @property
    def framing_options(self) -> dict[str, Any]:
        """The options used for reading, or those that the bytes so far call for, which the call keeps; usually none. A
        response that was read without them should be read again (see `options_of`)."""
        if self.options is not None:
            return dict(self.options)
        return self.framing.options(b"".join(self._seen)) if self.framing else {}

    def frames(self, data: bytes) -> list[Frame]:
        """The frames completed by these bytes, for a reading without a stream."""
        data = self.take(data)
        return self.reader.feed(data) if self.reader and data else []

    def close(self) -> list[Frame]:
        """The frames completed by the end of the body."""
        data = self.rest()
        found = self.reader.feed(data) if self.reader and data else []
        return found + (self.reader.close() if self.reader else [])

    def _decide(self, complete: bool) -> bytes:
        self.framing = choose(self.content_type, self.head, complete, self.expected)
        self.is_page = is_html(self.head)
        self.reader = self._reader()
        return self.head if self.reader is not None else b""

    def _reader(self) -> Reader | None:
        if self.framing is None:
            return None
        limit = BODY_LIMIT if self.framing.name in ("json", "text") else self.limits.frame
        options = {name: self.options[name] for name in self.framing.takes if self.options and name in self.options}
        return self.framing.new(limit, **options)


@asynccontextmanager
async def parsed(reading: Reading) -> AsyncIterator[None]:
    """Surrounds the close of a response: a large single value is parsed where it blocks nobody else (P13), and consumed
    inside."""
    if not isinstance(reading.reader, WholeReader) or not reading.reader.is_large:
        yield
        return
    with no_collection():
        await asyncio.to_thread(reading.reader.parse_ahead)
        yield


def options_of(content_type: str, head: bytes, known: str | None = None) -> dict[str, Any]:
    """The options of `Reading` that the first bytes of a recorded response call for; `head` is the body or its first 64
    KB."""
    framing = framings.get(known or "") or choose(content_type, head, complete=True)
    return framing.options(head[:HEAD]) if framing else {}
