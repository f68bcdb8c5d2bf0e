"""Django behind ASGI, where every view and every middleware is plain code: a request goes into one thread and comes out
with its answer. Left to itself Django takes each middleware to a thread of the request's own and back, twice, and each
of these threads opens a connection to the database."""

from concurrent.futures import ThreadPoolExecutor

from django.core.handlers.asgi import ASGIHandler
from django.db import connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from builder.database import turn

# Requests that are worked on at once; threads are made as they are needed. More wait for their turn.
MOST = 64


class Answering(ASGIHandler):
    """What `django.core.asgi` makes, with its middleware as plain code."""

    def __init__(self) -> None:
        super().__init__()
        self._threads = ThreadPoolExecutor(max_workers=MOST, thread_name_prefix="request")

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        return await turn(self._threads, self._answer, request)

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        try:
            answer: HttpResponseBase = self.get_response(request)
            return answer
        finally:
            # A file is open for nobody else; a server has only so many connections for all processes.
            for each in connections.all(initialized_only=True):
                if each.vendor != "sqlite":
                    each.close()
