"""What stands on the stage: an API with its address, or one call with all its rows."""

from typing import Any, cast

from django import forms

from builder.document import Body, children
from builder.models import App
from connector.forms import ApiForm, CallForm, LimitsForm, RowForm
from connector.placeholders import placeholders

# How a placeholder is written where it stands.
_MARKS = {"url": "[{}]", "query": "[{}]", "header": "<{}>", "body": "<{}>"}


def api_stage(app: App, api: Body, typed: dict[str, str]) -> dict[str, Any]:
    """An API by itself."""
    return {"form": ApiForm.of(api, **_known(ApiForm, typed))}


def call_stage(app: App, api: Body, call: str, typed: dict[str, str]) -> dict[str, Any]:
    """One call: its form, its rows by the table they stand in, and its limits."""
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
