"""What reads the fields of a call is the same for all of its streams, except where it remembers what it read."""

import pytest

from connector.answers.extract import Extraction, Field
from connector.answers.frame import frame_of

ANSWER = Field("fd_answer", "text_stream", "choices[0].delta.content", {"event": None, "match": {"kind": "text"}})
FINAL = Field("fd_final1", "text_stream", "text", mode="segments", replacement={"path": "final", "when": None})


def of_call(fields):
    return Extraction(fields, is_of_call=True)


def read(extraction, *frames):
    return [piece for each in frames for _, _, piece in extraction.feed(frame_of(each))]


@pytest.mark.parametrize("field", [ANSWER, FINAL], ids=lambda field: field.id)
def test_streams_of_a_call_share_what_reads_their_frames(field):
    one, other = of_call([field]), of_call([field])
    assert one._groups is other._groups
    assert one._groups is not of_call([Field("fd_other1", "text_stream", "choices[0].delta.content")])._groups


def test_the_streams_of_a_call_of_an_app_do():
    nodes = {
        "ca_ask001": {"type": "call", "props": {}, "slots": {"fields": ["fd_answer"]}},
        "fd_answer": {"type": "field", "props": {"type": "text_stream", "path": "text"}, "slots": {}},
    }
    one, other = (Extraction.of({"root": "ca_ask001", "nodes": nodes}, "ca_ask001") for _ in range(2))
    assert read(one, b'{"text": "one"}') == ["one"] and one._groups is other._groups


def test_streams_that_share_them_read_in_turns_what_each_of_them_says():
    one, other = of_call([ANSWER]), of_call([ANSWER])
    says = b'{"kind": "text", "choices": [{"delta": {"content": "%s"}}]}'
    for number in range(3):
        assert read(one, says % b"one") == ["one"]
        assert read(other, says % b"two") == ["two"], number


def test_a_path_that_json_cannot_express_is_read_all_the_same():
    odd = Field("fd_odd001", "text", '["\ud83d"]')
    assert read(of_call([odd]), b'{"\\ud83d": "found"}') == ["found"]


def test_what_is_tried_on_recordings_is_not_kept():
    assert Extraction([ANSWER])._groups is not Extraction([ANSWER])._groups


def test_a_stream_of_strings_tells_no_other_stream_that_its_frames_are_strings():
    whole = Field("fd_whole1", "text_stream", "$")
    strings, texts = of_call([whole]), of_call([whole])
    assert read(strings, b'"one"') == ["one"]
    assert read(texts, b"two", b'"three"') == ["two", '"three"']
    assert read(strings, b'"four"') == ["four"]


def test_pieces_of_one_stream_are_not_joined_with_those_of_another():
    city = Field("fd_city01", "text", "arguments[json].city")
    one, other = of_call([city]), of_call([city])
    assert read(one, b'{"arguments": "{\\"city\\": "}') == []
    assert read(other, b'{"arguments": "{\\"city\\": "}') == []
    assert read(one, b'{"arguments": "\\"Oslo\\"}"}') == ["Oslo"]
    assert read(other, b'{"arguments": "\\"Rome\\"}"}') == ["Rome"]


def test_a_final_wording_that_is_in_a_text_is_not_shared_either():
    field = Field("fd_both01", "text_stream", "text", mode="segments", replacement={"path": "said[json].final"})
    assert of_call([field])._groups is not of_call([field])._groups
