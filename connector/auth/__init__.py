"""How a call authenticates itself (S4): one scheme per file, each an `httpx.Auth` that signs with an API's secrets."""

from collections.abc import AsyncGenerator, Generator, Iterable, Mapping
from typing import Any, cast

import httpx
from django import forms

from builder.registry import Registry
from connector import vault
from connector.asking.headers import secret_value
from connector.auth.fields import NameField, SecretField
from connector.sending.auth_errors import OptionWrong, SecretMissing
from connector.sending.tls import Certificate

Flow = Generator[httpx.Request, httpx.Response, None]
AsyncFlow = AsyncGenerator[httpx.Request, httpx.Response]


class Scheme(httpx.Auth):
    """One way to authenticate.

    `Secrets` is the form of what is sealed, `Options` of what is not (both may be empty); `hint` says what to paste and
    where services show it; `example` is `{"secrets": …, "options": …, "signs": {header: value}}`. The registry's entry
    itself has no secrets; `using` returns one that can sign. Its repr never contains a secret.
    """

    name = ""
    label = ""
    hint = ""
    example: dict[str, Any] = {}

    class Secrets(forms.Form):
        pass

    class Options(forms.Form):
        pass

    def __init__(
        self, secrets: Mapping[str, str] | None = None, options: Mapping[str, Any] | None = None, service: str = ""
    ):
        self._secrets = dict(secrets or {})
        self._options = dict(options or {})
        self._service = service
        # What is masked in anything that results from a call; values derived from the secrets on the way are added.
        self.known = [text for name, text in self._secrets.items() if self._is_masked(name, text)]

    def using(self, secrets: Mapping[str, str] | None, options: Any, service: str = "") -> "Scheme":
        """This scheme with an API's secrets and options. Raises SecretMissing if a required secret is missing, and
        OptionWrong."""
        needed = [name for name, field in self._fields(self.Secrets).items() if field.required]
        if any(not (secrets or {}).get(name) for name in needed):
            raise SecretMissing(scheme=self.label, service=service or None)
        return type(self)(secrets, self._clean(options, service), service)

    def goes_to(self, origin: str, options: Any) -> str:
        """The origins that its secrets, and what is derived from them, are sent to for a call to `origin`: those they
        are sealed for. Raises BadAddress."""
        return origin

    def complaints(self, secrets: Mapping[str, str], options: Mapping[str, Any]) -> dict[str, str]:
        """What is wrong with secrets about to be saved, as sentences by their names; never contains a secret."""
        return {}

    def hints(self, secrets: Mapping[str, str]) -> dict[str, str]:
        """All that is ever shown of saved secrets: the last four characters of long ones (S4)."""
        fields = self._fields(self.Secrets)
        return {name: vault.hint(text) for name, text in secrets.items() if not isinstance(fields[name], NameField)}

    def shown(self, options: Mapping[str, Any]) -> str:
        """Where the secret goes, as the panel shows it before the hint, such as `Authorization: Bearer`."""
        return ""

    @property
    def certificate(self) -> Certificate | None:
        """The client certificate that the connection itself presents, if any."""
        return None

    @property
    def needs_secrets(self) -> bool:
        """Whether there is anything to seal."""
        return bool(self._fields(self.Secrets))

    def auth_flow(self, request: httpx.Request) -> Flow:
        yield request

    def _header(self, request: httpx.Request, name: str, secret: str, before: str = "") -> None:
        request.headers[name] = before + secret_value(name, secret)

    def _clean(self, options: Any, service: str) -> dict[str, Any]:
        """Options as their form reads them, with defaults for what is missing."""
        held = options if isinstance(options, Mapping) else {}
        fields = self._fields(self.Options)
        if not fields:
            return {}
        form = cast(Any, self.Options)({name: plain(held.get(name, each.initial)) for name, each in fields.items()})
        if not form.is_valid():
            name, wrong = next(iter(form.errors.items()))
            raise OptionWrong(option=fields[name].label, reason=wrong[0], service=service or None)
        return form.cleaned_data

    def _is_masked(self, name: str, text: str) -> bool:
        field = self._fields(self.Secrets).get(name)
        return isinstance(field, SecretField) and field.is_masked(text)

    @staticmethod
    def _fields(form: type[forms.Form]) -> dict[str, forms.Field]:
        return cast(Any, form).base_fields

    def __repr__(self) -> str:
        return f"<{type(self).__name__} with {len(self._secrets)} secrets>"

    def __reduce__(self) -> Any:
        raise TypeError("A scheme holds secrets and is never written down.")


def plain(value: Any) -> Any:
    """A document's value as a form may read it: anything that is not a text, number or yes/no counts as empty."""
    return value if isinstance(value, str | int | float | bool) else None


def joined_origins(origins: Iterable[str]) -> str:
    """Several origins as one text, each once."""
    return " and ".join(dict.fromkeys(origins))


auth: Registry[Scheme] = Registry("way to authenticate", "auth")
