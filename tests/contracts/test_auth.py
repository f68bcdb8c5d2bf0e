"""Every way to authenticate keeps its promises: it signs, and its secrets are nowhere else (S4, P24)."""

import copy
import json
import logging
import pickle
from urllib.parse import parse_qsl

import httpx
import pytest
from django import forms

from builder.errors import StreamwrightError
from connector.auth import Scheme, auth
from connector.auth.fields import NameField, SecretField
from connector.sending import tls
from connector.sending.auth_errors import OptionWrong, SecretMissing

SCHEMES = pytest.mark.parametrize("scheme", auth.values(), ids=list(auth))
ORIGIN = "https://api.acme.example:443"
DECLARED = {"secrets", "options", "signs"}
# What else an example may say: where it asks for a token, what the answer is, and what it adds to the query.
MORE = {"asks", "answer", "query"}


def example_of(scheme: Scheme, **other_options: object) -> Scheme:
    return scheme.using(scheme.example["secrets"], scheme.example["options"] | other_options, "Acme")


async def conversation(bound: Scheme, *statuses: int) -> list[httpx.Request]:
    """All that a scheme sends for one call: its own questions, answered as its example says, and the call, answered
    with each status in turn. Copies, for a call that is sent again is the same object."""
    call = httpx.Request("POST", "https://api.acme.example/v1/chat?a=1", content=b"{}")
    flow, sent, left = bound.async_auth_flow(call), [], list(statuses or (200,))
    try:
        request = await anext(flow)
        while True:
            content = request.content
            sent.append(httpx.Request(request.method, request.url, headers=request.headers, content=content))
            if request is call:
                answer = httpx.Response(left.pop(0))
            else:
                answer = httpx.Response(200, json=bound.example["answer"])
            request = await flow.asend(answer)
    except StopAsyncIteration:
        return sent
    finally:
        await flow.aclose()


@SCHEMES
def test_it_is_declared_in_full(scheme):
    assert scheme.name and scheme.label and scheme.__module__.endswith(f".{scheme.name}")
    assert issubclass(scheme.Secrets, forms.Form) and issubclass(scheme.Options, forms.Form)
    assert scheme.example.keys() >= DECLARED and scheme.example.keys() <= DECLARED | MORE


@SCHEMES
def test_it_says_what_to_paste_and_what_each_field_is(scheme):
    assert scheme.hint.endswith(".") and len(scheme.hint) <= 100
    for field in [*scheme.Secrets.base_fields.values(), *scheme.Options.base_fields.values()]:
        assert field.label and len(field.help_text) <= 90
    for field in scheme.Secrets.base_fields.values():
        assert isinstance(field, SecretField) and field.help_text, field.label


@SCHEMES
def test_its_example_is_valid(scheme):
    for form, given in ((scheme.Secrets, scheme.example["secrets"]), (scheme.Options, scheme.example["options"])):
        filled = form(given)
        assert filled.is_valid(), filled.errors
        assert filled.cleaned_data == given


@SCHEMES
async def test_its_example_signs(scheme):
    *asked, call = await conversation(example_of(scheme))
    assert [str(request.url) for request in asked] == ([scheme.example["asks"]] if "asks" in scheme.example else [])
    for header, value in scheme.example["signs"].items():
        assert call.headers[header] == value
    assert call.url.host == "api.acme.example" and call.content == b"{}"
    assert call.url.query.decode() == "&".join(filter(None, ("a=1", scheme.example.get("query"))))


@SCHEMES
async def test_p24_what_it_asks_elsewhere_holds_nothing_of_the_call_and_the_call_no_secret_of_it(scheme):
    if "asks" in scheme.example:
        asked, call = await conversation(example_of(scheme))
        assert asked.content != b"{}" and "v1/chat" not in str(asked.url)
        shown = f"{call.url} {call.headers.raw} {call.content!r}"
        for secret in filter(None, scheme.example["secrets"].values()):
            assert secret not in shown


@SCHEMES
async def test_p24_all_that_it_signs_with_is_masked(scheme):
    """Also what it obtained or made on the way, for a service may repeat it."""
    bound = example_of(scheme)
    known = bound.known
    await conversation(bound)
    assert bound.known is known
    for name, secret in scheme.example["secrets"].items():
        if not isinstance(scheme.Secrets.base_fields[name], NameField):
            assert not secret or secret in known
    for value in scheme.example["signs"].values():
        assert any(value.endswith(secret) for secret in known)
    assert "" not in known


@SCHEMES
async def test_p24_its_secrets_are_in_no_repr_text_log_or_pickle(scheme, caplog):
    caplog.set_level(logging.DEBUG)
    bound = example_of(scheme)
    await conversation(bound)
    shown = f"{bound!r} {bound} {scheme!r} {caplog.text} {scheme.Secrets(scheme.example['secrets'])}"
    for secret in filter(None, scheme.example["secrets"].values()):
        assert secret not in shown
    for write in (pickle.dumps, copy.copy):
        with pytest.raises(TypeError):
            write(bound)


@SCHEMES
async def test_the_registrys_own_entry_knows_no_secret(scheme):
    await conversation(example_of(scheme))
    assert scheme._secrets == {} and scheme.known == []


@SCHEMES
def test_it_is_refused_in_words_without_its_secrets(scheme):
    if scheme.needs_secrets:
        for secrets in (None, {}, dict.fromkeys(scheme.example["secrets"], "")):
            with pytest.raises(SecretMissing, match="Acme has no key yet"):
                scheme.using(secrets, scheme.example["options"], "Acme")
        assert not scheme.Secrets({}).is_valid()


@SCHEMES
def test_options_of_any_shape_are_read_or_refused_in_words(scheme):
    """A document may come from anywhere."""
    for options in (None, [], "x", {name: ["x"] for name in scheme.Options.base_fields}, {"header": {"a": 1}}):
        try:
            scheme.using(scheme.example["secrets"], options, "Acme")
        except OptionWrong as error:
            assert "Acme" in str(error) and error.why and error.todo
        try:
            assert scheme.goes_to(ORIGIN, options) == ORIGIN
        except StreamwrightError as error:
            assert str(error)


@SCHEMES
def test_p24_its_secrets_are_sealed_for_every_origin_that_sees_them(scheme):
    goes_to = scheme.goes_to(ORIGIN, scheme.example["options"])
    if "asks" in scheme.example:
        elsewhere = scheme.goes_to(ORIGIN, scheme.example["options"] | {"token_url": "https://evil.example/token"})
        assert goes_to.startswith(ORIGIN) and elsewhere == f"{ORIGIN} and https://evil.example:443" != goes_to
        assert scheme.goes_to(ORIGIN, {"token_url": "https://api.acme.example/token"}) == ORIGIN
    else:
        assert goes_to == ORIGIN


@SCHEMES
@pytest.mark.parametrize("bad", ["tok\r\nX-Evil: 1", "tok\nx", "tok\x00", "tök", "tok☕", 'tok"&x=1', "tok%0d%0aX: 1"])
async def test_p25_a_secret_never_breaks_out_of_its_place_nor_shows_in_a_refusal(scheme, bad):
    if not scheme.needs_secrets:
        return
    bound = scheme.using(dict.fromkeys(scheme.example["secrets"], bad), scheme.example["options"], "Acme")
    try:
        sent = await conversation(bound)
        if bound.certificate:
            tls.context(bound.certificate)
    except StreamwrightError as error:
        assert "tok" not in f"{error} {error.as_json()}".replace("token", "") and "tök" not in str(error)
        return
    for request in sent:
        for name, value in request.headers.raw:
            assert not set(value) & {0, 10, 13} and name.lower() != b"x-evil"
        assert not parse_qsl(request.url.query.decode()) or dict(parse_qsl(request.url.query.decode())).keys() <= {
            "a",
            "key",
        }
        if request.headers.get("content-type", "").endswith("json") and "asks" in scheme.example:
            assert bad in json.loads(request.content).values()
        elif request.content != b"{}":
            assert "x" not in dict(parse_qsl(request.content.decode()))


@SCHEMES
async def test_s11_a_call_is_sent_again_only_once_only_after_401_and_only_with_another_token(scheme):
    obtains = hasattr(scheme, "question")
    for statuses, times in (((200,), 1), ((500, 200), 1), ((403, 200), 1), ((401, 401, 401), 2 if obtains else 1)):
        sent = await conversation(example_of(scheme), *statuses)
        calls = [request for request in sent if request.url.path == "/v1/chat"]
        assert len(calls) == times, statuses
