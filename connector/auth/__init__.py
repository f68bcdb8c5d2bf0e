"""Ways a service knows who calls (S4): one scheme a file, each an `httpx.Auth` that signs with an API's secrets."""

from collections.abc import Generator, Mapping
from typing import Any

import httpx
from django import forms

from builder.registry import Registry
from connector.errors import SecretMissing
from connector.headers import secret_value


class Scheme(httpx.Auth):
    """One way to authenticate.

    `Secrets` is the form of what is sealed, `Options` of what is not (both may be empty); `example` is
    `{"secrets": …, "options": …, "signs": {header: value}}`. The registry's entry itself knows no secret;
    `using` gives the one that signs. Nothing of a secret is in its repr.
    """

    name = ""
    label = ""
    example: dict[str, Any] = {}

    class Secrets(forms.Form):
        pass

    class Options(forms.Form):
        pass

    def __init__(self, secrets: Mapping[str, str] | None = None, options: Mapping[str, Any] | None = None):
        self._secrets = dict(secrets or {})
        self._options = dict(options or {})

    def using(self, secrets: Mapping[str, str] | None, options: Mapping[str, Any], service: str = "") -> "Scheme":
        """This scheme with an API's secrets and options. Raises SecretMissing when one that it needs is not there."""
        needed = [name for name, field in self.Secrets.base_fields.items() if field.required]
        if any(not (secrets or {}).get(name) for name in needed):
            raise SecretMissing(scheme=self.label, service=service or None)
        return type(self)(secrets, options)

    @property
    def needs_secrets(self) -> bool:
        """Whether there is anything to seal."""
        return bool(self.Secrets.base_fields)

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        yield request

    def _header(self, request: httpx.Request, name: str, secret: str, before: str = "") -> None:
        request.headers[name] = before + secret_value(name, secret)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} with {len(self._secrets)} secrets>"

    def __reduce__(self) -> Any:
        raise TypeError("A scheme holds secrets and is never written down.")


class SecretField(forms.CharField):
    """A secret: typed, never shown again, never filled in."""

    widget = forms.PasswordInput(render_value=False, attrs={"autocomplete": "off", "spellcheck": "false"})

    def __init__(self, **options: Any):
        super().__init__(**({"max_length": 8192, "strip": True} | options))


auth: Registry[Scheme] = Registry("way to authenticate", "auth")
