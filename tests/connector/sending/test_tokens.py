"""S4, S11: a token is asked for once for many calls, kept as long as it is good, and never shown."""

import asyncio
import gzip
import json
import logging
import time
from base64 import b64decode

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from connector.asking.errors import BadBody
from connector.auth import auth
from connector.errors import ConnectionRefused, LimitCrossed, NotPublic
from connector.sending import client, tokens
from connector.sending.auth_errors import KeyUnreadable, SecretMissing, TokenNotFound, TokenRefused
from connector.sending.guard import Guard
from connector.spending.limits import Limits
from tests.connector.granting import Granting, granting, reply

SECRETS = {"client_id": "acme-robot", "client_secret": "s3cret/canary+0123456789"}


def grant_of(here: Granting, secrets=SECRETS, **options):
    return auth["oauth2_client_credentials"].using(secrets, {"token_url": here.url} | options, "Acme")


async def called(here: Granting, scheme=None, limits=None, guard=None, **facts) -> int:
    """The status of one call."""
    signed = scheme or grant_of(here)
    request = here.here.request(path="/call", auth=signed, secrets=signed.known, **facts)
    async with client.send(request, limits or Limits(), guard or here.here.guard) as response:
        await response.read()
        return response.status


def both(*services: Granting) -> Guard:
    return Guard([f"127.0.0.1:{each.here.port}" for each in services])


async def test_a_token_is_asked_for_and_kept():
    async with granting(expires_in=3600) as here:
        assert [await called(here) for _ in range(3)] == [200, 200, 200]
        assert len(here.asked) == 1 and len(here.called) == 3
        assert here.asked[0]["grant_type"] == "client_credentials"


async def test_the_client_is_sent_in_a_basic_header_as_a_form_writes_it_or_in_the_body():
    async with granting() as here:
        await called(here, grant_of(here, scope="read write", extra="audience=https://api.acme.example"))
        await called(here, grant_of(here, send_as="body"))
        basic, body = here.asked
    assert b64decode(basic.pop("authorization").split()[1]) == b"acme-robot:s3cret%2Fcanary%2B0123456789"
    assert basic == {
        "grant_type": "client_credentials",
        "scope": "read write",
        "audience": "https://api.acme.example",
    }
    assert body == {"grant_type": "client_credentials", **SECRETS}


async def test_many_calls_at_once_ask_for_one_token():
    async with granting(expires_in=3600) as here:
        here.slowly = 0.1
        assert set(await asyncio.gather(*(called(here) for _ in range(20)))) == {200}
        assert len(here.asked) == 1 and len(here.called) == 20


async def test_s11_a_refused_token_is_asked_for_anew_once_for_all_calls_and_they_are_sent_again():
    async with granting(expires_in=3600) as here:
        await called(here)
        here.void()
        here.slowly = 0.1
        assert set(await asyncio.gather(*(called(here) for _ in range(10)))) == {200}
        assert len(here.asked) == 2 and len(here.called) == 1 + 10 + 10


async def test_s11_a_call_that_is_refused_again_stays_refused():
    async with granting() as here:
        here.statuses = [401] * 9
        assert await called(here) == 401
        assert len(here.called) == 2 and len(here.asked) == 2


async def test_s11_calls_that_are_all_refused_again_ask_for_one_new_token_between_them():
    """Also where the service gives the same token once more."""
    async with granting(access_token="always-the-same") as here:
        here.slowly = 0.05
        await called(here)
        here.asked.clear()
        assert set(await asyncio.gather(*(called(here) for _ in range(5)))) == {401}
        assert len(here.asked) == 1


@pytest.mark.parametrize("status", [200, 400, 403, 429, 500])
async def test_s11_nothing_but_401_sends_a_call_again(status):
    async with granting() as here:
        here.statuses = [status]
        assert await called(here) == status
        assert len(here.called) == 1


async def test_a_body_is_sent_again_whole():
    async with granting() as here:
        await called(here)
        here.void()
        await called(here, body=b'{"question": "why"}')
    calls = [head for head in here.here.heads if b"/call" in head]
    assert [call.endswith(b'{"question": "why"}') for call in calls] == [False, True, True]


async def test_a_token_is_kept_no_longer_than_it_is_good():
    async with granting(expires_in=0.3) as here:
        await called(here)
        await called(here)
        assert len(here.asked) == 1
        await asyncio.sleep(0.3)
        await called(here)
        assert len(here.asked) == 2


@pytest.mark.parametrize(
    ("said", "asked"), [("3600", 1), (None, 1), ("soon", 1), (True, 2), (0, 2), (-5, 1), (1e99, 1)]
)
async def test_any_word_on_how_long_it_is_good_is_understood(said, asked):
    async with granting(expires_in=said) as here:
        await called(here)
        if said is True:
            await asyncio.sleep(1)
        assert await called(here) == 200
        assert len(here.asked) == asked


async def test_p24_a_token_is_for_one_credential_its_options_and_one_origin():
    async with granting() as here, granting() as other:
        await called(here)
        for scheme in (
            grant_of(here, SECRETS | {"client_secret": "another"}),
            grant_of(here, scope="more"),
            auth["oauth2_client_credentials"].using(SECRETS, {"token_url": here.url}, "Other"),
        ):
            await called(here, scheme)
        assert len(here.asked) == 4
        # The same credential at another origin: its token comes from the same place, and is another.
        other.statuses = [200]
        await called(other, grant_of(here), guard=both(here, other))
        assert len(here.asked) == 5 and here.newest in other.called[0] and here.newest not in "".join(here.called)


# What goes wrong


async def refusal(here: Granting, scheme=None, **facts):
    with pytest.raises((TokenRefused, TokenNotFound, ConnectionRefused, LimitCrossed, NotPublic)) as caught:
        await called(here, scheme, **facts)
    error = caught.value
    assert SECRETS["client_secret"] not in f"{error!r} {error.as_json()} {error.__cause__!r}"
    return error


@pytest.mark.parametrize("status", [302, 400, 401, 403, 500])
async def test_a_token_that_is_refused_is_said_in_the_services_words(status):
    async with granting() as here:
        said = {"error": "invalid_client", "error_description": f"No client with {SECRETS['client_secret']}."}
        here.instead = reply(status, said, "Location: http://127.0.0.1:1/")
        error = await refusal(here)
        assert str(error) == f"The token service of Acme gave no token ({status})."
        assert error.why.endswith("It says: No client with ••••••.") and "Open authentication" in error.todo
        assert here.called == [] and len(here.asked) == 1


async def test_an_answer_without_a_token_says_what_it_holds_instead():
    async with granting() as here:
        here.instead = reply(200, {"data": {"token": "x" * 40}, "code": 0, "y" * 40: 1})
        error = await refusal(here)
        assert str(error) == "The token service of Acme answered without a token at access_token."
        assert error.why == "It holds data, code." and "path" in error.todo
        here.instead = reply(200, {"error": "bad_verification_code", "error_description": "The code is wrong."})
        assert "It says: The code is wrong." in (await refusal(here)).why
        here.instead = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html>Sign in</html>"
        assert (await refusal(here)).why == "It is not a JSON object but text/html."
        for odd in ([], "text", None, 5, {}, {"access_token": None}, {"access_token": 5}, {"access_token": " "}):
            here.instead = reply(200, odd)
            assert "without a token at access_token" in str(await refusal(here))
        assert here.called == []


async def test_a_token_with_a_line_break_is_refused():
    async with granting(access_token="a\r\nX-Evil: 1") as here:
        with pytest.raises(TokenNotFound, match="without a token at access_token"):
            await called(here)
        assert here.called == []


async def test_calls_that_wait_are_told_no_together_and_a_later_one_asks_again():
    async with granting() as here:
        here.slowly, here.instead = 0.1, reply(401, {"error": "invalid_client"})
        found = await asyncio.gather(*(called(here) for _ in range(10)), return_exceptions=True)
        assert {type(error) for error in found} == {TokenRefused} and len(here.asked) == 1
        here.instead = None
        assert await called(here) == 200


async def test_who_leaves_while_asking_leaves_nothing_behind():
    async with granting() as here:
        here.slowly = 0.2
        first, second = asyncio.create_task(called(here)), asyncio.create_task(called(here))
        await asyncio.wait_for(here.was_asked.wait(), 10)
        first.cancel()
        assert await second == 200
        assert len(here.asked) == 2 and len(here.called) == 1


async def test_s12_the_limits_of_the_call_hold_while_it_waits_for_its_token():
    async with granting() as here:
        here.slowly = 5
        error = await refusal(here, limits=Limits(first_byte=0.2))
        assert str(error) == "Nothing arrived for 0.2 s."


async def test_p11_an_answer_without_end_is_no_token():
    async with granting() as here:
        here.instead = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + b"x" * (2 * 2**20)
        assert "larger than 1 MB" in str(await refusal(here))


async def test_a_compressed_answer_is_read_all_the_same():
    async with granting() as here:
        here.newest = "granted-0123456789abcdef"
        body = gzip.compress(f'{{"access_token": "{here.newest}"}}'.encode())
        head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        here.instead = head.encode() + body
        assert await called(here) == 200


async def test_p22_the_guard_judges_where_a_token_comes_from():
    async with granting() as here:
        inside = auth["oauth2_client_credentials"].using(SECRETS, {"token_url": "http://10.0.0.1/token"}, "Acme")
        assert "10.0.0.1 is not a public address" in str(await refusal(here, inside))
        assert here.called == []


async def test_a_token_service_that_is_away_is_named():
    async with granting() as away:
        pass
    async with granting() as here:
        with pytest.raises(ConnectionRefused, match="The token service of Acme refused the connection"):
            await called(here, grant_of(away), guard=both(here, away))


# Secrets


async def test_p24_a_token_is_masked_and_in_no_log(caplog):
    caplog.set_level(logging.DEBUG)
    async with granting(expires_in=60) as here:
        scheme = grant_of(here)
        request = here.here.request(path="/call", auth=scheme, secrets=scheme.known)
        async with client.send(request, Limits(), here.here.guard) as response:
            await response.read()
        assert here.newest in request.secrets and SECRETS["client_secret"] in request.secrets
        held = repr(tokens._held[asyncio.get_running_loop()])
        for text in (caplog.text, repr(request), repr(scheme), held):
            assert here.newest not in text and SECRETS["client_secret"] not in text


async def test_p23_a_redirect_gets_no_token():
    async with granting() as here, granting() as elsewhere:
        here.statuses = [307]
        request = here.here.request(path="/call", auth=grant_of(here))
        async with client.send(request, Limits(), both(here, elsewhere)) as response:
            assert response.status == 307
        assert elsewhere.here.connections == 0


# The custom call, as a service of its own kind wants it


CUSTOM = {"username": 'rob"ot', "password": "pa\\ss <key>", "key": "k/ä?"}


async def test_a_custom_call_signs_in_with_each_secret_written_for_its_place():
    async with granting() as here:
        here.instead = reply(200, {"data": [{"session": "sess-0123456789abcdef"}]})
        here.statuses = [200]
        options = {
            "token_url": f"{here.url}/[key]?key=[key]",
            "headers": "X-Key: k=<key>\nContent-Type: application/vnd.acme+json",
            "body": '{"user": "<username>", "password": <password>, "at": "<place>"}',
            "path": "data[0].session",
            "header": "X-Session",
            "before": "Session",
        }
        assert await called(here, auth["custom_token"].using(CUSTOM, options, "Acme")) == 200
    asked, call = here.here.heads
    assert asked.startswith(b"POST /token/k%2F%C3%A4%3F?key=k/%C3%A4? HTTP/1.1\r\n")
    assert "x-key: k=k/ä?\r\n".encode() in asked and asked.count(b"content-type") == 1
    sent = json.loads(asked.partition(b"\r\n\r\n")[2])
    assert sent == {"user": CUSTOM["username"], "password": CUSTOM["password"], "at": "<place>"}
    assert b"\r\nx-session: Session sess-0123456789abcdef\r\n" in call


async def test_a_custom_call_may_post_a_form_or_get_and_lasts_as_long_as_the_author_says():
    async with granting() as here:
        form = {"token_url": here.url, "body": "u=<username>&p=<password>", "lasts": 1}
        for _ in range(2):
            await called(here, auth["custom_token"].using(CUSTOM, form, "Acme"))
        assert here.asked == [{"u": CUSTOM["username"], "p": CUSTOM["password"]}]
        await asyncio.sleep(1)
        await called(here, auth["custom_token"].using(CUSTOM, form, "Acme"))
        assert len(here.asked) == 2
        get = form | {"method": "GET", "token_url": f"{here.url}?id=[username]"}
        await called(here, auth["custom_token"].using({"username": "me"}, get, "Acme"))
    assert any(head.startswith(b"GET /token?id=me HTTP/1.1") for head in here.here.heads)


def test_a_custom_call_wants_the_secrets_that_stand_in_it():
    options = {"token_url": "https://api.acme.example/[key]", "body": '{"p": "<password>"}'}
    with pytest.raises(SecretMissing):
        auth["custom_token"].using({"password": "p"}, options, "Acme")
    auth["custom_token"].using({"password": "p", "key": "k"}, options, "Acme")
    auth["custom_token"].using({"key": "k"}, options | {"method": "GET"}, "Acme")


async def test_a_body_that_is_no_json_is_refused_before_anything_is_sent():
    async with granting() as here:
        options = {"token_url": here.url, "body": '{"p": "<password>"'}
        with pytest.raises(BadBody) as caught:
            await called(here, auth["custom_token"].using(CUSTOM, options, "Acme"))
        assert CUSTOM["password"] not in f"{caught.value.as_json()}" and here.here.connections == 0


# A password, and signed claims


async def test_a_users_password_becomes_a_token():
    async with granting() as here:
        person = {"username": "ada@acme.example", "password": "a&b=c d"}
        options = {"token_url": here.url, "send_as": "body"}
        await called(here, auth["oauth2_password"].using(person | SECRETS, options, "Acme"))
        await called(here, auth["oauth2_password"].using(person, options, "Acme"))
        assert here.asked == [{"grant_type": "password", **person, **SECRETS}, {"grant_type": "password", **person}]


@pytest.fixture(scope="module")
def private_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="module")
def pem(private_key):
    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return private_key.private_bytes(*form).decode()


def claims_of(header: str, key, algorithm: str, **more):
    return jwt.decode(header.removeprefix("Bearer "), key, algorithms=[algorithm], **more)


async def test_signed_claims_say_who_calls_since_when_and_until_when(private_key, pem):
    options = {"claims": '{"iss": "robot", "exp": 1}', "lifetime": 60, "key_id": "key-7"}
    async with granting() as here:
        here.statuses = [200] * 3
        shared = "shared-0123456789-0123456789-0123456789"
        for algorithm, key, public in (("RS256", pem, private_key.public_key()), ("HS256", shared, shared)):
            scheme = auth["jwt"].using({"key": key}, options | {"algorithm": algorithm}, "Acme")
            await called(here, scheme)
            claims = claims_of(here.called[-1], public, algorithm)
            assert claims == {"iss": "robot", "iat": claims["iat"], "exp": claims["iat"] + 60}
            assert abs(claims["iat"] - time.time()) < 5
            assert jwt.get_unverified_header(here.called[-1][7:])["kid"] == "key-7"
            assert here.called[-1][7:] in scheme.known
        assert here.asked == []


async def test_signed_claims_are_signed_anew_after_401():
    secret = {"key": "shared-0123456789-0123456789-0123456789"}
    async with granting() as here:
        here.statuses = [401, 200]
        assert await called(here, auth["jwt"].using(secret, {"algorithm": "HS256", "header": "Authorization"})) == 200
        assert len(here.called) == 2


async def test_signed_claims_are_exchanged_for_a_token(private_key, pem):
    async with granting(expires_in=60) as here:
        options = {"claims": '{"iss": "robot", "scope": "read"}', "token_url": here.url}
        for _ in range(2):
            assert await called(here, auth["jwt"].using({"key": pem.replace("\n", "\r\n")}, options, "Acme")) == 200
        (asked,) = here.asked
        assert asked.pop("grant_type") == "urn:ietf:params:oauth:grant-type:jwt-bearer"
        claims = claims_of(asked["assertion"], private_key.public_key(), "RS256", audience=here.url)
        assert claims["iss"] == "robot" and claims["aud"] == here.url


async def test_a_key_that_cannot_sign_is_refused_before_anything_is_sent(pem):
    elliptic = ec.generate_private_key(ec.SECP256R1())
    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    keys = {
        "rubbish-0123456789": "no private key in PEM",
        pem[:200] + pem[260:]: "no private key in PEM",
        elliptic.private_bytes(*form, serialization.NoEncryption()).decode(): "another kind",
        elliptic.private_bytes(*form, serialization.BestAvailableEncryption(b"x")).decode(): "locked by a passphrase",
    }
    async with granting() as here:
        for key, words in keys.items():
            with pytest.raises(KeyUnreadable, match=words) as caught:
                await called(here, auth["jwt"].using({"key": key}, {}, "Acme"))
            assert key[8:18] not in f"{caught.value.as_json()} {caught.value.__cause__!r}"
        with pytest.raises(KeyUnreadable, match="HS256 signs with a shared secret"):
            await called(here, auth["jwt"].using({"key": pem}, {"algorithm": "HS256"}, "Acme"))
        assert here.here.connections == 0
