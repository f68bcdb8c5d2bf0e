"""Errors raised by Django before or outside a view, in the same form as all others."""

import sys

from django.http import HttpRequest, HttpResponse

from builder.errors import Invalid, NotFound, Refused
from builder.middleware import respond, unexpected


class StalePage(Refused):
    code = "stale_page"
    status = 403
    sentence = "This page is older than your sign-in."
    todo = "Reload it and do it once more."


class Forbidden(Refused):
    code = "forbidden"
    status = 403
    sentence = "This is not allowed."


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return respond(request, Invalid())


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return respond(request, Forbidden())


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return respond(request, NotFound())


def server_error(request: HttpRequest) -> HttpResponse:
    return respond(request, unexpected(request, sys.exc_info()[1]))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token does not belong to this session: usually a page that was open during a new sign-in."""
    return respond(request, StalePage())
