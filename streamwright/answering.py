"""Django behind ASGI with synchronous views and middleware only: a whole request, from the first middleware to the
last, runs in one thread.

Left to itself, Django hands each middleware to a thread of the request's own and back, twice, and every one of those
threads opens its own connection to the database.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from django.core.handlers.asgi import ASGIHandler
from django.db import connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from builder.database import turn

# How many requests are handled at once; threads are created as needed. Further requests wait for their turn.
MOST = 64


class Answering(ASGIHandler):
    """What `django.core.asgi` returns, with its middleware called as plain synchronous code."""

    def __init__(self) -> None:
        super().__init__()
        self._threads = ThreadPoolExecutor(max_workers=MOST, thread_name_prefix="request")

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """What has arrived whole is done, even if the browser is gone by then, such as the last edit before a tab was
        closed. Django would drop it, or close its body while it is being read."""
        answering = asyncio.ensure_future(turn(self._threads, self._answer, request))
        try:
            return await asyncio.shield(answering)
        except asyncio.CancelledError:
            await asyncio.wait([answering])
            raise

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        try:
            answer: HttpResponseBase = self.get_response(request)
            return answer
        finally:
            # SQLite's connections belong to their thread and may stay open; a database server has only so many for all
            # processes.
            for each in connections.all(initialized_only=True):
                if each.vendor != "sqlite":
                    each.close()
