"""The dialog behind Publish: what would go live, what prevents that, and the existing releases."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from builder.access import app_here, catalog_of, person
from builder.checking.issues import issues_of
from builder.errors import Gone, Refused
from builder.forms import Form
from builder.models import App
from builder.views.fixes import apply_fix
from workflows import passes, releases
from workflows.releases import UnresolvedIssues, address, changes_since, live_release


class PublishForm(Form):
    """A note for a release, written by whoever publishes it."""

    note = forms.CharField(
        label="Note",
        required=False,
        max_length=300,
        help_text="What is new, for you and whoever builds with you.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )


@require_http_methods(["GET", "POST"])
def dialog(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what publishing would do; with POST, do it, unless unresolved issues prevent it."""
    app = app_here(request, slug)
    form = PublishForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return drawn(request, app, form=form)
    try:
        release = releases.publish(app, person(request), form.cleaned_data["note"])
    except Refused:
        return drawn(request, app, form=form)
    return drawn(request, app, said=f"Release {release.number} is live.", done=True)


@require_POST
def fix(request: HttpRequest, slug: str) -> HttpResponse:
    """Fix one of the issues that prevent publishing."""
    app = app_here(request, slug)
    asked = (request.POST.get(name, "") for name in ("doc", "node", "prop", "label"))
    try:
        _, said = apply_fix(app, person(request), *asked)
    except Gone:
        said = "Somebody was faster: this is fixed already."
    return drawn(request, app, said=said)


@require_POST
def roll_back(request: HttpRequest, slug: str, release: str) -> HttpResponse:
    """Give visitors another release."""
    app = app_here(request, slug)
    found = releases.roll_back(app, release)
    return drawn(request, app, said=f"Release {found.number} is live.", done=True)


@require_http_methods(["GET", "POST"])
def unpublish(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the app offline, once that is confirmed."""
    app = app_here(request, slug)
    if request.method == "GET":
        return render(request, "publish/unpublish_dialog.html", {"app": app})
    releases.unpublish(app)
    return drawn(request, app, said=f"{app.name} is no longer published.", done=True)


@require_safe
def give_pass(request: HttpRequest, slug: str) -> HttpResponse:
    """Issue a pass for published pages that are only for the app's people, and redirect back to the page at `?path=`
    with its own query string, `?query=`."""
    app = app_here(request, slug)
    path = slugify(request.GET.get("path", ""))
    told = QueryDict(request.GET.get("query", ""), mutable=True)
    told["pass"] = passes.handed(request, app)
    return redirect(f"{address(app)}{f'{path}/' if path else ''}?{told.urlencode()}")


def drawn(request: HttpRequest, app: App, **more: Any) -> HttpResponse:
    """The dialog in its current state. `said` is what was just done."""
    catalog, live = catalog_of(app), live_release(app)
    made = list(app.releases.defer("documents").select_related("by"))
    context = {"app": app, "live": live, "address": address(app), "form": PublishForm(), "releases": made} | more
    context |= {"changes": changes_since(app, live, catalog), "next": made[0].number + 1 if made else 1}
    context["unreachable"] = _is_here(settings.APPS_ORIGIN) and not _is_here(settings.ORIGINS[0])
    issues = issues_of(app, catalog)
    context["hints"] = [issue for issue in issues if not issue.blocks]
    try:
        releases.check(catalog, issues)
    except UnresolvedIssues as error:
        context["issues"] = error.issues
    except Refused as error:
        context["refused"] = error
    return render(request, "publish/dialog.html", context)


def _is_here(origin: str) -> bool:
    """Whether only this machine can reach it."""
    return urlsplit(origin).hostname in ("localhost", "127.0.0.1", "::1")
