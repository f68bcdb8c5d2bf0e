"""What stands on the stage: an API with its address and authentication, or one call with all its rows."""

from typing import Any, cast

from django import forms

from builder.document import Body, children
from builder.models import App
from connector.address import read
from connector.auth import auth
from connector.calls import resolve
from connector.document import url_of
from connector.errors import BadAddress
from connector.forms import ApiForm, CallForm, LimitsForm, RowForm
from connector.models import Credential
from connector.placeholders import IN_URL, placeholders

# How a placeholder is written where it stands.
_MARKS = {"url": "[{}]", "query": "[{}]", "header": "<{}>", "body": "<{}>"}


def api_stage(app: App, api: Body, typed: dict[str, str]) -> dict[str, Any]:
    """An API by itself."""
    return {"form": ApiForm.of(api, **_known(ApiForm, typed)), "auth": authentication(app, api)}


def call_stage(app: App, api: Body, call: str, typed: dict[str, str]) -> dict[str, Any]:
    """One call: its form, its rows by the table they stand in, its limits, and its API's authentication."""
    node = api["nodes"][call]
    in_url, in_query, in_body = _parameters(api, call, typed)
    limits = LimitsForm.of(node, **{n: v for n, v in typed.items() if n in LimitsForm.base_fields})
    return {
        "form": CallForm.of(api, call, **_known(CallForm, typed)),
        "path_rows": in_url + _rows(api, call, "headers", typed),
        "query_rows": in_query + _rows(api, call, "query", typed),
        "body_rows": in_body,
        "limits": limits,
        "limits_set": len(node["props"].get("limits") or {}),
        "auth": authentication(app, api, call),
    }


def _known(form: type[forms.Form], typed: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in typed.items() if name in cast(Any, form).base_fields}


def row_form(api: Body, key: str, typed: dict[str, str]) -> RowForm:
    """The form of one row, with what was typed and not stored."""
    own = {name.partition("-")[2]: value for name, value in typed.items() if name.startswith(f"{key}-")}
    return RowForm.of(api["nodes"][key], key, **own)


def _rows(api: Body, call: str, slot: str, typed: dict[str, str]) -> list[dict[str, Any]]:
    rows = [{"form": row_form(api, key, typed)} for key in children(api, call, slot)]
    twins: set[str] = set()
    for row in rows:
        name = str(row["form"]["name"].value()).strip().lower()
        row["twin"] = bool(name) and name in twins
        twins.add(name)
    return rows


def _parameters(api: Body, call: str, typed: dict[str, str]) -> tuple[list[dict[str, Any]], ...]:
    """The rows of placeholders in the order they first stand in the call: of its URL and headers, query, and body."""
    now = dict(placeholders(api, call))
    keys = {api["nodes"][key]["name"]: key for key in children(api, call, "parameters")}
    tables: dict[str, list[dict[str, Any]]] = {"url": [], "query": [], "body": []}
    for name in [*now, *(name for name in keys if name not in now)]:
        if name not in keys:
            continue
        place = now.get(name) or api["nodes"][keys[name]]["props"].get("place") or "body"
        row = {"form": row_form(api, keys[name], typed), "name": name, "gone": name not in now}
        row["pill"] = _MARKS.get(place, "<{}>").format(name)
        row["where"] = {"url": "in the URL", "header": "in a header"}.get(place, "")
        tables["url" if place == "header" else place if place in tables else "body"].append(row)
    return tables["url"], tables["query"], tables["body"]


# Authentication


def authentication(app: App, api: Body, call: str | None = None) -> dict[str, Any]:
    """An API's way to authenticate and what is known of its secret: never the secret itself (S4)."""
    chosen = api["nodes"][api["root"]]["props"].get("auth") or {}
    scheme = auth[chosen.get("scheme") or "none"]
    options = chosen.get("options") or {}
    kept = Credential.of(app, api["root"], scheme.name) if scheme.needs_secrets else None
    origin = origin_of(api, call)
    return {
        "scheme": scheme.name,
        "schemes": [(name, each.label) for name, each in sorted(auth.items(), key=lambda item: item[0] != "none")],
        "options": options_form(api, options) if cast(Any, scheme.Options).base_fields else None,
        "secrets": cast(Any, scheme.Secrets)(label_suffix="") if scheme.needs_secrets else None,
        "kept": kept,
        "shown": _shown(scheme.name, options, kept) if kept else "",
        "origin": origin,
        "elsewhere": bool(kept and origin and kept.origin != origin),
    }


def options_form(api: Body, options: dict[str, Any] | None = None) -> forms.Form:
    """The form of what is not secret, such as a header's name, with its defaults where nothing is said."""
    chosen = api["nodes"][api["root"]]["props"].get("auth") or {}
    kind = cast(Any, auth[chosen.get("scheme") or "none"].Options)
    held = chosen.get("options") or {} if options is None else options
    return kind({name: held.get(name, field.initial) for name, field in kind.base_fields.items()}, label_suffix="")


def origin_of(api: Body, call: str | None = None) -> str:
    """`scheme://host:port` that a call, or an API, leads to: what its secret belongs to. Empty when there is none."""
    url = url_of(api, call) if call else api["nodes"][api["root"]]["props"].get("base_url") or ""
    keys = children(api, call, "parameters") if call else []
    values = {api["nodes"][key]["name"]: str(api["nodes"][key]["props"].get("value") or "x") for key in keys}
    try:
        return read(resolve(IN_URL.sub(lambda found: values.get(found[1], "x"), url))).origin if url else ""
    except BadAddress:
        return ""


def _shown(scheme: str, options: dict[str, Any], kept: Credential) -> str:
    """What is ever shown of a secret: where it is sent, and its last four letters if it is long."""
    header = {"bearer": "Authorization: Bearer", "key_in_header": f"{options.get('header') or 'x-api-key'}:"}
    ending = next((hint for hint in kept.hints.values() if hint), "")
    return f"{header.get(scheme, '')} •••• •••• {ending}".strip()
