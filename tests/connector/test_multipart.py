"""Multipart bodies: parts as frames, as soon as the boundary behind them has begun."""

import time

import pytest

from connector.framings import framings


def texts(body: str) -> list[str]:
    reader = framings["multipart"].new()
    return [frame.text for frame in reader.feed(body.encode()) + reader.close()]


CASES = {
    "parts": ("--b\r\n\r\none\r\n--b\r\n\r\ntwo\r\n--b--\r\n", ["one", "two"]),
    "LF alone": ("--b\nA: 1\n\none\n--b\n\ntwo\n--b--\n", ["one", "two"]),
    "a hyphen as boundary": ("\r\n---\r\nA: 1\r\n\r\n{}\r\n---\r\n\r\n[1]\r\n-----\r\n", ["{}", "[1]"]),
    "the line end before a boundary is not the part's": ("--b\r\n\r\none\r\n\r\n--b--", ["one\r\n"]),
    "an empty part": ("--b\r\n\r\n\r\n--b--", [""]),
    "a boundary's name in a line": ("--b\r\n\r\nsay --b\r\n--bc\r\n--b--", ["say --b\r\n--bc"]),
    "a boundary's name in JSON": ('--b\r\n\r\n{"a":"--b\\r\\n--b"}\r\n--b--', ['{"a":"--b\\r\\n--b"}']),
    "before and after": ("hello\r\n--b\r\n\r\none\r\n--b--\r\ngood\r\n--bye", ["one"]),
    "white space behind a boundary": ("--b \t\r\n\r\none\r\n--b-- \r\n", ["one"]),
    "the last boundary without a line end": ("--b\r\n\r\none\r\n--b--", ["one"]),
    "the last line is a boundary": ("--b\r\n\r\none\r\n--b", ["one"]),
    "only the end": ("--b--", []),
}


@pytest.mark.parametrize(("body", "expected"), CASES.values(), ids=CASES.keys())
def test_parts(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


def test_a_parts_headers_are_there() -> None:
    reader = framings["multipart"].new()
    (frame,) = reader.feed(b'--b\r\nContent-Type: application/json\r\nX-Name:  Zo\xc3\xab \r\n\r\n{"a":1}\r\n--b\r\n')
    assert frame.headers == {"content-type": "application/json", "x-name": "Zoë"}
    assert frame.value == {"a": 1}


def test_a_part_that_says_it_is_json_and_is_not_is_bad() -> None:
    reader = framings["multipart"].new()
    frames = reader.feed(b"--b\r\nContent-Type: application/json\r\n\r\nno\r\n--b\r\n\r\nno\r\n--b--\r\n")
    assert [frame.bad for frame in frames] == [True, False]


def test_a_part_is_a_frame_once_the_boundary_behind_it_has_begun() -> None:
    """Servers send the boundary right after its part, and the line end only with the next."""
    reader = framings["multipart"].new()
    assert [frame.value for frame in reader.feed(b'\r\n--b\r\n\r\n{"a":1}\r\n--b')] == [{"a": 1}]
    assert reader.feed(b"\r\nA: 1\r\n\r\n") == []
    assert [frame.value for frame in reader.feed(b'{"b":2}\r\n--b')] == [{"b": 2}]
    assert reader.feed(b"--\r\n") + reader.close() == [] and not reader.partial


@pytest.mark.parametrize(
    ("tail", "partial", "rest"),
    [("", False, b""), ("A: 1\r\n", True, b""), ('\r\n{"a":', True, b'{"a":'), ("\r\nx\r\n--", True, b"x\r\n--")],
)
def test_a_part_without_the_boundary_behind_it_was_cut_off(tail: str, partial: bool, rest: bytes) -> None:
    """S23."""
    reader = framings["multipart"].new()
    assert len(reader.feed(b"--b\r\n\r\n1\r\n--b\r\n" + tail.encode()) + reader.close()) == 1
    assert (reader.partial, reader.rest) == (partial, rest)


def test_a_boundary_with_more_behind_it_ends_what_is_whole_wherever_it_is_cut() -> None:
    body = b'--b\r\n\r\n{"a":1}\r\n--bx\r\n\r\n[2]\r\n--b--'
    for place in range(len(body) + 1):
        reader = framings["multipart"].new()
        frames = reader.feed(body[:place]) + reader.feed(body[place:]) + reader.close()
        assert [frame.value for frame in frames] == [{"a": 1}, [2]], place


def test_lines_that_begin_like_the_boundary_cost_no_more_than_others() -> None:
    """P13: nobody waits for a service that sends many of them."""
    reader, begun = framings["multipart"].new(), time.monotonic()
    assert reader.feed(b"--b\r\n\r\n{\n" + b"--bx{\n" * 200_000) == []
    assert len(reader.feed(b"--b--")) == 0 and len(reader.close()) == 1
    assert time.monotonic() - begun < 5
