"""How an API authenticates: which way, its options, and its secret, which is only ever written (S4)."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from builder.access import app_here, document_of
from builder.document import Body
from builder.errors import NotFound
from connector.auth import auth
from connector.document import updated
from connector.models import Credential
from connector.views.place import Place, parts, perform_here
from connector.views.stage import options_form, origin_of


@require_POST
def choose(request: HttpRequest, slug: str, api: str) -> HttpResponse:
    """Another way to authenticate. A secret kept for an earlier one stays until it is removed."""
    app = app_here(request, slug)
    body, name = document_of(app, "api", api).body, request.POST.get("scheme", "")
    if name not in auth:
        raise NotFound
    label = f"Change authentication of {_name(body)}"
    chosen = {"scheme": name, "options": {}}
    wanted = updated(body, api, {"auth": chosen}) if _chosen(body).get("scheme", "none") != name else []
    label = perform_here(request, app, body, label, wanted)
    return parts(request, Place.looked_at(request, app), label)


@require_POST
def set_option(request: HttpRequest, slug: str, api: str, field: str) -> HttpResponse:
    """An option of the way to authenticate, such as the header's name."""
    app = app_here(request, slug)
    body = document_of(app, "api", api).body
    held = _chosen(body).get("options") or {}
    form = options_form(body, held | {field: request.POST.get(field, "").strip()})
    if field not in form.fields:
        raise NotFound
    if not form.is_valid():
        return parts(request, Place.looked_at(request, app), auth_form=form)
    label = f"Change authentication of {_name(body)}"
    chosen = {"scheme": _chosen(body).get("scheme"), "options": form.cleaned_data}
    label = perform_here(request, app, body, label, updated(body, api, {"auth": chosen}))
    return parts(request, Place.looked_at(request, app), label)


@sensitive_post_parameters()
@require_POST
def keep_secret(request: HttpRequest, slug: str, api: str) -> HttpResponse:
    """Seal a secret for the origin the calls lead to now."""
    app = app_here(request, slug)
    place = Place.looked_at(request, app)
    body = document_of(app, "api", api).body
    scheme = auth[_chosen(body).get("scheme") or "none"]
    form = cast(Any, scheme.Secrets)(request.POST, label_suffix="")
    same = place.api is not None and place.api["root"] == api
    origin = origin_of(body, place.call if same else None) or origin_of(body)
    if not origin:
        form.add_error(None, "Write the URL first: a key belongs to one address.")
    if not form.is_valid():
        return parts(request, place, secret_form=form)
    Credential.keep(app, api, scheme.name, form.cleaned_data, origin)
    return parts(request, place, spoken="The key is saved.")


@require_POST
def remove_secret(request: HttpRequest, slug: str, api: str) -> HttpResponse:
    """Forget a secret. It cannot be brought back, so it is no gesture of the journal."""
    app = app_here(request, slug)
    body = document_of(app, "api", api).body
    scheme = _chosen(body).get("scheme") or "none"
    Credential.objects.filter(app=app, api=api, name=scheme).delete()
    return parts(request, Place.looked_at(request, app), spoken="The key is removed.")


def _chosen(api: Body) -> dict[str, Any]:
    return api["nodes"][api["root"]]["props"].get("auth") or {}


def _name(api: Body) -> str:
    return str(api["nodes"][api["root"]]["name"])
