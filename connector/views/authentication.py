"""An API's authentication: its scheme, its options, and its secrets, which can only be written (S4)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from builder.access import app_here, document_of
from builder.document import Body
from builder.errors import NotFound
from connector.auth import auth
from connector.document import updated
from connector.models import Credential
from connector.views.answers import parts, perform_here
from connector.views.place import Place
from connector.views.secrets import (
    chosen,
    goes_to,
    options_form,
    options_of,
    origin_of,
    scheme_of,
    secrets_form,
    with_option,
)


@require_POST
def choose(request: HttpRequest, slug: str, api: str) -> HttpResponse:
    """Choose another scheme. The options of the previous one are kept in case it returns, and secrets stay."""
    app = app_here(request, slug)
    body, name = document_of(app, "api", api).body, request.POST.get("scheme", "")
    if name not in auth:
        raise NotFound
    label = f"Change authentication of {_name(body)}"
    wanted = updated(body, api, {"auth": chosen(body, name)}) if scheme_of(body).name != name else []
    label = perform_here(request, app, body, label, wanted)
    return parts(request, Place.looked_at(request, app), label)


@require_POST
def set_option(request: HttpRequest, slug: str, api: str, field: str) -> HttpResponse:
    """Set an option of the scheme, such as the header's name."""
    app = app_here(request, slug)
    body = document_of(app, "api", api).body
    if field not in scheme_of(body).Options.base_fields:
        raise NotFound
    form = options_form(body, **{field: request.POST.get(field, "").strip()})
    if form.errors:
        return parts(request, Place.looked_at(request, app), auth_form=form)
    label = f"Change authentication of {_name(body)}"
    changed = with_option(body, field, form.cleaned_data[field])
    label = perform_here(request, app, body, label, updated(body, api, {"auth": changed}))
    return parts(request, Place.looked_at(request, app), label)


@require_GET
def ask_secret(request: HttpRequest, slug: str, api: str, environment: str) -> HttpResponse:
    """The form for typing an environment's secrets, which replaces what is shown of them."""
    app = app_here(request, slug)
    body = document_of(app, "api", api).body
    if environment not in Credential.Environment:
        raise NotFound
    first = next(iter(scheme_of(body).Secrets.base_fields), "")
    return parts(request, Place.looked_at(request, app), asking=environment, focus=f"id_{first}")


@sensitive_post_parameters()
@require_POST
def keep_secret(request: HttpRequest, slug: str, api: str) -> HttpResponse:
    """Seal the secrets of one environment for the origins they go to now."""
    app, environment = app_here(request, slug), _environment(request)
    place = Place.looked_at(request, app)
    body = document_of(app, "api", api).body
    scheme, options = scheme_of(body), options_of(body)
    form = secrets_form(scheme, request.POST)
    same = place.api is not None and place.api["root"] == api
    origin = origin_of(body, place.call if same else None) or origin_of(body)
    sent_to, problem = goes_to(body, origin)
    if problem:
        form.add_error(None, problem)
    if form.is_valid():
        for name, sentence in scheme.complaints(form.cleaned_data, options).items():
            form.add_error(name, sentence)
    if not form.is_valid():
        return parts(request, place, secret_form=form, asking=environment)
    Credential.keep(app, api, scheme.name, form.cleaned_data, sent_to, environment)
    return parts(request, place, spoken="The key is saved.")


@require_http_methods(["GET", "POST"])
def remove_secret(request: HttpRequest, slug: str, api: str) -> HttpResponse:
    """Delete the secrets of one environment, once confirmed. They cannot be restored, so the journal does not record
    it."""
    app, environment = app_here(request, slug), _environment(request)
    body = document_of(app, "api", api).body
    if request.method == "GET":
        context = {"app": app, "api": api, "name": _name(body), "environment": environment}
        return render(request, "connector/remove_secret.html", context)
    Credential.objects.filter(app=app, api=api, name=scheme_of(body).name, environment=environment).delete()
    return parts(request, Place.looked_at(request, app), spoken="The key is removed.")


def _environment(request: HttpRequest) -> str:
    """Live, unless the request says otherwise."""
    named = (request.POST if request.method == "POST" else request.GET).get("environment", "live")
    if named not in Credential.Environment:
        raise NotFound
    return named


def _name(api: Body) -> str:
    return str(api["nodes"][api["root"]]["name"])
