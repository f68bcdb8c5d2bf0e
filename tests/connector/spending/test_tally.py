"""What calls came to, counted when each is over."""

from typing import Any

import pytest

from connector.answers.extract import Extraction
from connector.answers.stream import Stream
from connector.spending.tally import FIRST_TEXT, Tally


def over(end: str = "finish", *reason: Any, first: float | None = None) -> Stream:
    stream = Stream(Extraction([]))
    stream.request_sent()
    stream.note(b"123")
    stream.seconds_to_first_text = first
    getattr(stream, end)(*reason)
    return stream


@pytest.mark.parametrize(
    ("end", "outcome"),
    [
        (("finish",), "done"),
        (("stop",), "stopped"),
        (("fail", "It broke."), "error"),
        (("fail", "It was interrupted.", "interrupted"), "interrupted"),
    ],
)
def test_a_stream_is_counted_by_how_it_ended(end: tuple[str, ...], outcome: str) -> None:
    tally = Tally()
    tally.add(over(*end))
    assert dict(tally.ended) == {outcome: 1}


def test_what_is_over_and_what_goes_on_are_one_sum() -> None:
    tally, running = Tally(), over()
    tally.add(over())
    assert (tally.bytes([running]), tally.bytes([])) == (6, 3)


def test_the_first_text_is_in_the_slice_of_the_bound_it_does_not_cross() -> None:
    tally = Tally()
    for seconds in (0.05, 0.06, 1000.0, None):
        tally.add(over(first=seconds))
    assert tally.first_texts == [1, 1, *[0] * (len(FIRST_TEXT) - 2), 1]
    assert tally.first_text_seconds == pytest.approx(1000.11)
