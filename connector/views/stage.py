"""The stage: an API with its URL, or one call with all its rows."""

from typing import Any, cast

from django import forms
from django.urls import reverse

from builder.document import Body, children
from builder.models import App
from connector.asking.placeholders import Place, placeholders, shared_placeholders
from connector.fixes import row_named
from connector.forms import ApiForm, CallForm, LimitsForm, RowForm, SettingsForm
from connector.kinds.api import OF_ROWS, file_key
from connector.models import CallFile

# The kinds of body; there are two variants of forms.
_BODIES = {"none": "None", "json": "JSON"}
_FORMS = {"form": "URL-encoded", "multipart": "Form data, with files"}
# How a placeholder is written in each place.
_MARKS = {"url": "[{}]", "query": "[{}]", "header": "<{}>", "body": "<{}>"}


def api_stage(app: App, api: Body, typed: dict[str, str]) -> dict[str, Any]:
    """An API by itself: its URL, and the rows its calls share."""
    table = _Tables(app, api, None, typed)
    in_url, in_query, _ = table.parameters(api["root"], shared_placeholders(api))
    return {
        "form": ApiForm.of(api, **_known(ApiForm, typed)),
        "path_rows": in_url + table.rows("headers"),
        "query_rows": in_query + table.rows("query"),
    }


def call_stage(app: App, api: Body, call: str, typed: dict[str, str]) -> dict[str, Any]:
    """One call: its form, its rows by table, its settings and its limits."""
    node, table = api["nodes"][call], _Tables(app, api, call, typed)
    in_url, in_query, in_body = table.parameters(call, placeholders(api, call))
    shared_in_url, shared_in_query, _ = table.parameters(api["root"], shared_placeholders(api))
    kind = node["props"].get("body_kind")
    return {
        "form": CallForm.of(api, call, **_known(CallForm, typed)),
        "path_rows": shared_in_url + in_url + table.rows("headers"),
        "query_rows": shared_in_query + in_query + table.rows("query"),
        "body_kinds": _BODIES | {kind if kind in OF_ROWS else "form": "Form"} | {"raw": "Raw"},
        "form_kinds": _FORMS,
        "form_rows": table.rows("form"),
        "body_rows": in_body,
        "untyped": row_named(api, call, "headers", "Content-Type") is None,
        "shared": {slot: _also_sent(api, call, slot) for slot in ("headers", "query")},
        "settings": SettingsForm.of(node, **_known(SettingsForm, typed)),
        "limits": LimitsForm.of(node, **_known(LimitsForm, typed)),
        "limits_set": len(node["props"].get("limits") or {}),
    }


def _known(form: type[forms.Form], typed: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in typed.items() if name in cast(Any, form).base_fields}


def _also_sent(api: Body, call: str, slot: str) -> list[str]:
    """The names of what a call also sends because of its API."""
    own = {api["nodes"][key]["name"].lower() for key in children(api, call, slot)}
    names = (api["nodes"][key]["name"] for key in children(api, api["root"], slot))
    return [name for name in names if name and name.lower() not in own]


def row_form(api: Body, key: str, typed: dict[str, str]) -> RowForm:
    """The form for one row, with what was typed but not stored."""
    own = {name.partition("-")[2]: value for name, value in typed.items() if name.startswith(f"{key}-")}
    node = api["nodes"][key]
    return RowForm.of(node, key, files=node["type"] == "form_field", **own)


class _Tables:
    """The rows of the tables on the stage, for a call or for an API by itself."""

    def __init__(self, app: App, api: Body, call: str | None, typed: dict[str, str]):
        self.app, self.api, self.call, self.typed = app, api, call, typed

    def rows(self, slot: str) -> list[dict[str, Any]]:
        """The rows that an author adds one by one."""
        rows = [self._row(key) for key in children(self.api, self.call or self.api["root"], slot)]
        twins: set[str] = set()
        for row in rows:
            name = str(row["form"]["name"].value()).strip().lower()
            row["twin"] = bool(name) and name in twins and slot != "form"
            twins.add(name)
        return rows

    def parameters(self, holder: str, now: list[tuple[str, Place]]) -> tuple[list[dict[str, Any]], ...]:
        """The rows of placeholders in order of appearance: those in the URL and headers, the query, and the body."""
        places: dict[str, str] = dict(now)
        nodes = self.api["nodes"]
        keys = {nodes[key]["name"]: key for key in children(self.api, holder, "parameters")}
        shared = dict(shared_placeholders(self.api)) if holder != self.api["root"] else {}
        tables: dict[str, list[dict[str, Any]]] = {"url": [], "query": [], "body": []}
        for name in [*places, *(name for name in keys if name not in places)]:
            if name not in keys:
                continue
            place = places.get(name) or shared.get(name) or nodes[keys[name]]["props"].get("place") or "body"
            row = self._row(keys[name]) | {"name": name, "gone": name not in places and name not in shared}
            row["pill"] = _MARKS.get(place, "<{}>").format(name)
            row["shared"] = holder == self.api["root"] and self.call is not None
            tables["url" if place == "header" else place if place in tables else "body"].append(row)
        return tables["url"], tables["query"], tables["body"]

    def _row(self, key: str) -> dict[str, Any]:
        form, node = row_form(self.api, key, self.typed), self.api["nodes"][key]
        root = self.api["root"]
        where = [self.app.slug, root, self.call, key] if self.call else [self.app.slug, root, key]
        named = "row" if self.call else "shared-row"
        row: dict[str, Any] = {
            "form": form,
            "to": {name: reverse(f"set-{named}", args=[*where, name]) for name in form.fields},
            "remove": reverse(f"remove-{named}", args=where),
        }
        if node["props"].get("file"):
            row["upload"] = reverse("put-file", args=where)
            row["file"] = CallFile.objects.filter(app=self.app, pk=file_key(node["props"].get("value")) or "").first()
        return row
