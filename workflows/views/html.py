"""HTML written by authors, at a URL of its own on the origin of published apps: sandboxed, and framed by our pages
only."""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from builder.access import app_here, catalog_of, page_of
from builder.document import Body
from builder.elements.html import version
from builder.errors import NotFound
from builder.expressions.catalog import Catalog
from builder.models import App
from builder.reusing import expanded
from builder.sections.media import media_hosts
from workflows import passes
from workflows.releases import edition_of, live_edition

# The salt for tokens that name one element of an app being edited, and their lifetime in seconds: until the frame has
# loaded.
SALT = "own html"
GOOD_FOR = 60
# Whatever it contains, it has an opaque origin: it reaches no cookie, no storage, no page and no socket.
SEALED = "sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox"
HEAD = (
    '<!doctype html><html lang="en"><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="color-scheme" content="light dark"><title>Own content</title>'
    '<script src="{script}" defer></script>\n'
)


@require_safe
def drafted(request: HttpRequest, slug: str, page: str, element: str) -> HttpResponse:
    """For someone who sees the app in the editor: redirect to the element's current HTML."""
    app = app_here(request, slug)
    _html_of(page_of(app, page).body, catalog_of(app), element)
    word = signing.dumps([app.pk, page, element], salt=SALT)
    return redirect(settings.APPS_ORIGIN + reverse("html-draft", args=[word], urlconf=settings.APPS_URLCONF))


@require_safe
def draft(request: HttpRequest, word: str) -> HttpResponse:
    """For someone redirected here from the editor's origin, whose cookies are not read on this one."""
    try:
        key, page, element = signing.loads(word, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature as error:
        raise NotFound from error
    app = App.objects.filter(pk=key).first()
    if app is None:
        raise NotFound
    return _framed(app, _html_of(page_of(app, page).body, catalog_of(app), element), settings.ORIGINS)


@require_safe
def released(request: HttpRequest, slug: str, release: str, page: str, element: str) -> HttpResponse:
    """The HTML in a release, for whoever may see its page. In a release that is no longer live, it is available to
    those who still have its page open, and therefore know the version."""
    live = live_edition(slug)
    edition = live if live.release == release else edition_of(release)
    if edition.app.pk != live.app.pk:
        raise NotFound
    body = edition.body("page", page)
    if not passes.is_for_everybody(body) and passes.holder(live.app, request.COOKIES) is None:
        raise NotFound
    html = _html_of(body, edition.catalog(), element)
    if edition is not live and request.META.get("QUERY_STRING", "") != version(html):
        raise NotFound
    return _framed(live.app, html, [settings.APPS_ORIGIN])


def _html_of(page: Body, catalog: Catalog, element: str) -> str:
    """The HTML of an element, which may be inside an instance. Raises NotFound."""
    node = expanded(page, catalog)[0]["nodes"].get(element)
    if node is None or node["type"] != "html":
        raise NotFound
    return str(node["props"].get("html", ""))


def _framed(app: App, html: str, framers: list[str]) -> HttpResponse:
    """The HTML as a page of its own, which only pages of these origins can frame."""
    script = settings.APPS_ORIGIN + static("js/live/framed.js")
    hosts = " ".join(f"https://{host}" for host in media_hosts(app))
    files = f"{settings.APPS_ORIGIN}/files/"
    answer = HttpResponse(HEAD.format(script=script) + html)
    answer["Content-Security-Policy"] = "; ".join(
        [
            "default-src 'none'",
            f"script-src 'unsafe-inline' {script} {hosts}",
            f"style-src 'unsafe-inline' {hosts}",
            f"img-src data: {files} {hosts}",
            f"media-src {files} {hosts}",
            f"font-src data: {hosts}",
            f"connect-src {hosts}",
            "base-uri 'none'",
            "form-action 'none'",
            f"frame-ancestors {' '.join(framers)}",
            SEALED,
        ]
    )
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Content-Type-Options"] = "nosniff"
    # The policy names who may frame it, which this older header cannot do.
    answer.xframe_options_exempt = True  # type: ignore[attr-defined]
    return answer
