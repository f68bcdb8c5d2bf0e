"""What is written down of every request: its method, its route and how it was answered; never its address."""

import logging
import time
from collections.abc import Callable
from typing import Any

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import HttpRequest, HttpResponse

from streamwright.logs import request_id

log = logging.getLogger("streamwright.requests")


class RequestMiddleware:
    """Gives every answer the id by which the log speaks of its request, and logs one line at level INFO."""

    sync_capable = async_capable = True

    def __init__(self, respond: Callable[[HttpRequest], Any]):
        self.respond = respond
        if iscoroutinefunction(respond):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Any:
        if iscoroutinefunction(self):
            return self.later(request)
        started = time.monotonic()
        return self.note(request, self.respond(request), started)

    async def later(self, request: HttpRequest) -> HttpResponse:
        started = time.monotonic()
        return self.note(request, await self.respond(request), started)

    def note(self, request: HttpRequest, response: HttpResponse, started: float) -> HttpResponse:
        """The response, with the id; its line is in the log."""
        if request_id.get():
            response["X-Request-ID"] = request_id.get()
        match = request.resolver_match
        facts: dict[str, Any] = {"method": request.method, "route": f"/{match.route}" if match else "no route"}
        facts |= {"status": response.status_code, "ms": round((time.monotonic() - started) * 1000)}
        log.info("%(method)s %(route)s %(status)s in %(ms)s ms", facts, extra=facts)
        return response
