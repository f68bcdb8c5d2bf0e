"""One shape of error for every request: JSON for scripts, a message for htmx, a page for everybody else."""

import logging
import secrets

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin
from django_htmx.http import HttpResponseClientRedirect, reswap, retarget

from builder import journal
from builder.access import SignInFirst
from builder.errors import NotFound, StreamwrightError
from builder.news import tab

logger = logging.getLogger(__name__)


class Unexpected(StreamwrightError):
    """Not a word of what happened leaves the server (P32): only an id that finds it in the log."""

    code = "unexpected"
    status = 500
    sentence = "Something went wrong on the server."
    why = "It is written in the server's log as {id}."
    todo = "Try it again. If it stays, give whoever runs this server that id."


class DatabaseAway(Unexpected):
    """It is locked, stopped or not to be reached (P21): nothing of the app is wrong."""

    code = "database_away"
    status = 503
    sentence = "The server's database does not answer just now."
    todo = "Try again in a moment."


class TabMiddleware(MiddlewareMixin):
    """Keeps which tab of the editor a request came from, so that its news are not news to itself; what the tab calls
    the request, and the stretch of typing it is part of. What is done after it is not of that request."""

    kept = ((tab, "X-Tab"), (journal.token, "X-Token"), (journal.stretch, "X-Stretch"))

    def process_request(self, request: HttpRequest) -> None:
        for kept, header in self.kept:
            kept.set(request.headers.get(header, "")[:40])

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        for kept, _ in self.kept:
            kept.set("")
        return response


class ErrorShapeMiddleware(MiddlewareMixin):
    """Answers every exception of a view with the one shape. Debug pages of Django stay as they are."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, StreamwrightError):
            return respond(request, exception)
        if isinstance(exception, Http404):
            return respond(request, NotFound())
        if isinstance(exception, PermissionDenied) or settings.DEBUG:
            return None
        return respond(request, unexpected(request, exception))


def unexpected(request: HttpRequest, exception: BaseException | None) -> Unexpected:
    """Write down an exception and give the error that names it. The route is logged, no address."""
    is_away = isinstance(exception, OperationalError | InterfaceError)
    error = (DatabaseAway if is_away else Unexpected)(id=secrets.token_hex(4))
    match = request.resolver_match
    said = (error.data["id"], request.method, match.route if match else "")
    if is_away:
        logger.error("%s %s %s: the database does not answer: %s", *said, exception)
    else:
        logger.error("%s %s %s", *said, exc_info=exception)
    return error


def respond(request: HttpRequest, error: StreamwrightError) -> HttpResponse:
    """The answer to a request that ended in an error, in the form its sender can read."""
    if isinstance(error, DatabaseAway):  # Who asks would be looked up there.
        request.user = AnonymousUser()
    if wants_json(request):
        return JsonResponse(error.as_json(), status=error.status)
    if isinstance(error, SignInFirst):
        return _from_here(request) if _is_htmx(request) else error.response(request)
    context = {"error": error, "sentence": error.sentence, "why": error.why, "todo": error.todo, "tone": "error"}
    if _is_htmx(request):
        toast = render(request, "parts/toast.html", context, status=error.status)
        return reswap(retarget(toast, "#toasts"), "beforeend")
    return render(request, getattr(request, "error_page", "errors/page.html"), context, status=error.status)


def _from_here(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and from there back to the page that htmx was on, not to the fragment it asked for."""
    here = request.htmx.current_url_abs_path or settings.LOGIN_REDIRECT_URL  # type: ignore[attr-defined]
    return HttpResponseClientRedirect(redirect_to_login(here).url)


def wants_json(request: HttpRequest) -> bool:
    """Whether a script of ours sent this: it sends JSON, or asks for it by name."""
    return request.content_type == "application/json" or "application/json" in request.headers.get("Accept", "")


def _is_htmx(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))
