"""Requests and knobs, read."""

import pytest

from connector.practice.request import BadRequest, Knobs, Request


def _scope(**changes):
    good = {"method": "POST", "path": "/practice/text", "query_string": b"q=a+b&q2=%C3%A9", "headers": [(b"X-A", b"1")]}
    return good | changes


@pytest.mark.parametrize(
    ("path", "below"), [("/practice", ""), ("/practice/", ""), ("/practice/v1/messages/", "/v1/messages")]
)
def test_the_path_is_what_stands_below_practice(path, below):
    assert Request.read(_scope(path=path), b"").path == below


def test_query_and_headers_are_text():
    request = Request.read(_scope(), b"")
    assert request.query == {"q": "a b", "q2": "é"}
    assert request.headers == {"x-a": "1"}


def test_knobs_have_their_defaults():
    knobs = Knobs.read({})
    assert (knobs.speed, knobs.length, knobs.fault, knobs.after, knobs.wait) == (None, None, "", 8, 5.0)
    assert Knobs.read({}).seed != knobs.seed


def test_knobs_are_read_from_the_query():
    knobs = Knobs.read({"speed": "0", "length": "3", "fault": "cut", "after": "0", "wait": "0.5", "seed": "7"})
    assert knobs == Knobs(speed=0.0, length=3, fault="cut", after=0, wait=0.5, seed=7)


@pytest.mark.parametrize(("name", "written"), [("speed", "1001"), ("length", "1e3"), ("wait", "inf"), ("seed", "-1")])
def test_a_knob_that_is_no_number_in_its_range_is_refused(name, written):
    with pytest.raises(BadRequest, match=f"query parameter {name} must be"):
        Knobs.read({name: written})
