"""The list of a person's apps; creating and deleting apps."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from builder.access import app_here, apps_of, person
from builder.forms import DeleteAppForm, NewAppForm
from builder.models import App
from builder.starters import Starter, starters
from builder.tabs import tabs

SORTS = {"edited": ("Last edited", "-edited"), "name": ("Name", "name"), "created": ("Newest", "-created")}


@require_GET
def app_list(request: HttpRequest) -> HttpResponse:
    """All apps of the signed-in person, and those they were invited to."""
    who = person(request)
    sort = request.GET.get("sort", "edited")
    sort = sort if sort in SORTS else "edited"
    apps = list(apps_of(who).select_related("owner").order_by(SORTS[sort][1]))
    counts = _page_counts(apps)
    said = {key: words for tab in tabs.values() for key, words in tab.said(apps).items()}
    cards = [
        {
            "app": app,
            "url": tabs["design"].url(app, None),
            "pages": counts.get(app.pk, 0),
            "said": said.get(app.pk),
            "owner": app.owner if app.owner_id != who.pk else None,
        }
        for app in apps
    ]
    context = {"cards": cards, "sort": sort, "sorts": SORTS, "starters": _starters()}
    return render(request, "apps/list.html", context)


def _page_counts(apps: list[App]) -> dict[str, int]:
    counted = App.objects.filter(pk__in=[app.pk for app in apps])
    return dict(counted.values_list("pk").annotate(pages=Count("documents", Q(documents__kind="page"))))


def _starters() -> list[Starter]:
    return sorted(starters.values(), key=lambda starter: (starter.order, starter.label))


@require_http_methods(["GET", "POST"])
def new_app(request: HttpRequest) -> HttpResponse:
    """Create an app: its name, its address, and its starter."""
    who = person(request)
    form = NewAppForm(request.POST or None, initial={"starter": request.GET.get("from", "blank")})
    if request.method == "POST" and form.is_valid():
        app = form.save(who)
        return _go(request, tabs["design"].url(app, None))
    return render(
        request, _dialog(request, "new"), {"form": form, "starters": _starters(), "dialog": "apps/new_dialog.html"}
    )


@require_GET
def address(request: HttpRequest) -> HttpResponse:
    """Whether an address is free, in one line."""
    person(request)
    slug = request.GET.get("slug", "")
    form = NewAppForm({"slug": slug} if slug else None)
    return render(request, "apps/address.html", {"slug": slug, "form": form})


@require_http_methods(["GET", "POST"])
def delete_app(request: HttpRequest, slug: str) -> HttpResponse:
    """Delete an app with all its content, after its name was typed."""
    app = app_here(request, slug, "own")
    form = DeleteAppForm(request.POST or None, app=app)
    if request.method == "POST" and form.is_valid():
        app.delete()
        messages.success(request, f"{app.name} is deleted.")
        return _go(request, "/")
    return render(request, _dialog(request, "delete"), {"form": form, "app": app, "dialog": "apps/delete_dialog.html"})


def _dialog(request: HttpRequest, name: str) -> str:
    """The dialog alone for htmx, otherwise a page around it."""
    return f"apps/{name}_dialog.html" if request.htmx else "apps/dialog_page.html"  # type: ignore[attr-defined]


def _go(request: HttpRequest, url: str) -> HttpResponse:
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)  # type: ignore[attr-defined]
