"""What a request may bring: of a visitor's file no more is taken in than any element takes, while it comes.

A server that hands on what comes while it comes is told here that it is too much. Daphne has taken in all before it
asks anybody: under `manage.py serve` it is streamwright/wire.py that stops it."""

from collections.abc import Awaitable, Callable
from typing import Any

from builder.elements.uploader import MOST
from streamwright.traffic import Application, Message, Receive, Send, respond

# Where visitors send files, and the bytes that may come there.
FILES, LARGEST = "/new-file/", MOST * 2**20
# The bytes that may come anywhere else: more than any form of the editor reads.
ANYWHERE = 32 * 2**20


def bounded(application: Application) -> Callable[[Message, Receive, Send], Awaitable[None]]:
    """The application, which hears that its asker is gone once too much has come."""

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
