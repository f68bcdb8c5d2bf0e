"""What holds for every request: what is written down of it, and what there is on the origin it was sent to."""

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from csp.constants import NONE
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin

from builder.people.visitor import COOKIE
from streamwright.logs import request_id
from streamwright.origins import is_of_apps
from workflows.passes import COOKIE as PASS

log = logging.getLogger("streamwright.requests")


class RequestMiddleware:
    """Gives every answer the id by which the log speaks of its request, and logs one line of it at level INFO: method,
    route and how it was answered, never its address."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]):
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.monotonic()
        return self.note(request, self.respond(request), started)

    def note(self, request: HttpRequest, response: HttpResponse, started: float) -> HttpResponse:
        """The response, with the id; its line is in the log."""
        if request_id.get():
            response["X-Request-ID"] = request_id.get()
        match = request.resolver_match
        facts: dict[str, Any] = {"method": request.method, "route": f"/{match.route}" if match else "no route"}
        facts |= {"status": response.status_code, "ms": round((time.monotonic() - started) * 1000)}
        log.info("%(method)s %(route)s %(status)s in %(ms)s ms", facts, extra=facts)
        return response


class OriginMiddleware(MiddlewareMixin):
    """On the origin of published apps there is nothing of the editor: its addresses and errors are its own, and of all
    cookies only the visitor's and their passes are read, whatever else a browser sends."""

    def process_request(self, request: HttpRequest) -> None:
        if not is_of_apps(request.META.get("HTTP_HOST", "")):
            return
        request.urlconf = settings.APPS_URLCONF  # type: ignore[attr-defined]
        request.error_page = "live/error.html"  # type: ignore[attr-defined]
        kept = {name: value for name, value in request.COOKIES.items() if name == COOKIE or name.startswith(PASS)}
        request.COOKIES = kept

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        exempt = getattr(response, "xframe_options_exempt", False)
        if is_of_apps(request.META.get("HTTP_HOST", "")) and not exempt:
            response["X-Frame-Options"] = "DENY"
        return response


class PolicyMiddleware(CSPMiddleware):
    """The Content-Security-Policy, by which a published page stands in no frame."""

    def get_policy_parts(self, request: HttpRequest, response: Any, report_only: bool = False) -> Any:
        parts = super().get_policy_parts(request, response, report_only)
        if is_of_apps(request.META.get("HTTP_HOST", "")):
            return replace(parts, replace={**(parts.replace or {}), "frame-ancestors": [NONE]})
        return parts
