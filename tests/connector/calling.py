"""One call of a service on 127.0.0.1, as the page of an app would run it."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

from connector.answers.extract import Extraction, Field
from connector.answers.stream import Stream
from connector.asking.ready import Ready
from connector.calls import run
from connector.sending import client
from tests.connector.loopback import Service

TEXT = Field("text", "text_stream", "t")
NEWEST = Field("newest", "live", "n")
STATUS = [
    Field("code", "number", "code", part="status"),
    Field("words", "text", "text", part="status"),
    Field("body", "text", "body", part="status"),
    Field("failed", "yes_no", "is_error", part="status"),
]


class Kept(list[tuple[str, str, bytes]]):
    """Files that were kept: name, content type, bytes."""

    async def __call__(self, name: str, content_type: str, data: bytes) -> str:
        self.append((name, content_type, data))
        return f"/files/fl_{len(self)}/{name}"


def started(here: Service, *fields: Field, end: Any = None, keep: Any = None, **props: Any) -> Stream:
    """The result of a call with these properties, under way."""
    facts = {name: props.pop(name) for name in ("method", "path", "body", "headers", "redirects") if name in props}
    ready = Ready(
        here.request(**facts), props, partial(client.send, guard=here.guard), Kept() if keep is None else keep
    )
    stream = Stream(Extraction(fields or [TEXT, *STATUS], end or {"by": "close"}))
    run(stream, ready)
    return stream


async def until(stream: Stream, holds: Callable[[], Any], seconds: float = 10) -> Stream:
    """The stream once something holds."""
    changed = asyncio.Event()
    leave = stream.subscribe(lambda fields: changed.set())
    async with asyncio.timeout(seconds):
        while not holds():
            await changed.wait()
            changed.clear()
    leave()
    return stream


async def ended(stream: Stream, seconds: float = 10) -> Stream:
    return await until(stream, lambda: stream.over, seconds)


def values(stream: Stream, *keys: str) -> list[Any]:
    """The values of fields; without names those of the status."""
    return [stream.field(key) for key in keys or ("code", "words", "body", "failed")]
