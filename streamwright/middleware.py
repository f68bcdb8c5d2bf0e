"""What applies to every request: its line in the log, what its origin may reach, and its content security policy."""

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
    """Puts the id used in the log on every response, and logs one line per request at level INFO: method, route and
    status, never the URL."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]):
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.monotonic()
        return self.note(request, self.respond(request), started)

    def note(self, request: HttpRequest, response: HttpResponse, started: float) -> HttpResponse:
        """Log the request and return the response with its id."""
        if request_id.get():
            response["X-Request-ID"] = request_id.get()
        match = request.resolver_match
        facts: dict[str, Any] = {"method": request.method, "route": f"/{match.route}" if match else "no route"}
        facts |= {"status": response.status_code, "ms": round((time.monotonic() - started) * 1000)}
        log.info("%(method)s %(route)s %(status)s in %(ms)s ms", facts, extra=facts)
        return response


class OriginMiddleware(MiddlewareMixin):
    """Keeps the editor off the origin of published apps: that origin has its own URLs and error pages, and of all
    cookies a browser may send, only the visitor's and their passes are read there."""

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
    """The Content-Security-Policy, which also keeps published pages out of frames."""

    def get_policy_parts(self, request: HttpRequest, response: Any, report_only: bool = False) -> Any:
        parts = super().get_policy_parts(request, response, report_only)
        if is_of_apps(request.META.get("HTTP_HOST", "")):
            return replace(parts, replace={**(parts.replace or {}), "frame-ancestors": [NONE]})
        return parts
