"""Anthropic Messages, byte for byte."""

import re

from tests.connector.practice.conftest import QUESTION
from tests.connector.practice.reading import counted, events, expected

PATH = "/v1/messages"
HEADERS = {"x-api-key": "practice", "anthropic-version": "2023-06-01"}
START = re.compile(
    rb'event: message_start\ndata: \{"type":"message_start","message":\{"model":"m-1","id":"msg_01\w{22}",'
    rb'"type":"message","role":"assistant","content":\[\],"stop_reason":null,"stop_sequence":null,"usage":\{'
    rb'"input_tokens":\d+,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"cache_creation":\{'
    rb'"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":0\},"output_tokens":1,"service_tier":"standard",'
    rb'"inference_geo":"not_available"\}\} *\}'
)
DELTA = re.compile(
    rb'event: content_block_delta\ndata: \{"type":"content_block_delta","index":0,'
    rb'"delta":\{"type":"text_delta","text":".*"\} *\}'
)


def _ask(api, **changes):
    messages = [{"role": "user", "content": QUESTION}]
    body = {"model": "m-1", "max_tokens": 1024, "stream": True, "system": "Be kind.", "messages": messages}
    return api.post(PATH, json=body | changes, headers=HEADERS)


def test_the_events_are_the_vendors_byte_for_byte(api):
    answer = _ask(api)
    assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
    start, block, ping, *deltas, stop, ended, last, rest = answer.content.split(b"\n\n")
    assert START.fullmatch(start)
    opened = rb'data: \{"type":"content_block_start","index":0,"content_block":\{"type":"text","text":""\} *\}'
    assert re.fullmatch(rb"event: content_block_start\n" + opened, block)
    assert ping == b'event: ping\ndata: {"type": "ping"}'
    assert all(DELTA.fullmatch(delta) for delta in deltas)
    assert re.fullmatch(rb'event: content_block_stop\ndata: \{"type":"content_block_stop","index":0 *\}', stop)
    assert b'"delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"input_tokens":' in ended
    assert re.fullmatch(rb'event: message_stop\ndata: \{"type":"message_stop" *\}', last)
    assert rest == b""
    assert any(b" }" in delta for delta in deltas)


def test_the_text_and_the_counts_are_right(api):
    values = [value for _, value in events(_ask(api).content)]
    deltas = [value["delta"]["text"] for value in values if value["type"] == "content_block_delta"]
    assert deltas == expected(QUESTION)
    assert values[0]["message"]["usage"]["input_tokens"] == counted("Be kind.", QUESTION)
    assert values[-2]["usage"]["output_tokens"] == len(expected(QUESTION))


def test_without_stream_it_is_one_message(api):
    value = _ask(api, stream=False).json()
    assert value["content"] == [{"type": "text", "text": "".join(expected(QUESTION))}]
    assert value["stop_reason"] == "end_turn"
    assert value["usage"]["output_tokens"] == len(expected(QUESTION))


def test_a_refusal_has_the_vendors_shape(api):
    answer = _ask(api, messages=[])
    assert answer.status_code == 400
    assert answer.json()["type"] == "error"
    assert answer.json()["error"]["type"] == "invalid_request_error"
