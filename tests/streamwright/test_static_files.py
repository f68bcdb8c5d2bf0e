"""Static files, over real connections."""

import gzip
from collections.abc import Iterator

import httpx
import pytest

from tests.server import StreamwrightServer


@pytest.fixture(scope="module")
def client(server_of_module: StreamwrightServer) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server_of_module.url) as client:
        yield client


@pytest.fixture(scope="module")
def server_of_module(new_home) -> Iterator[StreamwrightServer]:
    with StreamwrightServer(new_home()) as server:
        yield server


@pytest.fixture(scope="module")
def address(client: httpx.Client) -> str:
    """A style sheet as a page links it: with a hash in its name."""
    page = client.get("/sign-in/").text
    return page.split('<link rel="stylesheet" href="')[1].split('"')[0]


def test_a_file_with_a_hash_is_kept_for_ever_and_is_never_taken_for_a_page(client: httpx.Client, address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, 'text/css; charset="utf-8"')
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "@layer" in answer.text


def test_it_is_sent_compressed_to_who_takes_that(client: httpx.Client, address: str) -> None:
    with client.stream("GET", address, headers={"accept-encoding": "gzip"}) as answer:
        packed = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) == len(packed)
    assert gzip.decompress(packed) == client.get(address, headers={"accept-encoding": "identity"}).content


def test_what_a_browser_has_already_is_not_sent_again(client: httpx.Client, address: str) -> None:
    etag = client.get(address).headers["etag"]
    again = client.get(address, headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_a_head_has_no_body_and_nothing_can_be_posted(client: httpx.Client, address: str) -> None:
    head = client.head(address)
    assert (head.status_code, head.content) == (200, b"")
    assert client.post(address).status_code == 405


def test_a_header_that_is_no_utf_8_is_no_hindrance(client: httpx.Client, address: str) -> None:
    assert client.get(address, headers={"cookie": b"name=caf\xe9"}).status_code == 200


@pytest.mark.parametrize("path", ["css/nothing.css", "../streamwright/settings.py", "%2e%2e/%2e%2e/manage.py", ""])
def test_what_is_no_static_file_is_not_found(client: httpx.Client, path: str) -> None:
    assert client.get(f"/static/{path}").status_code == 404
