"""What an author fills in about an API and its calls: defaults, limits, and what is wrong with it in words.

A form is bound to what the document holds, so that what is wrong with it is said under its field whenever it is shown.
"""

import re
from collections.abc import Iterable
from typing import Any

from django import forms

from builder.document import Body, Node
from builder.forms import Form
from connector.address import read
from connector.calls import resolve
from connector.document import url_of
from connector.errors import BadAddress, BadBody, BadHeader
from connector.headers import header_name, is_secret
from connector.json_template import fill_json
from connector.kinds.api import FIELD_TYPES, RESPONSE_TYPES, USES
from connector.limits import MEGABYTE, Limits
from connector.paths import BadPath, parse_path
from connector.placeholders import IN_URL
from connector.request import METHODS

BODY_KINDS = {"none": "None", "json": "JSON", "raw": "Raw"}
_SCHEME = re.compile(r"([^/?#:\s]*):")


class NameField(forms.CharField):
    """What people call something: needed, on one line."""

    def __init__(self, label: str = "Name"):
        super().__init__(max_length=80, label=label, widget=forms.TextInput({"autocomplete": "off"}))


class LongText(forms.CharField):
    """A text of any shape that may be left empty and is kept as it was typed."""

    def __init__(self, label: str, most: int, widget: Any = forms.TextInput):
        attributes = {"autocomplete": "off", "spellcheck": "false"}
        super().__init__(required=False, strip=False, max_length=most, label=label, widget=widget(attributes))


class UrlField(LongText):
    """A URL with `[name]` in it. What is wrong with it is said the way it can be mended."""

    def clean(self, value: Any) -> str:
        text = super().clean(value).strip()
        if text and (wrong := wrong_with_url(text)):
            raise forms.ValidationError(wrong)
        return text


def wrong_with_url(url: str) -> str:
    """What keeps a URL from being called, empty when nothing does. Placeholders stand for something that fits."""
    plain = resolve(IN_URL.sub("x", url))
    scheme = _SCHEME.match(plain)
    if "://" not in plain.partition("?")[0]:
        return f"Starts with {scheme[1]}. Write https:// instead." if scheme else "Write https:// in front of it."
    if scheme is None or scheme[1].lower() not in ("http", "https"):
        return f"Starts with {scheme[1] if scheme else '://'}. Write https:// instead."
    try:
        read(plain)
    except BadAddress as error:
        return f"This cannot be called: {error.data['reason']}."
    return ""


class ApiForm(Form):
    """What the calls of an API share."""

    KEPT = ("base_url",)

    name = NameField("Name of the API")
    base_url = UrlField("Base URL", 2000)

    @classmethod
    def of(cls, api: Body, **typed: Any) -> "ApiForm":
        root = api["nodes"][api["root"]]
        return cls({"name": root["name"], "base_url": root["props"].get("base_url") or "", **typed})


class CallForm(Form):
    """One call. What is `KEPT` is stored as it was typed even when something is wrong with it: nothing is lost."""

    KEPT = ("url", "body")

    name = NameField("Name of the call")
    use_as = forms.ChoiceField(choices=USES, label="Use as")
    response_type = forms.ChoiceField(choices=RESPONSE_TYPES, label="Data type")
    method = forms.ChoiceField(choices=[(method, method) for method in METHODS], label="Method")
    url = UrlField("URL", 4000)
    body_kind = forms.ChoiceField(choices=BODY_KINDS, label="Body type")
    body = LongText("Body", 1_000_000, forms.Textarea)

    def __init__(self, data: dict[str, Any], others: Iterable[str] = ()):
        super().__init__(data)
        self.others = {name.strip().lower() for name in others}

    @classmethod
    def of(cls, api: Body, call: str, **typed: Any) -> "CallForm":
        node = api["nodes"][call]
        held = {"use_as": "action", "response_type": "stream", "method": "GET", "body_kind": "none", "body": ""}
        others = [other["name"] for key, other in api["nodes"].items() if other["type"] == "call" and key != call]
        return cls(held | node["props"] | {"name": node["name"], "url": url_of(api, call), **typed}, others)

    def clean_name(self) -> str:
        name = self.cleaned_data["name"].strip()
        if name.lower() in self.others:
            raise forms.ValidationError("Another call of this API has this name.")
        return name

    def clean_body(self) -> str:
        body = self.cleaned_data["body"]
        if self.cleaned_data.get("body_kind") == "json" and body.strip():
            try:
                fill_json(body, lambda name: "x")
            except BadBody as error:
                raise forms.ValidationError(f"Line {error.data['line']}: {error.data['reason']}.") from None
        return body


class RowForm(Form):
    """A header, a query parameter, or the parameter of a placeholder. Its controls are named `hd_ab12cd-value`."""

    KEPT = ("name", "value")

    name = LongText("Name", 100)
    value = LongText("Test value", 100_000)
    private = forms.BooleanField(required=False)
    optional = forms.BooleanField(required=False)
    allow_blank = forms.BooleanField(required=False, label="Allow blank")

    def __init__(self, data: dict[str, Any], key: str, type: str):
        super().__init__({f"{key}-{name}": value for name, value in data.items()}, prefix=key)
        self.key, self.type = key, type

    @classmethod
    def of(cls, node: Node, key: str, **typed: Any) -> "RowForm":
        return cls({"private": True, **node["props"], "name": node["name"], **typed}, key, node["type"])

    def clean_name(self) -> str:
        name = self.cleaned_data["name"].strip()
        if self.type == "header" and name:
            try:
                header_name(name)
            except BadHeader as error:
                raise forms.ValidationError(f"This header cannot be sent: {error.data['reason']}.") from None
        return name

    @property
    def holds_a_secret(self) -> bool:
        """Whether something secret, by its name, is typed where everybody who edits the app can read it."""
        return self.type != "parameter" and is_secret(str(self["name"].value() or "")) and bool(self["value"].value())


_SECONDS = {"connect": "Connect", "first_byte": "First byte", "silence": "Silence", "total": "Whole answer"}
_SIZES = {"size": "Answer", "frame": "One frame"}


class LimitsForm(Form):
    """The limits of a call (S12). One left empty has its default, which its placeholder shows."""

    KEPT = ()

    connect = forms.FloatField(required=False, min_value=0.1, max_value=60, label="Connect")
    first_byte = forms.FloatField(required=False, min_value=0.1, max_value=600, label="First byte")
    silence = forms.FloatField(required=False, min_value=0.1, max_value=600, label="Silence")
    total = forms.FloatField(required=False, min_value=1, max_value=3600, label="Whole answer")
    size = forms.FloatField(required=False, min_value=0.001, max_value=500, label="Answer")
    frame = forms.FloatField(required=False, min_value=0.001, max_value=50, label="One frame")
    text = forms.IntegerField(required=False, min_value=1, max_value=100_000_000, label="One text")
    UNITS = dict.fromkeys(_SECONDS, "s") | dict.fromkeys(_SIZES, "MB") | {"text": "characters"}

    def __init__(self, data: dict[str, Any]):
        super().__init__(data)
        for name, field in self.fields.items():
            default = getattr(Limits(), name) / (MEGABYTE if name in _SIZES else 1)
            field.widget = forms.TextInput({"inputmode": "decimal", "placeholder": f"{default:,.10g}"})

    @classmethod
    def of(cls, call: Node, **typed: Any) -> "LimitsForm":
        held = call["props"].get("limits") or {}
        shown = {name: value / MEGABYTE if name in _SIZES else value for name, value in held.items() if value}
        return cls({name: f"{value:.10g}" for name, value in shown.items()} | typed)

    def stored(self) -> dict[str, Any] | None:
        """The limits as the document holds them; None when all are the defaults."""
        given = {name: value for name, value in self.cleaned_data.items() if value is not None}
        sizes = {name: round(given[name] * MEGABYTE) for name in _SIZES.keys() & given.keys()}
        return (given | sizes) or None


class FieldForm(Form):
    """One response field in the dialog of returned values."""

    id = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    name = NameField("Field name")
    type = forms.ChoiceField(choices=FIELD_TYPES)
    path = forms.CharField(max_length=500, label="Path", error_messages={"required": "Click a value in a frame."})
    when = forms.JSONField(required=False, widget=forms.HiddenInput)
    mode = forms.ChoiceField(choices=[(mode, mode) for mode in ("delta", "cumulative", "replace")], required=False)
    replacement = forms.JSONField(required=False, widget=forms.HiddenInput)

    def clean_path(self) -> str:
        path = self.cleaned_data["path"].strip()
        try:
            parse_path(path)
        except BadPath as error:
            raise forms.ValidationError(error.sentence) from None
        return path

    def clean_when(self) -> dict[str, Any] | None:
        return _condition(self.cleaned_data["when"])

    def clean_replacement(self) -> dict[str, Any] | None:
        other = self.cleaned_data["replacement"]
        if other is None:
            return None
        if not isinstance(other, dict) or not isinstance(other.get("path"), str):
            raise forms.ValidationError("This cannot be read.")
        try:
            parse_path(other["path"])
        except BadPath as error:
            raise forms.ValidationError(error.sentence) from None
        return {"path": other["path"], "when": _condition(other.get("when"))}

    def field(self) -> dict[str, Any]:
        """The field as the document holds it, with its id and name."""
        held = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        return held if held["type"] == "text_stream" else {n: v for n, v in held.items() if n not in _OF_TEXTS}


_OF_TEXTS = ("mode", "replacement")


def _condition(when: Any) -> dict[str, Any] | None:
    """A condition as a document may hold it: an event's name, and scalars at paths."""
    if when is None:
        return None
    event, match = (when.get("event"), when.get("match") or {}) if isinstance(when, dict) else (0, {})
    scalars = isinstance(match, dict) and all(isinstance(v, str | int | float | None) for v in match.values())
    if not isinstance(event, str | None) or not scalars:
        raise forms.ValidationError("This cannot be read.")
    try:
        for path in match:
            parse_path(path)
    except BadPath as error:
        raise forms.ValidationError(error.sentence) from None
    return {"event": event, "match": match} if event or match else None


class FieldForms:
    """The rows of the dialog of returned values, checked together: no two fields have one name."""

    def __init__(self, rows: Iterable[dict[str, Any]]):
        self.forms = [FieldForm(row) for row in rows]
        names: set[str] = set()
        for form in self.forms:
            form.full_clean()
            name = str(form.cleaned_data.get("name", "")).strip().lower()
            if name and name in names:
                form.add_error("name", "Another field has this name.")
            names.add(name)

    @classmethod
    def posted(cls, post: Any) -> "FieldForms":
        """From the lists of values that the dialog's form sends."""
        columns = {name: post.getlist(name) for name in FieldForm.base_fields}
        count = max(map(len, columns.values()), default=0)
        rows = [{n: values[at] for n, values in columns.items() if at < len(values)} for at in range(min(count, 300))]
        return cls(rows)

    def is_valid(self) -> bool:
        return not any(form.errors for form in self.forms)

    def fields(self) -> list[dict[str, Any]]:
        return [form.field() for form in self.forms]
