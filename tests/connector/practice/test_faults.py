"""Every fault of the practice API, seen from the client's side."""

import json

import httpx
import pytest

from connector.practice.faults import FAULTS
from connector.practice.shapes import SHAPES
from tests.connector.practice.conftest import QUESTION
from tests.connector.practice.reading import events, expected

BODY = {"stream": True, "messages": [{"role": "user", "content": QUESTION}]}
CHAT = "/v1/chat/completions"
each_shape = pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)


def _ask(client, shape, **query):
    if shape.example:
        return client.post(shape.path, json=shape.example, params=query)
    return client.get(shape.path, params={"q": "tides", **query})


@each_shape
@pytest.mark.parametrize("status", [401, 429, 500])
def test_a_refusal_has_the_status_and_the_vendors_body(api, shape, status):
    answer = _ask(api, shape, fault=str(status))
    assert answer.status_code == status
    assert set(answer.json()) == set(shape.error(status, "any"))
    assert answer.headers.get("retry-after") == ("20" if status == 429 else None)


@pytest.mark.parametrize(
    ("path", "where", "kinds"),
    [
        (CHAT, ("error", "code"), {401: "invalid_api_key", 429: "rate_limit_exceeded", 500: None}),
        ("/v1/responses", ("error", "code"), {401: "invalid_api_key", 429: "rate_limit_exceeded", 500: None}),
        ("/v1/messages", ("error", "type"), {401: "authentication_error", 429: "rate_limit_error", 500: "api_error"}),
        (
            "/v1beta/models/m:streamGenerateContent",
            ("error", "status"),
            {401: "UNAUTHENTICATED", 429: "RESOURCE_EXHAUSTED", 500: "INTERNAL"},
        ),
    ],
)
def test_a_refusal_is_named_as_the_vendor_names_it(api, path, where, kinds):
    for status, kind in kinds.items():
        outer, inner = where
        assert api.post(path, json=BODY, params={"fault": status}).json()[outer][inner] == kind


@each_shape
def test_json_is_one_value_although_a_stream_was_asked_for(api, shape):
    answer = _ask(api, shape, fault="json")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/json")
    assert isinstance(answer.json(), dict)


@each_shape
def test_html_is_a_sign_in_page_that_runs_no_script(api, shape):
    answer = _ask(api, shape, fault="html")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "<title>Sign in" in answer.text
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"


@each_shape
def test_empty_is_a_200_of_the_streams_type_without_body(api, shape):
    answer = _ask(api, shape, fault="empty")
    assert (answer.status_code, answer.content) == (200, b"")
    assert not answer.headers["content-type"].startswith("text/html")


@each_shape
def test_cut_breaks_the_connection_off_in_the_middle_of_a_frame(api, shape):
    """The client must see an incomplete body, never a clean end."""
    whole = _ask(api, shape, count="9").content
    query = {"fault": "cut", "after": "3", "count": "9"}
    request = {"json": shape.example} if shape.example else {}
    method = "POST" if shape.example else "GET"
    got = bytearray()
    with api.stream(method, shape.path, params={"q": "tides", **query}, **request) as answer:
        assert answer.status_code == 200
        with pytest.raises(httpx.RemoteProtocolError, match="incomplete chunked read"):
            for piece in answer.iter_raw():
                got += piece
    assert 0 < len(got) < len(whole)
    assert not got.endswith((b"\n\n", b"\r\n\r\n", b"\n}"))


def test_cut_comes_even_when_the_answer_is_shorter(api):
    with pytest.raises(httpx.RemoteProtocolError):
        api.post(CHAT, json=BODY, params={"fault": "cut", "length": "2"})


def test_cut_can_come_before_the_first_piece(api):
    with pytest.raises(httpx.RemoteProtocolError):
        api.get("/text", params={"fault": "cut", "after": "0"})


def test_stall_sends_headers_and_some_pieces_and_then_nothing(api):
    query = {"fault": "stall", "after": "3"}
    got = b""
    with api.stream("POST", CHAT, json=BODY, params=query, timeout=0.4) as answer:
        assert answer.status_code == 200
        with pytest.raises(httpx.ReadTimeout):
            for piece in answer.iter_raw():
                got += piece
    values = [value for _, value in events(got)]
    assert [value["choices"][0]["delta"]["content"] for value in values] == ["", *expected(QUESTION)[:3]]


@pytest.mark.parametrize("after", ["0", "3", "5000"])
def test_error_comes_inside_the_stream_and_ends_it(api, after):
    read = events(api.post(CHAT, json=BODY, params={"fault": "error", "after": after}).content)
    assert len(read) - 2 == min(int(after), len(expected(QUESTION)))
    message = "The server had an error while processing your request. Sorry about that!"
    assert read[-1][1] == {"error": {"message": message, "type": "server_error", "param": None, "code": None}}


def test_error_is_anthropics_own_event(api):
    name, value = events(api.post("/v1/messages", json=BODY, params={"fault": "error"}).content)[-1]
    assert name == "error"
    assert value == {"type": "error", "error": {"details": None, "type": "overloaded_error", "message": "Overloaded"}}


def test_error_is_two_events_in_responses(api):
    read = events(api.post("/v1/responses", json={"stream": True, "input": "hi"}, params={"fault": "error"}).content)
    assert [name for name, _ in read[-2:]] == ["error", "response.failed"]
    assert read[-1][1]["response"]["error"]["code"] == "server_error"
    assert read[-1][1]["sequence_number"] == len(read) - 1


def test_error_is_a_bare_object_after_geminis_events_and_an_element_of_its_array(api):
    path, body = "/v1beta/models/m:streamGenerateContent", {"contents": [{"parts": [{"text": "tides"}]}]}
    streamed = api.post(path, json=body, params={"alt": "sse", "fault": "error", "after": "2"}).content
    assert json.loads(streamed.split(b"\r\n\r\n")[-1])["error"]["code"] == 500
    for after in ("0", "2"):
        array = api.post(path, json=body, params={"fault": "error", "after": after}).json()
        assert len(array) == int(after) + 1
        assert array[-1]["error"]["status"] == "INTERNAL"


def test_error_is_a_line_of_ollamas(api):
    lines = api.post("/api/chat", json=BODY, params={"fault": "error"}).content.splitlines()
    assert set(json.loads(lines[-1])) == {"error"}


def test_error_of_nlx_and_of_the_ticker_are_events(api):
    nlx = api.post("/nlx/a-en-US", json={"request": {}}, params={"fault": "error", "after": "1"}).content
    ticker = api.get("/ticker", params={"fault": "error", "after": "1"}).content
    assert events(nlx)[-1][1]["type"] == events(ticker)[-1][1]["type"] == "error"


def test_error_of_plain_text_is_only_text(api):
    assert api.get("/text", params={"fault": "error", "after": "2"}).text.endswith("could not be finished.")


def test_slow_start_holds_even_the_headers_back(api):
    with (
        pytest.raises(httpx.ReadTimeout),
        api.stream("POST", CHAT, json=BODY, params={"fault": "slow_start"}, timeout=0.3),
    ):
        raise AssertionError("headers came")
    answer = api.get("/text", params={"q": QUESTION, "fault": "slow_start", "wait": "0.2"})
    assert answer.elapsed.total_seconds() > 0.2
    assert answer.text == "".join(expected(QUESTION))


def test_a_fault_that_does_not_exist_is_refused_with_those_that_do(api):
    answer = api.post(CHAT, json=BODY, params={"fault": "fire"})
    assert answer.status_code == 400
    assert all(fault in answer.json()["error"]["message"] for fault in FAULTS)
