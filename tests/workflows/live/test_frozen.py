"""S33: what a page holds is the same after it was written down and read again."""

import json
from datetime import UTC, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.answers.extract import Extraction, Field
from connector.answers.frame import frame_of
from connector.answers.stream import Stream
from data.things import Thing
from workflows.live.frozen import DEEPEST, facts_of, freeze, read, thaw, write, write_large

ZONES = st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30))])
PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(st.characters(codec=None)),
    st.dates(),
    st.datetimes(timezones=ZONES),
)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
THINGS = st.builds(
    Thing, st.text(), st.text(), st.dictionaries(st.text(), JSON, max_size=3), st.datetimes(), st.datetimes(), st.text()
)
VALUES = st.recursive(
    PLAIN | THINGS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text() | st.just("$"), inner, max_size=4),
    max_leaves=20,
)


def nameless(stream: Stream) -> str:
    raise AssertionError("there is none")


@given(JSON, st.integers(0, 4))
def test_what_is_written_part_by_part_is_the_same(value, levels):
    assert read(write_large(value, levels)) == read(write(value)) == value


def _nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize("beside", ["", "\ud800"], ids=["plain", "half a pair"])
@pytest.mark.parametrize("depth", [300, 900, 100_000])
def test_what_is_nested_too_deep_is_empty_and_what_stands_beside_it_is_kept(depth, beside):
    value = {"deep": _nested(depth), "beside": beside}
    for text in (write(value), write_large(value), write(freeze(value, nameless))):
        found = read(text)
        assert found["beside"] == beside
        levels, deep = 0, found["deep"]
        while deep:
            levels, [deep] = levels + 1, deep
        assert DEEPEST - 5 < levels <= DEEPEST + 5


@pytest.mark.parametrize("facts", ["", "{", "[" * 100_000 + "]" * 100_000], ids=["none", "half", "deep"])
def test_facts_that_nobody_can_read_cost_a_stream_no_text(facts):
    stream = Stream.restored(facts_of(facts, ["fd_a"]), {"fd_a": "Leaf"})
    assert (stream.field("fd_a").text, stream.values) == ("Leaf", {})


@given(VALUES)
def test_every_value_comes_back(value):
    assert thaw(read(write(freeze(value, nameless))), nameless) == value


def test_what_is_no_number_of_json_and_what_nobody_knows():
    frozen = write(freeze([float("inf"), float("nan"), object(), (1, 2)], nameless))
    infinite, nothing, unknown, pair = thaw(read(frozen), nameless)
    assert (infinite, nothing == nothing, unknown, pair) == (float("inf"), False, None, [1, 2])


def _stream(*pieces, end=None):
    fields = [
        Field("fd_reply1", "text_stream", "t"),
        Field("fd_count1", "number", "n"),
        Field("fd_speed1", "live", "s"),
        Field("fd_code01", "number", "code", part="status"),
    ]
    ticks = iter(range(100))
    stream = Stream(Extraction(fields, {"by": "data", "data": "[DONE]"}), clock=lambda: next(ticks))
    stream.request_sent()
    stream.answered(200, "OK", [])
    for number, piece in enumerate(pieces):
        stream.feed(frame_of(json.dumps({"t": piece, "n": number, "s": number * 2}).encode()))
    if end:
        end(stream)
    return stream


ENDS = {
    "done": lambda stream: stream.feed(frame_of(b"[DONE]")),
    "failed": lambda stream: stream.fail("It was cut.", "limit"),
    "stopped": Stream.stop,
}
TOLD = (
    "state",
    "error",
    "over",
    "seconds_to_first_text",
    "seconds_in_all",
    "seconds_to_first_frame",
    "frames",
    "bytes",
)
TEXT_TOLD = ("text", "full_text", "length", "state", "seconds_to_first_text", "seconds_in_all")


@pytest.mark.parametrize("end", ENDS)
def test_a_stream_that_is_over_reads_as_before(end):
    stream = _stream("Leaf ", "drop 🌿", end=ENDS[end])
    facts = read(write(stream.facts()))
    again = Stream.restored(facts, {key: text.whole() for key, text in stream.texts.items()})
    assert {name: getattr(again, name) for name in TOLD} == {name: getattr(stream, name) for name in TOLD}
    assert all(again.field(key) == stream.field(key) for key in ("fd_count1", "fd_speed1", "fd_code01", "fd_gone01"))
    one, other = stream.field("fd_reply1"), again.field("fd_reply1")
    assert {name: getattr(other, name) for name in TEXT_TOLD} == {name: getattr(one, name) for name in TEXT_TOLD}
    assert (other.since(3), other.serial != one.serial) == (one.since(3), True)
    again.stop()
    assert again.state == end, "after an end nothing changes any more"


def test_a_stream_is_written_by_its_name_and_its_text_by_both():
    stream = _stream("Leaf ")
    frozen = read(write(freeze({"answer": stream, "text": [stream.field("fd_reply1")]}, lambda each: "sm_1")))
    assert "Leaf" not in str(frozen)
    assert thaw(frozen, {"sm_1": stream}.get) == {"answer": stream, "text": [stream.field("fd_reply1")]}
    assert thaw(frozen, {}.get) == {"answer": None, "text": [None]}, "one that is gone is empty"
