"""Published apps, on an origin of their own: pages of the live release, and files that its calls received."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from builder.addresses import address_of, page_at, with_query
from builder.edition import LIVE
from builder.errors import NotFound
from builder.models import App
from builder.people.visitor import COOKIE, own_word
from builder.sections.media import with_media
from builder.styling.sheet import digest
from builder.views.look import answer_sheet
from connector.models import CallFile
from connector.views.files import answer_with
from workflows import passes
from workflows.live.directory import load_page
from workflows.releases import edition_of, live_edition
from workflows.views.preview import drawn, socket

# How long a browser is recognised as the same visitor, in seconds.
KNOWN_FOR = 365 * 24 * 3600


@require_safe
def page(request: HttpRequest, slug: str, path: str = "") -> HttpResponse:
    """A page for anybody: rendered at once, then kept up to date over its socket."""
    edition = live_edition(slug)
    found = page_at(edition.catalog(), path)
    if found is None:
        raise NotFound
    if path and not address_of(edition.catalog(), found["root"]):
        return redirect(with_query(reverse("published", args=[slug]), request.META["QUERY_STRING"]))
    if not passes.is_for_everybody(found) and passes.holder(edition.app, request.COOKIES) is None:
        return _closed(request, edition.app, path)
    live = load_page(edition, found["root"])
    context = drawn(edition, live)
    if live.sheet:
        context["look"] = reverse("published-look", args=[slug, edition.release, live.key, digest(live.sheet)])
    context["frames"] = f"/frames/{slug}/{edition.release}/{found['root']}/"
    context["socket"] = socket(f"/ws/app/{slug}/{found['root']}/", live, request)
    answer = with_media(render(request, "live/page.html", context), edition.app)
    answer["Cache-Control"] = "private, no-cache"
    word = own_word(request.COOKIES.get(COOKIE, ""))
    answer.set_cookie(COOKIE, word, KNOWN_FOR, secure=settings.HTTPS, httponly=True, samesite="Lax")
    return answer


def _closed(request: HttpRequest, app: App, path: str) -> HttpResponse:
    """A page that is not open to everybody: whoever brings a pass is let in, anybody else is told where to get one. The
    page's query string is passed along, there and back."""
    told = request.GET.copy()
    brought, query = told.pop("pass", [""])[-1], told.urlencode()
    way = reverse("published", args=[app.slug, *([path] if path else [])])
    back = redirect(with_query(way, query))
    if passes.keep(back, app, brought):
        return back
    asked = {"path": path, **({"query": query} if query else {})}
    get = f"{settings.ORIGINS[0]}/apps/{app.slug}/pass/?{urlencode(asked)}"
    answer = render(request, "live/closed.html", {"get": get}, status=403)
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
def look(request: HttpRequest, slug: str, release: str, page: str, name: str) -> HttpResponse:
    """The style sheet of a release's page, for whoever may see the page. A release that is no longer live keeps its
    own, under its own name, for those who still have it open."""
    live = live_edition(slug)
    edition = live if live.release == release else edition_of(release)
    if edition.app.pk != live.app.pk:
        raise NotFound
    if not passes.is_for_everybody(edition.body("page", page)) and passes.holder(live.app, request.COOKIES) is None:
        raise NotFound
    found = load_page(edition, page).sheet
    if edition is not live and name != digest(found):
        raise NotFound
    return answer_sheet(found, name)


@require_safe
def file(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """A file that a published app's call received, for whoever knows its URL; its name is only for people. It stays
    available if the app moves to another address (P27)."""
    kept = CallFile.objects.filter(pk=key, environment=LIVE, app__publication__isnull=False).first()
    if kept is None:
        raise NotFound
    return answer_with(kept)


def outside(request: HttpRequest) -> HttpResponse:
    """The root of the origin belongs to no app. Someone who runs the server for themselves may have meant the
    editor."""
    if settings.OWN_MACHINE:
        return redirect(settings.ORIGINS[0])
    raise NotFound
