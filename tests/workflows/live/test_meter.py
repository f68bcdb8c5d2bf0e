"""Frames in time: counted from outside, bounded however long a stream runs."""

import json

import pytest

from connector.answers.extract import Extraction, Field
from connector.answers.frame import frame_of
from connector.answers.stream import Stream
from workflows.live.meter import COLUMNS, SLICE, Meter


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def _stream(clock):
    stream = Stream(Extraction([Field("fd_text", "text_stream", "t")], {"by": "data", "data": "[DONE]"}), clock)
    stream.request_sent()
    return stream


def _frames(stream, many):
    for _ in range(many):
        stream.feed(frame_of(json.dumps({"t": "leaf "}).encode()))


def test_frames_are_counted_into_the_slice_they_came_in(clock):
    stream, meter = _stream(clock), Meter(clock=clock)
    meter.follow(stream)
    for at, many in ((0.05, 3), (0.1, 0), (0.31, 2), (0.36, 1)):
        _frames(stream, many)
        meter.sample(at)
    assert meter.columns == [3, 0, 0, 3]
    assert meter.picture()["frames"] == 6


def test_of_a_stream_that_had_begun_only_what_comes_now_is_drawn(clock):
    stream, meter = _stream(clock), Meter(clock=clock)
    _frames(stream, 40)
    meter.follow(stream)
    _frames(stream, 2)
    meter.sample(0.0)
    assert (meter.columns, meter.picture()["frames"]) == ([2], 42)


def test_a_run_of_any_length_has_no_more_slices_than_can_be_drawn_and_loses_no_frame(clock):
    stream, meter = _stream(clock), Meter(clock=clock)
    meter.follow(stream)
    for tick in range(1000):
        _frames(stream, 1)
        meter.sample(tick * SLICE)
    assert len(meter.columns) <= COLUMNS
    assert sum(meter.columns) == 1000
    assert meter.width == pytest.approx(SLICE * 16)


def test_a_page_without_an_end_shows_the_last_seconds(clock):
    stream, meter = _stream(clock), Meter(slides=True, clock=clock)
    meter.follow(stream)
    for tick in range(1000):
        _frames(stream, 1)
        meter.sample(tick * SLICE)
    assert COLUMNS // 2 <= len(meter.columns) <= COLUMNS
    assert set(meter.columns) == {1}
    assert meter.width == SLICE


def test_the_rate_is_that_of_the_last_second_and_of_the_whole_once_it_ended(clock):
    stream, meter = _stream(clock), Meter(clock=clock)
    meter.follow(stream)
    for tick in range(21):
        _frames(stream, 9 if tick < 11 else 1)
        meter.sample(tick * SLICE)
        clock.now += SLICE
    assert meter.picture()["rate"] == 10
    stream.feed(frame_of(b"[DONE]"))
    assert meter.picture()["rate"] == pytest.approx((11 * 9 + 10 + 1) / 2.1, rel=0.01)


def test_the_longest_gap_counts_a_silence_that_goes_on(clock):
    stream, meter = _stream(clock), Meter(clock=clock)
    meter.follow(stream)
    assert meter.picture()["gap"] is None
    for wait in (0.3, 0.8, 0.2):
        _frames(stream, 1)
        clock.now += wait
    assert meter.picture()["gap"] == pytest.approx(0.8)
    clock.now += 2
    assert meter.picture()["gap"] == pytest.approx(2.2)


def test_the_end_of_a_stream_is_no_frame(clock):
    stream, meter = _stream(clock), Meter(clock=clock)
    meter.follow(stream)
    _frames(stream, 2)
    clock.now += 9
    stream.stop()
    assert meter.picture()["gap"] == 0


def test_a_stream_that_is_over_leaves_its_numbers_and_is_let_go_of(clock):
    meter = Meter(slides=True, clock=clock)
    for _ in range(50):
        stream = _stream(clock)
        meter.follow(stream)
        clock.now += 0.5
        _frames(stream, 4)
        clock.now += 1.0
        stream.stop()
        meter.sample(clock.now - 100)
        meter.follow(stream)  # A page shows it for as long as it likes.
    assert not any((meter._counted, meter._heard, meter._unsubscribe)) and not stream._listeners
    picture = meter.picture()
    assert (picture["frames"], picture["first"], picture["rate"]) == (200, 0.5, 4)


def test_a_meter_that_is_closed_hears_nothing(clock):
    stream, meter = _stream(clock), Meter(clock=clock)
    meter.follow(stream)
    _frames(stream, 1)
    meter.close()
    clock.now += 5
    _frames(stream, 1)
    assert meter.longest_gap is None
