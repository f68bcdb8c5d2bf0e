"""Reading an answer: from the first bytes that tell its framing to the last frame."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from connector.answers.frame import Frame
from connector.answers.steps import no_collection
from connector.framings import BODY_LIMIT, HEAD, Framing, Reader, WholeReader, choose, framings, is_html
from connector.spending.limits import Limits

# The framing of an answer that is no stream, by response type; a file and an empty answer are not framed at all.
WHOLE = {"json": "json", "text": "text", "xml": "xml"}


class Reading:
    """One answer being framed. Bytes wait until the framing is known: at once where the call says that it is no stream,
    else as soon as the content type, what Initialize found (`expected`) and the first bytes tell, since a service that
    refuses may answer in another one.

    `options` are the framing's own, as Initialize kept them; None where nobody knows them yet: then nothing is read
    otherwise than usual, and `framing_options` says what the bytes ask for. `head` is the first piece of the body, for
    whoever must say what came instead of a stream.
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
        # Whether what came is a web page.
        self.is_page = False
        self._seen: list[bytes] = []
        self._seen_size = 0

    def take(self, data: bytes) -> bytes:
        """The bytes that can be read now: none while the framing is not known, else all that waited."""
        if self.options is None and self._seen_size < HEAD:
            self._seen.append(data[:HEAD])
            self._seen_size += len(data)
        if self.reader is not None:
            return data
        self.head += data
        return self._decide(complete=False)

    def rest(self) -> bytes:
        """The bytes that still waited when the body ended."""
        return b"" if self.reader is not None else self._decide(complete=True)

    @property
    def framing_options(self) -> dict[str, Any]:
        """The options the framing is read with, or those that the bytes so far ask for, which a call keeps; mostly
        none. An answer that was read without them wants to be read again (see `options_of`)."""
        if self.options is not None:
            return dict(self.options)
        return self.framing.options(b"".join(self._seen)) if self.framing else {}

    def frames(self, data: bytes) -> list[Frame]:
        """The frames that these bytes finish, for a reading without a stream behind it."""
        data = self.take(data)
        return self.reader.feed(data) if self.reader and data else []

    def close(self) -> list[Frame]:
        """The frames that the end of the body finishes."""
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
    """Around the close of an answer: a large one of one value is parsed where it holds up nobody else (P13), and used
    up in here."""
    if not isinstance(reading.reader, WholeReader) or not reading.reader.is_large:
        yield
        return
    with no_collection():
        await asyncio.to_thread(reading.reader.parse_ahead)
        yield


def options_of(content_type: str, head: bytes, known: str | None = None) -> dict[str, Any]:
    """The options of `Reading` that the first bytes of a recorded answer ask for: of the whole body, or 64 KB of it."""
    framing = framings.get(known or "") or choose(content_type, head, complete=True)
    return framing.options(head[:HEAD]) if framing else {}
