"""What streams said is stored whatever a service answers: one that cannot be written takes nothing from the others."""

import json

import pytest

from connector.answers.extract import Extraction, Field
from connector.answers.frame import frame_of
from connector.answers.stream import Stream
from workflows.live.frozen import LARGE, read
from workflows.live.kept import LARGE_EVERY, REFUSALS, KeptStreams

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


def _written(kept):
    """What is due, written as it is beside the loop, and stored; by the stream's name."""
    found = {growth.kept.id: growth for growth in kept.grown()}
    for growth in found.values():
        growth.write()
        kept.written(growth)
    return found


def test_a_value_that_cannot_be_written_leaves_the_text_of_its_stream_and_all_other_streams(kept):
    strange, name = _stream(kept, {"t": "Leaf "})
    strange._values["fd_all"] = [object()]
    _stream(kept, {"t": "Root"})
    found = _written(kept)
    assert [piece for growth in found.values() for _, _, piece in growth.pieces] == ["Leaf ", "Root"]
    assert read(found[name].row.facts)["values"] == {}
    strange.feed(frame_of(b'{"t": "drop"}'))
    assert [growth.pieces for growth in kept.grown()] == [[("fd_text", 5, "drop")]]


def test_a_stream_of_which_nothing_can_be_written_is_let_go_of(kept, monkeypatch, caplog):
    broken, _ = _stream(kept, {"t": "Leaf "})
    _stream(kept, {"t": "Root"})
    monkeypatch.setattr(broken, "facts", lambda: {}["fields"])
    assert [growth.pieces[0][2] for growth in kept.grown()] == ["Root"]
    assert [growth.pieces[0][2] for growth in kept.grown()] == ["Root"]
    assert len(caplog.records) == 1, "it is told of once"


def test_what_the_database_refused_is_written_whole_the_next_time_and_given_up_at_last(kept):
    stream, _ = _stream(kept, {"t": "Leaf "})
    _written(kept)
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
    [growth] = _written(kept).values()
    assert "\0" not in growth.row.texts and read(growth.row.texts) == {"fd_text": "Leaf\0drop"}


def test_nothing_is_made_into_text_while_the_loop_waits(kept, monkeypatch):
    def breaks(told):
        raise AssertionError("this takes long")

    monkeypatch.setattr("workflows.live.kept.write", breaks)
    stream, _ = _stream(kept, {"t": "Leaf "})
    assert [growth.row.facts for growth in kept.grown()] == [""]
    stream.stop()
    assert [growth.row.texts for growth in kept.grown()] == [""]


def test_large_facts_are_written_now_and_then_and_their_text_every_time():
    now = [0.0]
    kept = KeptStreams(clock=lambda: now[0])
    stream, _ = _stream(kept, {"t": "Leaf ", "more": "x" * LARGE})
    _written(kept)
    rows = []
    for _ in range(12):
        now[0] += 0.75
        stream.feed(frame_of(b'{"t": "drop "}'))
        [growth] = _written(kept).values()
        assert [text for _, _, text in growth.pieces] == ["drop "]
        rows += [len(read(growth.row.facts)["values"]["fd_all"])] if growth.row else []
    assert rows == [8], f"every {LARGE_EVERY:g} seconds"
    stream.stop()
    [growth] = _written(kept).values()
    assert growth.row.over and len(read(growth.row.facts)["values"]["fd_all"]) == 13, "an end waits for nothing"


def test_small_facts_are_written_whenever_they_change(kept):
    stream, _ = _stream(kept, {"t": "Leaf "})
    for _ in range(3):
        stream.feed(frame_of(b'{"t": "drop "}'))
        assert [bool(growth.row) for growth in _written(kept).values()] == [True]
