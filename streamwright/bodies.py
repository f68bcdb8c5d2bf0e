"""Limits on request bodies: of an upload no more is accepted than the largest file an element takes, counted as it
arrives.

A server that passes the body on as it arrives is told here when it gets too long. Daphne reads the whole body before it
calls the application, so under `manage.py serve` streamwright/wire/daphne.py stops it instead.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from builder.elements.uploader import MOST
from streamwright.traffic import Application, Message, Receive, Send, respond

# Where visitors upload files, and how many bytes each path accepts.
FILES, LARGEST = "/new-file/", MOST * 2**20
# How many bytes any other path accepts: more than any form of the editor needs.
ANYWHERE = 32 * 2**20


def bounded(application: Application) -> Callable[[Message, Receive, Send], Awaitable[None]]:
    """Wrap an application so that it sees the client as gone once the body is too long."""

    async def answer(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(FILES):
            return await application(scope, receive, send)
        said = dict(scope["headers"]).get(b"content-length", b"0")
        if said.isdigit() and int(said) > LARGEST:
            return await respond(send, 413, "The file is too large.")
        taken = 0

        async def counted() -> Any:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            return message if taken <= LARGEST else {"type": "http.disconnect"}

        await application(scope, counted, send)

    return answer
