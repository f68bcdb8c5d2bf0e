"""What authors fill in for authentication: secrets, which are never shown again, and options that must be valid."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

from django import forms

from connector.answers.paths import BadPath, parse_path
from connector.asking import address
from connector.asking.errors import BadAddress, BadHeader
from connector.asking.headers import header_name, header_value
from connector.asking.placeholders import IN_URL

# A user name or client id is masked like a secret only if it is too long to be an ordinary word in a response.
_SHORTEST_NAME = 12


class UnseenInput(forms.TextInput):
    """An input that is never filled in."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        return super().get_context(name, None, attrs)


class UnseenTextarea(forms.Textarea):
    """A text area that is never filled in."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        return super().get_context(name, None, attrs)


class SecretField(forms.CharField):
    """A secret: typed, never shown again, never filled in."""

    widget: Any = forms.PasswordInput(render_value=False, attrs={"autocomplete": "off", "spellcheck": "false"})

    def __init__(self, **options: Any):
        super().__init__(**({"max_length": 8192, "strip": True} | options))

    def is_masked(self, text: str) -> bool:
        """Whether the text is masked in what results from a call."""
        return bool(text)


class NameField(SecretField):
    """Something that accompanies a secret without being one, such as a user name: sealed with it, and just as
    hidden."""

    widget = UnseenInput(attrs={"autocomplete": "off", "spellcheck": "false"})

    def is_masked(self, text: str) -> bool:
        return len(text) >= _SHORTEST_NAME


class PemField(SecretField):
    """A key or certificate in PEM, on several lines. A line break that was copied as `\\n` becomes one again."""

    widget = UnseenTextarea(attrs={"autocomplete": "off", "spellcheck": "false", "rows": 4})

    def __init__(self, **options: Any):
        super().__init__(**({"max_length": 65_536} | options))

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value)).replace("\r\n", "\n")
        return text.replace("\\n", "\n") if "-----BEGIN" in text else text


class HeaderNameField(forms.CharField):
    """A header name that authors may set."""

    def clean(self, value: object) -> str:
        name = str(super().clean(value))
        try:
            return header_name(name)
        except BadHeader as error:
            raise forms.ValidationError(str(error)) from None


class BeforeField(forms.CharField):
    """What precedes a token in its header, such as `Bearer`; nothing if left blank."""

    def clean(self, value: object) -> str:
        text = str(super().clean(value))
        if not text.isascii() or not text.isprintable():
            raise forms.ValidationError("A header takes letters, digits and signs of ASCII only.")
        return text


class AddressField(forms.CharField):
    """The URL that tokens come from. Its path and query may contain `[name]` if `placeholders` is set."""

    def __init__(self, *, placeholders: bool = False, **options: Any):
        super().__init__(**({"max_length": 2000} | options))
        self.placeholders = placeholders

    def clean(self, value: object) -> str:
        url = str(super().clean(value))
        try:
            if url:
                address.read(IN_URL.sub("x", url) if self.placeholders else url)
        except BadAddress as error:
            raise forms.ValidationError(f"{error} {error.todo}") from None
        return url


def headers_in(text: str) -> Iterator[tuple[str, str]]:
    """The headers in a text with one `Name: value` per line. Raises BadHeader."""
    for line in filter(None, map(str.strip, text.splitlines())):
        name, colon, value = line.partition(":")
        if not colon:
            raise BadHeader(header=name[:40], reason="there is no colon after its name")
        yield header_name(name.strip()), value.strip()


class HeadersField(forms.CharField):
    """Headers as manuals print them: one `Name: value` per line."""

    widget = forms.Textarea(attrs={"rows": 3, "spellcheck": "false"})

    def clean(self, value: object) -> str:
        text = str(super().clean(value))
        try:
            for name, each in headers_in(text):
                header_value(name, each)
        except BadHeader as error:
            raise forms.ValidationError(str(error)) from None
        return text


class PathField(forms.CharField):
    """The path of a value in a JSON response."""

    def clean(self, value: object) -> str:
        path = str(super().clean(value))
        try:
            parse_path(path)
        except BadPath as error:
            raise forms.ValidationError(f"{error} {error.why}") from None
        return path


class SecondsField(forms.IntegerField):
    """A number of seconds within bounds."""

    def __init__(self, *, min_value: int, max_value: int, **options: Any):
        super().__init__(min_value=min_value, max_value=max_value, **options)
        sentence = f"From {min_value:,} to {max_value:,} seconds."
        self.error_messages |= dict.fromkeys(("invalid", "min_value", "max_value"), sentence)


class PairsField(forms.CharField):
    """`name=value` pairs joined by `&`, as in a form."""

    def clean(self, value: object) -> str:
        text = str(super().clean(value))
        try:
            parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text))
        except ValueError:
            raise forms.ValidationError("Write it as name=value, several joined by &.") from None
        return text


class ClaimsField(forms.CharField):
    """A JSON object."""

    widget = forms.Textarea(attrs={"rows": 5, "spellcheck": "false"})

    def clean(self, value: object) -> str:
        text = str(super().clean(value))
        try:
            claims = json.loads(text)
        except (ValueError, RecursionError):
            claims = None
        if not isinstance(claims, dict):
            raise forms.ValidationError('This is not a JSON object. Write it as {"iss": "…", "sub": "…"}.')
        return text
