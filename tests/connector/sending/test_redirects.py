"""P23: a redirect is an answer; where an author follows it, nothing secret goes to another origin."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest

from connector.asking.address import read
from connector.auth import auth
from connector.auth.bearer import Bearer
from connector.errors import NotPublic, RedirectRefused, TooManyRedirects
from connector.sending import client
from connector.sending.guard import Guard
from connector.sending.redirects import leads_to, onward
from connector.spending.limits import Limits
from tests.connector.loopback import Service, answer, service

KEY = "sk-live-0123456789abcdefghij"
HEADERS = [
    ("X-Api-Key", KEY.encode()),
    ("Accept", b"text/x"),
    ("Content-Type", b"application/json"),
    ("Cookie", b"a=b"),
]


def redirect(status: int, to: str) -> bytes:
    return f"HTTP/1.1 {status} Elsewhere\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()


GOOD = answer("Content-Length: 2", "Connection: close", body=b"ok")


def in_turn(*answers: bytes) -> Callable[..., Any]:
    left = list(answers)

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(left.pop(0))
        await writer.drain()

    return script


async def sent(here: Service, *also: Service, limits: Limits | None = None, **facts: Any) -> bytes:
    request = here.request(**({"redirects": True, "auth": Bearer({"token": KEY}), "headers": HEADERS} | facts))
    guard = Guard([f"127.0.0.1:{each.port}" for each in (here, *also)])
    async with client.send(request, limits or Limits(first_byte=5), guard) as response:
        return b"%d %s" % (response.status, await response.read())


def lines(here: Service, at: int = -1) -> list[str]:
    return here.heads[at].decode().split("\r\n")


async def test_it_is_an_answer_unless_the_call_follows() -> None:
    async with service(redirect(302, "/there")) as here:
        assert await sent(here, redirects=False) == b"302 "
        assert here.connections == 1


@pytest.mark.parametrize(
    ("status", "method", "then"),
    [
        (301, "POST", "GET"), (302, "POST", "GET"), (303, "POST", "GET"), (303, "PUT", "GET"), (307, "POST", "POST"), (308, "POST", "POST"),
        (301, "PUT", "PUT"), (302, "DELETE", "DELETE"), (303, "HEAD", "HEAD"), (301, "GET", "GET"),
    ],
)  # fmt: skip
async def test_within_the_origin_it_is_followed_with_all_it_has(status: int, method: str, then: str) -> None:
    body = b'{"a":1}' if method in ("POST", "PUT", "DELETE") else None
    good = GOOD if method != "HEAD" else answer("Connection: close")
    async with service(in_turn(redirect(status, "../there?x=1"), good)) as here:
        assert (await sent(here, method=method, path="/v1/here", body=body)).startswith(b"200")
        found = lines(here)
        assert found[0] == f"{then} /there?x=1 HTTP/1.1"
        assert f"x-api-key: {KEY}" in found and f"authorization: Bearer {KEY}" in found
        assert here.heads[-1].endswith(body or b"") is (then == method)
        assert ("content-type: application/json" in found) is (then == method and body is not None)


async def test_p23_another_origin_gets_no_key_no_cookie_and_no_header_of_the_author() -> None:
    async with service(GOOD) as there, service(redirect(302, f"http://127.0.0.1:{there.port}/file?sig=1")) as here:
        assert await sent(here, there, path="/here") == b"200 ok"
        assert lines(there)[0] == "GET /file?sig=1 HTTP/1.1"
        assert KEY.encode() not in there.heads[0] and b"cookie" not in there.heads[0]
        assert "accept: text/x" in lines(there)
        assert KEY.encode() in here.heads[0]


async def test_p23_it_gets_none_either_when_it_leads_back() -> None:
    async with service(GOOD) as here:
        async with service(redirect(302, f"http://127.0.0.1:{here.port}/back")) as there:
            first = service(redirect(302, f"http://127.0.0.1:{there.port}/"))
            async with first as start:
                assert await sent(start, here, there) == b"200 ok"
        assert KEY.encode() not in here.heads[0]


@pytest.mark.parametrize("status", [307, 308])
async def test_p23_a_body_never_goes_to_another_origin(status: int) -> None:
    async with service(GOOD) as there, service(redirect(status, f"http://127.0.0.1:{there.port}/a?token=t")) as here:
        with pytest.raises(RedirectRefused, match="/a, which is another address") as caught:
            await sent(here, there)
        assert there.connections == 0 and "token" not in str(caught.value.as_json())


async def test_p22_each_hop_is_guarded() -> None:
    async with service(GOOD) as there, service(redirect(302, f"http://127.0.0.1:{there.port}/")) as here:
        with pytest.raises(NotPublic):
            await sent(here)
        assert there.connections == 0


@pytest.mark.parametrize(
    "to", ["http://a b/", "ftp://x/", "javascript:alert(1)", "http://user:pw@x/", "//[", "http://x/%2e%2e/"]
)
async def test_a_redirect_to_what_is_no_address_is_refused(to: str) -> None:
    async with service(redirect(302, to)) as here:
        with pytest.raises(RedirectRefused, match="cannot be read"):
            await sent(here)


async def test_a_circle_ends() -> None:
    async with service(redirect(302, "/again")) as here:
        with pytest.raises(TooManyRedirects):
            await sent(here)
        assert here.connections == 4


@pytest.mark.parametrize("hops", [1, 2, 3])
async def test_p23_three_hops_lead_to_an_answer_that_is_read_to_its_end(hops: int) -> None:
    async with service(in_turn(*[redirect(302, "/on")] * hops, GOOD)) as here:
        assert await sent(here) == b"200 ok"
        assert here.connections == hops + 1


@pytest.mark.parametrize("to", ["http://api.example/", "http://cdn.example/file"])
def test_p23_https_is_never_left(to: str) -> None:
    request = replace(Service(port=443).request(redirects=True), address=read("https://api.example/v1"), body=None)
    with pytest.raises(RedirectRefused, match="where nothing is encrypted"):
        onward(request, 302, to)
    assert onward(request, 302, to.replace("http:", "https:")) is not None


def test_where_it_leads_is_said_without_its_query() -> None:
    request = Service(port=8001).request(path="/v1/a")
    assert leads_to(request, "b?token=t#x") == "http://127.0.0.1/v1/b"
    assert leads_to(request, "https://elsewhere.example/x?y") == "https://elsewhere.example/x"


async def test_p23_a_key_in_the_url_is_not_carried_along_to_another_origin() -> None:
    scheme = auth["key_in_url"].using({"key": f"{KEY}/+"}, {})
    async with service(GOOD) as there:
        to = f"http://127.0.0.1:{there.port}/moved?a=1&key={quote(KEY, safe='')}%2F%2B"
        async with service(redirect(307, to)) as here:
            with pytest.raises(RedirectRefused) as caught:
                await sent(here, there, auth=scheme, secrets=scheme.known, method="GET", body=None)
        assert there.connections == 0 and KEY not in f"{caught.value.as_json()}"
