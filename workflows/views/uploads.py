"""Files from visitors: a page asks for a URL, then uploads the file there. A refusal is explained in a sentence."""

import json

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from builder.errors import NotFound, StreamwrightError
from builder.people.visitor import client_address
from connector.spending.room import NoRoom
from workflows.live.uploads import FileRefused, address_for, take

# The largest request from a page, in bytes.
QUESTION = 4096


# Whoever has a visit's id, or a URL signed for it, is that page: cookies play no part.
@csrf_exempt
@require_POST
def ask(request: HttpRequest) -> JsonResponse:
    """`{"visit", "element", "name", "size", "type"}` → `{"address"}` or `{"error"}`."""
    try:
        match json.loads(request.read(QUESTION)):
            case {
                "visit": str(visit),
                "element": str(element),
                "name": str(name),
                "size": int(size),
                "type": str(type),
            }:
                return JsonResponse({"address": address_for(visit, element, name, size, type, _address(request))})
    except (ValueError, RecursionError):
        pass
    except FileRefused as refused:
        return JsonResponse(refused.as_json())
    raise NotFound


@csrf_exempt
@require_http_methods(["PUT"])
def send(request: HttpRequest, token: str) -> JsonResponse:
    """The file itself → `{"value": its URL}` or `{"error"}`."""
    length = request.headers.get("Content-Length", "")
    try:
        size = int(length) if length.isdigit() else None
        return JsonResponse({"value": take(token, size, request.read, _address(request))})
    except (FileRefused, NoRoom) as refused:
        said: StreamwrightError = refused
        return JsonResponse(said.as_json())


def _address(request: HttpRequest) -> str:
    scope = getattr(request, "scope", None)
    return client_address(scope) if scope else ""
