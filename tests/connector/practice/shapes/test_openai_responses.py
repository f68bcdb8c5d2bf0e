"""OpenAI Responses, byte for byte."""

import re

from tests.connector.practice.conftest import QUESTION
from tests.connector.practice.reading import counted, events, expected

PATH = "/v1/responses"
DELTA = re.compile(
    rb"event: response\.output_text\.delta\n"
    rb'data: \{"type":"response\.output_text\.delta","content_index":0,"delta":".*","item_id":"msg_[0-9a-f]{50}",'
    rb'"logprobs":\[\],"obfuscation":"\w{3,15}","output_index":0,"sequence_number":\d+\}'
)
FRAME = [
    "response.created",
    "response.in_progress",
    "response.output_item.added",
    "response.content_part.added",
    "response.output_text.done",
    "response.content_part.done",
    "response.output_item.done",
    "response.completed",
]


def _good(**changes):
    return {"model": "m-1", "stream": True, "instructions": "Be kind.", "input": QUESTION} | changes


def test_the_events_come_in_the_vendors_order_and_are_numbered(api):
    read = events(api.post(PATH, json=_good()).content)
    assert [name for name, _ in read if name != "response.output_text.delta"] == FRAME
    assert [value["type"] for _, value in read] == [name for name, _ in read]
    assert [value["sequence_number"] for _, value in read] == list(range(len(read)))


def test_the_deltas_are_the_vendors_byte_for_byte(api):
    blocks = api.post(PATH, json=_good()).content.split(b"\n\n")
    deltas = [block for block in blocks if b"output_text.delta" in block]
    assert len(deltas) == len(expected(QUESTION))
    assert all(DELTA.fullmatch(delta) for delta in deltas)


def test_the_text_comes_in_deltas_and_whole_in_every_closing_event(api):
    read = events(api.post(PATH, json=_good()).content)
    assert [value["delta"] for name, value in read if name == "response.output_text.delta"] == expected(QUESTION)
    done, part, item, completed = (value for _, value in read[-4:])
    output = completed["response"]["output"][0]
    texts = (done["text"], part["part"]["text"], item["item"]["content"][0]["text"], output["content"][0]["text"])
    assert set(texts) == {"".join(expected(QUESTION))}


def test_the_counts_come_with_the_last_event(api):
    read = events(api.post(PATH, json=_good()).content)
    usage = read[-1][1]["response"]["usage"]
    assert list(usage) == [
        "input_tokens", "input_tokens_details", "output_tokens", "output_tokens_details", "total_tokens",
    ]  # fmt: skip
    assert usage["input_tokens"] == counted("Be kind.", QUESTION)
    assert usage["output_tokens"] == len(expected(QUESTION))
    assert read[0][1]["response"]["usage"] is None
    assert read[0][1]["response"]["instructions"] == "Be kind."


def test_the_input_may_be_a_list_of_messages(api):
    asked = [{"role": "user", "content": [{"type": "input_text", "text": QUESTION}]}]
    value = api.post(PATH, json=_good(input=asked, stream=False)).json()
    assert value["status"] == "completed"
    assert value["output"][0]["content"][0]["text"] == "".join(expected(QUESTION))


def test_without_input_it_is_refused(api):
    answer = api.post(PATH, json={"stream": True})
    assert answer.status_code == 400
    assert answer.json()["error"]["message"] == "Missing required parameter: 'input'."
