"""A guest of the demo app's chat page who asks, and the answer piece by piece."""

import asyncio
import json

from builder.edition import Edition
from builder.people.visitor import Visitor
from connector.answers.frame import frame_of
from workflows.live.protocol import Happened


async def until(reached, seconds=10):
    async with asyncio.timeout(seconds):
        while not reached():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


def piece(stream, text):
    stream.feed(frame_of(json.dumps({"choices": [{"index": 0, "delta": {"content": text}}]}).encode()))


async def asking(directory, app, ada, streams):
    """A guest of the chat page whose question is on its way, with the first piece of its answer."""
    guest, new = await directory.enter(Edition(app), "pg_chat01", Visitor.editor(ada), None)
    assert new
    directory.attach(guest, "socket", lambda message: None, 0)
    guest.runs.happened(Happened("one", "el_send01", "clicked", {"el_quest1": "Why?"}))
    await until(lambda: streams)
    piece(streams[0], "Leaf ")
    return guest
