"""Lines of CSV as frames: columns, delimiters, quotes, line ends inside of them."""

import pytest

from connector.framings import framings


def rows(body: str) -> list[dict[str, str]]:
    reader = framings["csv"].new()
    return [frame.value for frame in reader.feed(body.encode()) + reader.close()]


CASES = {
    "a row is an object": ("a,b\n1,2\n", [{"a": "1", "b": "2"}]),
    "CRLF": ("a,b\r\n1,2\r\n", [{"a": "1", "b": "2"}]),
    "the last line without its end": ("a,b\n1,2", [{"a": "1", "b": "2"}]),
    "quotes": ('a,b\n"1,""x""",2\n', [{"a": '1,"x"', "b": "2"}]),
    "a line end in quotes": ('a,b\n"1\r\n2",3\n', [{"a": "1\r\n2", "b": "3"}]),
    "a quote that opens nothing": ('a,b\n5" pipe,x\n6,y\n', [{"a": '5" pipe', "b": "x"}, {"a": "6", "b": "y"}]),
    "semicolons": ("a;b\n1,5;2\n", [{"a": "1,5", "b": "2"}]),
    "tabs": ("a\tb\n1\t\n", [{"a": "1", "b": ""}]),
    "bars": ("a|b\n1|2\n", [{"a": "1", "b": "2"}]),
    "a delimiter in a quoted name": ('"a;b",c,d\n1,2,3\n', [{"a;b": "1", "c": "2", "d": "3"}]),
    "one column": ("a\n1\n\n2\n", [{"a": "1"}, {"a": "2"}]),
    "too few and too many cells": ("a,b\n1\n1,2,3\n", [{"a": "1"}, {"a": "1", "b": "2", "column 3": "3"}]),
    "names that are missing or the same": ("a,,a\n1,2,3\n", [{"a": "1", "column 2": "2", "a 3": "3"}]),
    "U+2028 is no line end": ("a\nx\u2028y\n", [{"a": "x\u2028y"}]),
    "only names": ("a,b\n", []),
    "a lone CR": ("a,b\n1\rx,2\n", [{"a": "1\rx", "b": "2"}]),
}


@pytest.mark.parametrize(("body", "expected"), CASES.values(), ids=CASES.keys())
def test_rows(body: str, expected: list[dict[str, str]]) -> None:
    assert rows(body) == expected


@pytest.mark.parametrize("tail", ["1", '1,"x', '1,"x\n2,3\n'])
def test_a_line_that_was_cut_off_is_told(tail: str) -> None:
    """S23: a cell is open, or cells are missing."""
    reader = framings["csv"].new()
    assert reader.feed(f"a,b\n{tail}".encode()) + reader.close() == []
    assert (reader.partial, reader.rest) == (True, tail.encode())


def test_blank_lines_are_counted() -> None:
    reader = framings["csv"].new()
    reader.feed(b"a\n\n1\r\n\r\n  \n")
    assert (reader.frames, reader.blank_lines) == (1, 3)


def test_a_cell_may_be_as_large_as_a_frame() -> None:
    assert len(rows("a\n" + "x" * 1_000_000 + "\n")[0]["a"]) == 1_000_000
