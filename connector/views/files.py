"""Files of calls, for those who may see their app: delivered as data, never as a page of this server."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from builder.access import app_for
from builder.errors import NotFound
from connector.models import CallFile

# What a browser may show in place; everything else is downloaded.
_SHOWN = ("image/", "audio/", "video/")
# Whatever is in the file, it can neither run nor load anything.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@require_safe
def give(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """Deliver a file by its key; its name is only for people."""
    file = CallFile.objects.select_related("app").filter(pk=key).first()
    if file is None:
        raise NotFound
    app_for(request.user, file.app.slug, "see")
    return answer_with(file)


def answer_with(file: CallFile) -> HttpResponse:
    """The response with a file, whoever may have it."""
    answer = HttpResponse(bytes(file.body), content_type=file.content_type)
    shown = file.content_type.startswith(_SHOWN)
    answer["Content-Disposition"] = content_disposition_header(not shown, file.name) or "inline"
    answer["Content-Security-Policy"] = _POLICY
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, max-age=86400, immutable"
    return answer
