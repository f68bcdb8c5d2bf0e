"""Gemini, byte for byte: events with CRLF, and the pretty-printed array."""

import json
import re

import pytest

from tests.connector.practice.conftest import QUESTION
from tests.connector.practice.reading import counted, events, expected

PATH = "/v1beta/models/g-1:streamGenerateContent"
BODY = {"contents": [{"role": "user", "parts": [{"text": QUESTION}]}]}
EVENT = re.compile(
    rb'data: \{"candidates": \[\{"content": \{"parts": \[\{"text": ".*"\}\],"role": "model"\},'
    rb'(?P<end>"finishReason": "STOP",)?"index": 0\}\],"usageMetadata": \{"promptTokenCount": \d+,'
    rb'"candidatesTokenCount": \d+,"totalTokenCount": \d+,"promptTokensDetails": \[\{"modality": "TEXT",'
    rb'"tokenCount": \d+\}\]\},"modelVersion": "g-1","responseId": "\w{23}"\}'
)
ELEMENT = """{
  "candidates": [
    {
      "content": {
        "parts": [
          {
            "text": %s
          }
        ],
        "role": "model"
      },
      "index": 0
    }
  ],
  "usageMetadata": {
    "promptTokenCount": %d,
    "candidatesTokenCount": 4,
    "totalTokenCount": %d,
    "promptTokensDetails": [
      {
        "modality": "TEXT",
        "tokenCount": %d
      }
    ],
    "serviceTier": "standard"
  },
  "modelVersion": "g-1",
  "responseId": """


def _text(value):
    return value["candidates"][0]["content"]["parts"][0]["text"]


def test_with_alt_sse_the_events_are_the_vendors_byte_for_byte(api):
    answer = api.post(PATH, params={"alt": "sse"}, json=BODY)
    assert answer.headers["content-type"] == "text/event-stream"
    *blocks, last, rest = answer.content.split(b"\r\n\r\n")
    assert all(EVENT.fullmatch(block)["end"] is None for block in blocks)
    assert EVENT.fullmatch(last)["end"]
    assert rest == b""


def test_without_it_the_array_is_the_vendors_byte_for_byte(api):
    answer = api.post(PATH, json=BODY)
    assert answer.headers["content-type"] == "application/json; charset=UTF-8"
    text = answer.content.decode()
    first = json.dumps("".join(expected(QUESTION)[:4]), ensure_ascii=False)
    said = counted(QUESTION)
    assert text.startswith("[" + ELEMENT % (first, said, said + 4, said))
    assert '"\n}\n,\n{\n' in text
    assert text.endswith('"\n}\n]')


@pytest.mark.parametrize("alt", ["sse", "json"])
def test_the_text_is_whole_and_the_counts_run(api, alt):
    content = api.post(PATH, params={"alt": alt}, json=BODY).content
    values = [value for _, value in events(content, b"\r\n")] if alt == "sse" else json.loads(content)
    assert "".join(_text(value) for value in values) == "".join(expected(QUESTION))
    running = [value["usageMetadata"]["candidatesTokenCount"] for value in values]
    assert running == sorted(running)
    assert running[-1] == len(expected(QUESTION))
    assert values[-1]["candidates"][0]["finishReason"] == "STOP"


def test_generate_content_gives_one_value(api):
    value = api.post("/v1beta/models/g-1:generateContent", json=BODY).json()
    assert _text(value) == "".join(expected(QUESTION))


def test_a_refusal_has_the_vendors_shape(api):
    answer = api.post(PATH, json={})
    assert answer.status_code == 400
    sentence = "contents must be a list of at least one message."
    assert answer.json() == {"error": {"code": 400, "message": sentence, "status": "INVALID_ARGUMENT"}}
