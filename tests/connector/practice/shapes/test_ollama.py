"""Ollama chat, byte for byte."""

import json
import re

from tests.connector.practice.conftest import QUESTION
from tests.connector.practice.reading import counted, expected

LINE = re.compile(
    rb'\{"model":"m:1b","created_at":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.(\d{0,8}[1-9]|0)Z",'
    rb'"message":\{"role":"assistant","content":".*"\},"done":false\}'
)
LAST = re.compile(
    rb'\{"model":"m:1b","created_at":"[^"]*","message":\{"role":"assistant","content":""\},"done_reason":"stop",'
    rb'"done":true,"total_duration":\d+,"load_duration":\d+,"prompt_eval_count":\d+,"prompt_eval_duration":\d+,'
    rb'"eval_count":\d+,"eval_duration":\d+\}'
)


def _ask(api, question=QUESTION, **changes):
    body = {"model": "m:1b", "messages": [{"role": "user", "content": question}]}
    return api.post("/api/chat", json=body | changes)


def test_the_lines_are_the_vendors_byte_for_byte_and_come_without_being_asked_for(api):
    answer = _ask(api)
    assert answer.headers["content-type"] == "application/x-ndjson"
    *lines, last, rest = answer.content.split(b"\n")
    assert all(LINE.fullmatch(line) for line in lines)
    assert LAST.fullmatch(last)
    assert rest == b""


def test_the_text_and_the_counts_are_right(api):
    values = [json.loads(line) for line in _ask(api).content.splitlines()]
    assert [value["message"]["content"] for value in values[:-1]] == expected(QUESTION)
    assert values[-1]["prompt_eval_count"] == counted(QUESTION)
    assert values[-1]["eval_count"] == len(expected(QUESTION))


def test_angle_brackets_and_ampersands_are_escaped_as_go_does(api):
    question = "Is a < b && b > c code?"
    content = _ask(api, question).content
    assert not {b"<", b">", b"&"} & {content[at : at + 1] for at in range(len(content))}
    assert b"\\u003c" in content and b"\\u003e" in content and b"\\u0026" in content
    values = [json.loads(line) for line in content.splitlines()]
    assert "".join(value["message"]["content"] for value in values) == "".join(expected(question))


def test_with_stream_false_it_is_one_value(api):
    value = _ask(api, stream=False).json()
    assert value["message"]["content"] == "".join(expected(QUESTION))
    assert value["done"] is True


def test_a_refusal_has_the_vendors_shape(api):
    answer = api.post("/api/chat", json={"messages": []})
    assert (answer.status_code, answer.json()) == (400, {"error": "messages must be a list of at least one message."})
