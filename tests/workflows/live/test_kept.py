"""What streams said is stored whatever a service answers: one that cannot be written takes nothing from the others."""

import json

import pytest

from connector.extract import Extraction, Field
from connector.frame import frame_of
from connector.stream import Stream
from workflows.live.frozen import read
from workflows.live.kept import REFUSALS, KeptStreams

FIELDS = [Field("fd_text", "text_stream", "t"), Field("fd_all", "frames", "$")]


@pytest.fixture
def kept():
    return KeptStreams()


def _stream(kept, *frames):
    stream = Stream(Extraction(FIELDS))
    stream.request_sent()
    for frame in frames:
        stream.feed(frame_of(json.dumps(frame).encode()))
    return stream, kept.name(stream, "ap_1", "visit")


def _nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


def test_a_value_that_cannot_be_written_leaves_the_text_of_its_stream_and_all_other_streams(kept):
    deep, name = _stream(kept, {"t": "Leaf "})
    deep._values["fd_all"] = [_nested(100_000)]
    _stream(kept, {"t": "Root"})
    found = {growth.kept.id: growth for growth in kept.grown()}
    assert [piece for growth in found.values() for _, _, piece in growth.pieces] == ["Leaf ", "Root"]
    assert read(found[name].row.facts)["values"] == {}
    for growth in found.values():
        kept.written(growth)
    deep.feed(frame_of(b'{"t": "drop"}'))
    assert [growth.pieces for growth in kept.grown()] == [[("fd_text", 5, "drop")]]


def test_a_stream_of_which_nothing_can_be_written_is_let_go_of(kept, monkeypatch, caplog):
    broken, _ = _stream(kept, {"t": "Leaf "})
    _stream(kept, {"t": "Root"})
    monkeypatch.setattr(broken, "facts", lambda: {}["fields"])
    assert [growth.pieces[0][2] for growth in kept.grown()] == ["Root"]
    assert len(caplog.records) == 2
    assert [growth.pieces[0][2] for growth in kept.grown()] == ["Root"]
    assert len(caplog.records) == 2, "it is told of once"


def test_what_the_database_refused_is_written_whole_the_next_time_and_given_up_at_last(kept):
    stream, _ = _stream(kept, {"t": "Leaf "})
    kept.written(next(kept.grown()))
    for number in range(REFUSALS):
        stream.feed(frame_of(b'{"t": "x"}'))
        growth = next(kept.grown())
        assert number == 0 or (growth.row and growth.pieces == [("fd_text", 0, "Leaf " + "x" * (number + 1))])
        kept.refused(growth)
    assert not list(kept.grown())


def test_a_NUL_which_PostgreSQL_does_not_take_costs_no_text(kept):
    stream, _ = _stream(kept, {"t": "Leaf\0drop"})
    assert [growth.pieces for growth in kept.grown()] == [[("fd_text", 0, "Leaf\ufffddrop")]]
    stream.stop()
    [growth] = kept.grown()
    assert "\0" not in growth.row.texts and read(growth.row.texts) == {"fd_text": "Leaf\0drop"}
