"""Inputs shared by the connector's forms: names, long texts, URLs."""

import re
from typing import Any

from django import forms

from connector.asking.address import read
from connector.asking.errors import BadAddress
from connector.asking.placeholders import IN_URL
from connector.calls import resolve

_SCHEME = re.compile(r"([^/?#:\s]*):")


class NameField(forms.CharField):
    """A name that people give something: required, on one line."""

    def __init__(self, label: str = "Name"):
        super().__init__(max_length=80, label=label, widget=forms.TextInput({"autocomplete": "off"}))


class LongText(forms.CharField):
    """A text of any shape that may be empty and is kept exactly as typed."""

    def __init__(self, label: str, most: int, widget: Any = forms.TextInput):
        attributes = {"autocomplete": "off", "spellcheck": "false"}
        super().__init__(required=False, strip=False, max_length=most, label=label, widget=widget(attributes))


class UrlField(LongText):
    """A URL that may contain `[name]`. Errors say how to fix it."""

    def clean(self, value: Any) -> str:
        text = super().clean(value).strip()
        if text and (wrong := wrong_with_url(text)):
            raise forms.ValidationError(wrong)
        return text


def wrong_with_url(url: str) -> str:
    """Why a URL cannot be called, empty if it can. Placeholders are assumed to be filled with something valid."""
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
