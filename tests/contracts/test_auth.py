"""Every way to authenticate keeps its promises: it signs, and its secrets are nowhere else (S4, P24)."""

import copy
import logging
import pickle

import httpx
import pytest
from django import forms

from connector.auth import Scheme, auth
from connector.errors import BadHeader, SecretMissing

SCHEMES = pytest.mark.parametrize("scheme", auth.values(), ids=list(auth))


def example_of(scheme: Scheme) -> Scheme:
    return scheme.using(scheme.example["secrets"], scheme.example["options"], "Acme")


def signed(scheme: Scheme) -> httpx.Request:
    return next(scheme.auth_flow(httpx.Request("POST", "https://api.acme.example/v1/chat", content=b"{}")))


@SCHEMES
def test_it_is_declared_in_full(scheme):
    assert scheme.name and scheme.label and scheme.__module__.endswith(f".{scheme.name}")
    assert issubclass(scheme.Secrets, forms.Form) and issubclass(scheme.Options, forms.Form)
    assert type(scheme).__module__.startswith("connector.") is False or scheme.example.keys() == {
        "secrets",
        "options",
        "signs",
    }


@SCHEMES
def test_its_example_is_valid_and_signs(scheme):
    for form, given in ((scheme.Secrets, scheme.example["secrets"]), (scheme.Options, scheme.example["options"])):
        filled = form(given)
        assert filled.is_valid(), filled.errors
        assert filled.cleaned_data == given
    request = signed(example_of(scheme))
    for header, value in scheme.example["signs"].items():
        assert request.headers[header] == value
    assert request.url.host == "api.acme.example" and request.content == b"{}"


@SCHEMES
def test_p24_its_secrets_are_in_no_repr_text_log_or_pickle(scheme, caplog):
    caplog.set_level(logging.DEBUG)
    bound = example_of(scheme)
    signed(bound)
    shown = f"{bound!r} {bound} {scheme!r} {caplog.text} {scheme.Secrets(scheme.example['secrets'])}"
    for secret in scheme.example["secrets"].values():
        assert secret not in shown
    for write in (pickle.dumps, copy.copy):
        with pytest.raises(TypeError):
            write(bound)


@SCHEMES
def test_the_registrys_own_entry_knows_no_secret(scheme):
    example_of(scheme)
    assert scheme._secrets == {}


@SCHEMES
def test_it_is_refused_in_words_without_its_secrets(scheme):
    if scheme.needs_secrets:
        for secrets in (None, {}, dict.fromkeys(scheme.example["secrets"], "")):
            with pytest.raises(SecretMissing, match="Acme has no key yet"):
                scheme.using(secrets, {}, "Acme")
        assert not scheme.Secrets({}).is_valid()


@SCHEMES
@pytest.mark.parametrize("bad", ["tok\r\nX-Evil: 1", "tok\nx", "tok\x00", "tök", "tok☕"])
def test_p25_a_secret_never_breaks_out_of_its_header_nor_shows_in_the_refusal(scheme, bad):
    if scheme.needs_secrets:
        bound = scheme.using(dict.fromkeys(scheme.example["secrets"], bad), scheme.example["options"])
        with pytest.raises(BadHeader) as caught:
            signed(bound)
        assert "tok" not in f"{caught.value} {caught.value.as_json()}" and "tök" not in str(caught.value)
