"""What an answer is read as: each response type (S2), nothing (204), an HTTP error that is wanted (S10)."""

from typing import Any

import pytest

from connector.answers.extract import Field
from tests.connector.calling import STATUS, TEXT, Kept, ended, started, values
from tests.connector.loopback import service


def http(status: str, body: bytes = b"", *lines: str) -> bytes:
    head = "\r\n".join([f"HTTP/1.1 {status}", *lines, f"Content-Length: {len(body)}", "Connection: close", "", ""])
    return head.encode() + body


JSON = "Content-Type: application/json"
FIELDS = [Field("name", "text", "user.name"), *STATUS]


@pytest.mark.parametrize(
    ("type", "answer", "path"),
    [
        ("json", http("200 OK", b'{"user": {"name": "Ada"}}', JSON), "user.name"),
        ("xml", http("200 OK", b"<user><name>Ada</name></user>", "Content-Type: text/xml"), "user.name"),
        ("text", http("200 OK", b"Ada", "Content-Type: text/plain"), "$"),
        (
            "stream",
            http("200 OK", b'data: {"user": {"name": "Ada"}}\n\n', "Content-Type: text/event-stream"),
            "user.name",
        ),
    ],
)
async def test_s2_each_type_of_answer_is_read(type: str, answer: bytes, path: str) -> None:
    async with service(answer) as here:
        stream = await ended(started(here, Field("name", "text", path), *STATUS, response_type=type))
        assert (stream.state, stream.field("name")) == ("done", "Ada")
        assert values(stream, "code", "words", "failed") == [200, "OK", False]
        assert stream.field("body").encode() == answer.partition(b"\r\n\r\n")[2]


async def test_s2_an_empty_answer_is_not_read() -> None:
    async with service(http("200 OK", b"{nonsense", JSON)) as here:
        stream = await ended(started(here, *FIELDS, response_type="empty"))
        assert (stream.state, values(stream)) == ("done", [200, "OK", "", False])


@pytest.mark.parametrize("type", ["json", "text", "xml", "stream", "file", "empty"])
@pytest.mark.parametrize("status", ["204 No Content", "205 Reset Content", "304 Not Modified"])
async def test_a_status_without_a_body_is_a_good_end_of_any_call(status: str, type: str) -> None:
    async with service(f"HTTP/1.1 {status}\r\nConnection: close\r\n\r\n".encode()) as here:
        stream = await ended(started(here, *FIELDS, response_type=type, method="DELETE"))
        assert (stream.state, stream.field("code")) == ("done", int(status[:3]))


async def test_a_head_has_headers_and_no_body() -> None:
    fields = [Field("size", "number", "content-length", part="header"), *FIELDS]
    async with service(b"HTTP/1.1 200 OK\r\nContent-Length: 1234\r\nConnection: close\r\n\r\n") as here:
        stream = await ended(started(here, *fields, response_type="json", method="HEAD", body=None))
        assert (stream.state, stream.field("size")) == ("done", 1234)


PNG = b"\x89PNG\r\n\x1a\n"


async def test_s2_a_file_is_kept_and_its_address_is_the_value() -> None:
    kept = Kept()
    answer = http("200 OK", PNG, "Content-Type: image/png; a=b", 'Content-Disposition: inline; filename="cat.png"')
    async with service(answer) as here:
        stream = await ended(started(here, Field("image", "file", "$"), keep=kept, response_type="file"))
    assert kept == [("cat.png", "image/png", PNG)]
    assert (stream.state, stream.field("image")) == ("done", "/files/fl_1/cat.png")


@pytest.mark.parametrize("limits", [{"size": 1000}, {}])
async def test_s12_a_file_over_the_limit_is_not_kept(limits: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connector.answers.answering.FILE_MOST", 2000)
    kept = Kept()
    async with service(http("200 OK", b"x" * 3000, "Content-Type: image/png")) as here:
        stream = await ended(started(here, Field("image", "file", "$"), keep=kept, response_type="file", limits=limits))
    assert (stream.state, stream.error.kind, kept) == ("failed", "limit", [])
    assert stream.field("image") is None


ERROR = http(
    "429 Too Many Requests", b'{"error": {"message": "slow down"}, "user": {"name": "Ada"}}', JSON, "X-Wait: 7"
)


async def test_s10_without_include_errors_an_http_error_is_a_failure_in_words() -> None:
    async with service(ERROR) as here:
        stream = await ended(started(here, *FIELDS, response_type="json"))
        assert stream.state == "failed"
        assert stream.error.sentence == "Acme says there were too many calls (429). It says: slow down."


@pytest.mark.parametrize("type", ["json", "stream", "text", "xml", "file", "empty"])
async def test_s10_with_include_errors_it_is_a_result(type: str) -> None:
    kept = Kept()
    fields = [*FIELDS, Field("wait", "number", "x-wait", part="header")]
    async with service(ERROR) as here:
        stream = await ended(started(here, *fields, keep=kept, response_type=type, include_errors=True))
    assert (stream.state, stream.error, kept) == ("done", None, [])
    assert values(stream, "code", "words", "failed", "wait") == [429, "Too Many Requests", True, 7]
    assert stream.field("body") == ERROR.partition(b"\r\n\r\n")[2].decode()
    if type in ("json", "stream"):
        assert stream.field("name") == "Ada"


async def test_s10_a_web_page_and_nothing_are_results_too() -> None:
    for answer in (http("500 Oops", b"<html>sorry</html>", "Content-Type: text/html"), http("503 Away")):
        async with service(answer) as here:
            stream = await ended(started(here, *FIELDS, response_type="json", include_errors=True))
        assert (stream.state, stream.field("failed")) == ("done", True)


async def test_s10_what_never_answered_is_a_failure_all_the_same() -> None:
    async with service(b"") as here:
        stream = await ended(started(here, *FIELDS, response_type="json", include_errors=True))
        assert stream.state == "failed" and stream.field("failed") is None


async def test_p23_a_redirect_that_is_not_followed_says_where_it_leads() -> None:
    answer = http("302 Found", b"", "Location: https://new.example/v2?token=secret")
    async with service(answer) as here:
        stream = await ended(started(here, *FIELDS, response_type="json"))
        assert stream.error.sentence == "Acme answered that the call goes to https://new.example/v2 (302)."
        stream = await ended(started(here, *FIELDS, response_type="json", include_errors=True))
        assert (stream.state, values(stream, "code", "failed")) == ("done", [302, True])


@pytest.mark.parametrize(
    ("type", "answer", "said"),
    [
        ("stream", http("200 OK", b'{"a": 1}', JSON), "answered with one JSON value"),
        ("stream", http("200 OK", b'{"error": {"message": "No such key"}}', JSON), "Acme sent an error: No such key"),
        ("stream", http("200 OK", b'{"code": 4100, "msg": "Who is it?"}', JSON), "Acme sent an error: Who is it?"),
        ("stream", http("200 OK", b"<html>Sign in</html>", "Content-Type: text/html"), "answered with a web page"),
        ("json", http("200 OK", b"{nonsense", JSON), "cannot be read"),
        ("json", http("200 OK", b"", JSON), "sent nothing"),
    ],
)
async def test_an_answer_that_is_none_is_a_failure_in_words(type: str, answer: bytes, said: Any) -> None:
    async with service(answer) as here:
        stream = await ended(started(here, TEXT, response_type=type))
        assert stream.state == "failed" and said in stream.error.sentence
