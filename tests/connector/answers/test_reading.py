"""Reading an answer whose framing and options are only known from its first bytes, or are kept from Initialize."""

import random

import pytest

from connector.answers.reading import WHOLE, Reading, options_of
from connector.framings import framings
from connector.spending.limits import Limits
from tests.cases.recorded import FOLDER, Recorded, one, recorded

STREAMS = [*recorded(), *(recorded("more") if (FOLDER / "more").is_dir() else ())]
SPACES = {"keep_leading_space": True}


def read(reading: Reading, body: bytes, seed: int | None = None) -> list[str]:
    places = [] if seed is None else sorted(random.Random(seed).choices(range(len(body) + 1), k=30))
    pieces = [body[start:end] for start, end in zip([0, *places], [*places, None], strict=True)]
    return [frame.text for piece in pieces for frame in reading.frames(piece)] + [f.text for f in reading.close()]


def plain_text(stream: Recorded) -> str:
    """The text of an event stream whose data is mere text, without the event at its end."""
    reading = Reading(stream.content_type, Limits(), options=options_of(stream.content_type, stream.body))
    frames = [frame for chunk in stream.chunks for frame in reading.frames(chunk)] + reading.close()
    return "".join(frame.text for frame in frames if frame.event in (None, stream.gold["when"]["event"]))


@pytest.mark.parametrize("stream", STREAMS, ids=repr)
def test_where_a_stream_is_cut_changes_neither_framing_nor_frames(stream: Recorded) -> None:
    """P2: the framing is chosen by the same bytes wherever the reads end."""
    whole = Reading(stream.content_type, Limits())
    texts = "".join if stream.framing == "text" else list
    frames = texts(read(whole, stream.body))
    for seed in range(8):
        reading = Reading(stream.content_type, Limits())
        assert texts(read(reading, stream.body, seed)) == frames
        assert reading.framing is whole.framing is framings[stream.framing]


@pytest.mark.parametrize("stream", STREAMS, ids=repr)
def test_only_a_server_that_adds_no_space_is_read_with_its_spaces(stream: Recorded) -> None:
    wanted = SPACES if stream.gold.get("keep_leading_space") else {}
    assert options_of(stream.content_type, stream.body) == wanted
    reading = Reading(stream.content_type, Limits())
    read(reading, stream.body, 1)
    assert reading.framing_options == wanted


def test_the_spaces_of_a_text_are_kept() -> None:
    stream = one("sse-plain-text-nospace")
    assert plain_text(stream) == stream.gold["text"]
    assert plain_text(one("sse-plain-text")).startswith(one("sse-plain-text").gold["text"])


PIECES = {
    "no space is added": (["Hello", " dear", " world", ",", " how"], True),
    "a piece may be indented": (["def", " f", "():", "\n   return", " 1"], True),
    "a space is added": ([" Hello", "  dear", "  world", " ,", "  how"], False),
    "one line without it": (["Hello", "  dear", "  world", "  how"], False),
    "words without spaces": (["Hello", "dear", "world"], False),
    "one sloppy line among words": ([" Hello ", " dear ", " world ", "ping"], False),
    "a mark at the end": ([" Hello", "  dear", "  world", "[DONE]"], False),
    "JSON among them": ([" Hello", "  dear", " world", '{"a":1}', '{"b":2}'], False),
    "only JSON": (['{"a":1}', ' {"b":1}', '{"c":1}', ' {"d":1}'], False),
    "one piece": (["Hello"], False),
    "nothing": ([], False),
}


@pytest.mark.parametrize(("pieces", "kept"), PIECES.values(), ids=PIECES.keys())
def test_spaces_are_the_texts_where_no_server_adds_them(pieces: list[str], kept: bool) -> None:
    blocks = [f"data:{piece}\n\n".replace("\n   ", "\ndata:   ") for piece in pieces]
    body = "".join(blocks).encode()
    assert options_of("text/event-stream", body) == (SPACES if kept else {})
    named = "".join(f"event: x\r\n{block}".replace("\n", "\r\n") for block in blocks).replace("\r\r", "\r").encode()
    assert options_of("text/event-stream", b"event: hi\r\ndata: hi\r\n\r\n" + named) == (SPACES if kept else {})


def test_the_options_of_a_call_are_used_from_the_first_byte_on() -> None:
    reading = Reading("text/event-stream", Limits(), options=SPACES)
    assert [frame.text for frame in reading.frames(b"data: a\n\n")] == [" a"]
    assert reading.framing_options == SPACES
    assert Reading("text/event-stream", Limits(), options={}).framing_options == {}


def test_options_that_a_framing_does_not_have_are_left_out() -> None:
    """A service that refuses answers in another framing than the one the options were found for."""
    reading = Reading("application/json", Limits(), options=SPACES)
    assert read(reading, b'{"error":"no"}') == ['{"error":"no"}']
    assert reading.framing is framings["json"]


def test_what_initialize_found_tells_before_a_second_line_does() -> None:
    """A feed of lines under the type of one JSON value: its first frame does not wait for the second."""
    reading = Reading("application/json", Limits(), expected="ndjson")
    assert len(reading.frames(b'{"type":"ADDED"}\n')) == 1
    assert Reading("application/json", Limits()).frames(b'{"type":"ADDED"}\n') == []
    refused = Reading("application/json", Limits(), expected="sse")
    assert read(refused, b'{"error":"no"}') == ['{"error":"no"}'] and refused.framing is framings["json"]


@pytest.mark.parametrize(("response_type", "body"), [("json", '{"a":1}'), ("text", "a"), ("xml", "<a>1</a>")])
def test_an_answer_that_is_no_stream_has_the_framing_of_its_type(response_type: str, body: str) -> None:
    reading = Reading("text/event-stream", Limits(), WHOLE[response_type])
    assert reading.framing is framings[response_type]
    assert len(read(reading, body.encode())) == 1


@pytest.mark.parametrize("response_type", ["stream", "file", "empty"])
def test_a_stream_is_looked_at_first_and_a_file_is_not_framed(response_type: str) -> None:
    assert response_type not in WHOLE
