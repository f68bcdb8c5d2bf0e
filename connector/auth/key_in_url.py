"""A key in the URL's query, such as `?key=…`, for services that accept it nowhere else."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote_plus

import httpx
from django import forms

from connector.asking.errors import BadValue
from connector.auth import Flow, Scheme, auth
from connector.auth.fields import SecretField


@auth.register
class KeyInUrl(Scheme):
    name = "key_in_url"
    label = "Key in the URL"
    hint = "Choose a header instead if the service takes one: URLs end up in the logs of others."
    example = {
        "secrets": {"key": "key_example_0123456789abcdef"},
        "options": {"parameter": "key"},
        "signs": {},
        "query": "key=key_example_0123456789abcdef",
    }

    class Secrets(forms.Form):
        key = SecretField(label="Key", help_text="Under API keys in the service's settings.")

    class Options(forms.Form):
        parameter = forms.CharField(label="Parameter", initial="key", max_length=100)

    def auth_flow(self, request: httpx.Request) -> Flow:
        name = self._options["parameter"]
        key = self._secrets["key"].strip()
        if not key.isprintable():
            raise BadValue(parameter=name, reason="the saved key holds a line break or a character that no key has")
        pairs = [pair for pair in request.url.query.decode("ascii").split("&") if pair]
        others = [pair for pair in pairs if unquote_plus(pair.partition("=")[0]) != name]
        query = "&".join([*others, f"{quote(name, safe='')}={quote(key, safe='')}"])
        request.url = request.url.copy_with(query=query.encode())
        yield request

    def shown(self, options: Mapping[str, Any]) -> str:
        return f"?{options['parameter']}="
