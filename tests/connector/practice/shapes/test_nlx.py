"""NLX, byte for byte."""

import re

import pytest

from tests.connector.practice.conftest import QUESTION
from tests.connector.practice.reading import events, expected

PATH = "/nlx/c/deployment/channel-en-US"
MESSAGE = re.compile(
    rb'data: \{"type":"message","messageId":"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}",'
    rb'"nodeId":"n-\d+","text":".*","choices":\[\],"metadata":\{"intentId":"PracticeFlow"\}\}'
)
FINAL = re.compile(
    rb'data: \{"type":"final_response","data":\{"conversationId":"c-1","expirationTimestamp":\d{13},"messages":\[\],'
    rb'"metadata":\{"intentId":"PracticeFlow","escalation":false,"frustration":false,"incomprehension":false,'
    rb'"hasPendingDataRequest":false,"uploadUrls":\[\],"sources":\[\]\}\}\}'
)


def _good(**changes):
    return {"conversationId": "c-1", "request": {"unstructured": {"text": QUESTION}}, "stream": True} | changes


def test_the_objects_are_the_vendors_byte_for_byte(api):
    answer = api.post(PATH, json=_good(), headers={"nlx-api-key": "practice"})
    assert answer.headers["content-type"] == "text/event-stream"
    first, second, *messages, final, rest = answer.content.split(b"\n\n")
    assert first == 'data: {"type":"interim","text":"Looking at your request…"}'.encode()
    assert second == 'data: {"type":"interim","text":"Writing an answer…"}'.encode()
    assert all(MESSAGE.fullmatch(message) for message in messages)
    assert FINAL.fullmatch(final)
    assert rest == b""


def test_the_bubbles_are_sentences_and_together_the_text(api):
    read = [value for _, value in events(api.post(PATH, json=_good()).content)]
    bubbles = [value["text"] for value in read if value["type"] == "message"]
    assert len(bubbles) > 3
    assert "".join(bubbles) == "".join(expected(QUESTION))


def test_with_stream_false_everything_is_in_the_final_response(api):
    value = api.post(PATH, json=_good(stream=False)).json()
    assert [message["text"] for message in value["messages"]] == ["".join(expected(QUESTION))]


@pytest.mark.parametrize("request_", [{"structured": {"intentId": "NLX.Welcome"}}, {"unstructured": None}])
def test_a_welcome_is_answered_with_a_greeting(api, request_):
    read = [value for _, value in events(api.post(PATH, json=_good(request=request_)).content)]
    assert "Hello!" in "".join(value.get("text", "") for value in read)


def test_a_path_without_language_code_is_not_there(api):
    assert api.post("/nlx/c/deployment/channel", json=_good()).status_code == 404


def test_a_refusal_says_what_is_missing(api):
    answer = api.post(PATH, json={"text": "hello"})
    assert answer.status_code == 400
    assert "unstructured.text" in answer.json()["message"]
