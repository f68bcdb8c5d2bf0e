"""OpenAI Chat Completions, byte for byte."""

import re

import pytest

from tests.connector.practice.conftest import QUESTION
from tests.connector.practice.reading import counted, events, expected

PATH = "/v1/chat/completions"
CHUNK = re.compile(
    rb'\{"id":"chatcmpl-\w{29}","object":"chat.completion.chunk","created":\d{10},"model":"m-1","service_tier":"default",'
    rb'"system_fingerprint":"fp_[0-9a-f]{10}","choices":\[(?P<choice>.*)\](?P<usage>,"usage":(null|\{.*\}))?'
    rb'(?P<filler>,"obfuscation":"\w{3,15}")?\}'
)
MESSAGES = [{"role": "system", "content": "Be kind."}, {"role": "user", "content": QUESTION}]


def _good(**changes):
    return {"model": "m-1", "stream": True, "messages": MESSAGES} | changes


def _chunks(answer):
    lines = answer.content.split(b"\n\n")
    assert lines[-2:] == [b"data: [DONE]", b""]
    return [CHUNK.fullmatch(line.removeprefix(b"data: ")) for line in lines[:-2]]


def test_the_chunks_are_the_vendors_byte_for_byte(api):
    answer = api.post(PATH, json=_good())
    assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
    first, *middle, last = _chunks(answer)
    assert first["choice"] == (
        b'{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":null}'
    )
    assert last["choice"] == b'{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}'
    for chunk in middle:
        assert re.fullmatch(
            rb'\{"index":0,"delta":\{"content":".*"\},"logprobs":null,"finish_reason":null\}', chunk["choice"]
        )
    assert all(chunk["filler"] and not chunk["usage"] for chunk in (first, *middle, last))


def test_the_text_is_the_one_known_by_the_seed(api):
    read = events(api.post(PATH, json=_good()).content)
    pieces = [value["choices"][0]["delta"].get("content") for _, value in read[1:-2]]
    assert pieces == expected(QUESTION)
    assert len({value["id"] for _, value in read[:-1]}) == 1


def test_the_counts_come_in_a_chunk_without_choices_when_they_are_asked_for(api):
    *chunks, last = _chunks(api.post(PATH, json=_good(stream_options={"include_usage": True})))
    assert {chunk["usage"] for chunk in chunks} == {b',"usage":null'}
    assert last["choice"] == b""
    said, heard = counted("Be kind.", QUESTION), len(expected(QUESTION))
    assert last["usage"].startswith(
        b',"usage":{"prompt_tokens":%d,"completion_tokens":%d,"total_tokens":%d,' % (said, heard, said + heard)
    )


def test_the_filler_can_be_left_out(api):
    chunks = _chunks(api.post(PATH, json=_good(stream_options={"include_obfuscation": False})))
    assert not any(chunk["filler"] for chunk in chunks)


@pytest.mark.parametrize("stream", [False, None, "true"])
def test_without_stream_true_it_is_one_json_value(api, stream):
    answer = api.post(PATH, json=_good(stream=stream))
    assert answer.headers["content-type"].startswith("application/json")
    value = answer.json()
    assert value["object"] == "chat.completion"
    assert value["choices"][0]["message"]["content"] == "".join(expected(QUESTION))
    assert value["usage"]["completion_tokens"] == len(expected(QUESTION))


def test_a_message_may_be_a_list_of_parts(api):
    parts = [{"type": "text", "text": QUESTION}, {"type": "image_url", "image_url": {"url": "https://a.example/"}}]
    answer = api.post(PATH, json=_good(messages=[{"role": "user", "content": parts}], stream=False))
    assert answer.json()["choices"][0]["message"]["content"] == "".join(expected(QUESTION))


def test_the_answer_knows_the_question_before(api):
    messages = [
        {"role": "user", "content": "How do I bake bread?"},
        {"role": "assistant", "content": "With flour."},
        {"role": "user", "content": QUESTION},
    ]
    answer = api.post(PATH, json=_good(messages=messages, stream=False))
    text = answer.json()["choices"][0]["message"]["content"]
    assert text == "".join(expected(QUESTION, "How do I bake bread?"))
    assert "How do I bake bread?" in text


@pytest.mark.parametrize("messages", [None, [], "hello", ["hello"]])
def test_messages_that_are_none_are_refused_in_the_vendors_shape(api, messages):
    answer = api.post(PATH, json=_good(messages=messages))
    assert answer.status_code == 400
    sentence = "messages must be a list of at least one message."
    assert answer.json() == {
        "error": {"message": sentence, "type": "invalid_request_error", "param": None, "code": None}
    }


def test_half_a_surrogate_pair_does_no_harm(api):
    body = b'{"messages":[{"role":"user","content":"\\ud83d and the moon"}]}'
    assert "? and the moon" in api.post(PATH, content=body).json()["choices"][0]["message"]["content"]
