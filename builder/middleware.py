"""One form of error for every request: JSON for scripts, a message for htmx, a page for everybody else."""

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
    """Nothing about what happened leaves the server (P32), only an id that finds it in the log."""

    code = "unexpected"
    status = 500
    sentence = "Something went wrong on the server."
    why = "It is in the server's log as {id}."
    todo = "Try again. If it keeps happening, give that id to whoever runs this server."


class DatabaseAway(Unexpected):
    """The database is locked, stopped or unreachable (P21); nothing about the app is wrong."""

    code = "database_away"
    status = 503
    sentence = "The server's database is not answering right now."
    todo = "Try again in a moment."


class TabMiddleware(MiddlewareMixin):
    """Remembers which tab of the editor sent a request, so that a tab gets no news about its own changes; the request's
    id, and the stretch of typing it belongs to. All of it is reset afterwards."""

    kept = ((tab, "X-Tab"), (journal.token, "X-Token"), (journal.stretch, "X-Stretch"))

    def process_request(self, request: HttpRequest) -> None:
        for kept, header in self.kept:
            kept.set(request.headers.get(header, "")[:40])

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        for kept, _ in self.kept:
            kept.set("")
        return response


class ErrorShapeMiddleware(MiddlewareMixin):
    """Answers every exception of a view in this form. Django's debug pages stay as they are."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, StreamwrightError):
            return respond(request, exception)
        if isinstance(exception, Http404):
            return respond(request, NotFound())
        if isinstance(exception, PermissionDenied) or settings.DEBUG:
            return None
        return respond(request, unexpected(request, exception))


def unexpected(request: HttpRequest, exception: BaseException | None) -> Unexpected:
    """Log an exception and return the error that names it. The route is logged, never the URL."""
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
    """The response to a request that ended in an error, in a form its sender can read."""
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
    """Redirect to the sign-in page, and from there back to the page that htmx was on, not to the fragment it
    requested."""
    here = request.htmx.current_url_abs_path or settings.LOGIN_REDIRECT_URL  # type: ignore[attr-defined]
    return HttpResponseClientRedirect(redirect_to_login(here).url)


def wants_json(request: HttpRequest) -> bool:
    """Whether one of our scripts sent this: it sends JSON, or explicitly accepts it."""
    return request.content_type == "application/json" or "application/json" in request.headers.get("Accept", "")


def _is_htmx(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))
