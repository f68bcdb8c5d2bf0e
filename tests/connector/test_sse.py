"""Event streams by the HTML Standard 9.2.6 (P1), after the Web Platform Tests and the suites of other parsers."""

import time

import pytest

from connector.errors import FrameTooLarge
from connector.framings import framings


def dispatched(body: bytes | str, **options: bool) -> list[tuple[str, str | None]]:
    """The (data, event) pairs of a body."""
    reader = framings["sse"].new(**options)
    frames = reader.feed(body.encode() if isinstance(body, str) else body) + reader.close()
    return [(frame.text, frame.event) for frame in frames]


def texts(body: bytes | str) -> list[str]:
    return [text for text, _ in dispatched(body)]


LONG = "x" * 2048

CASES = {
    # line ends
    "LF ends a line": ("data: a\n\n", ["a"]),
    "CR ends a line": ("data: a\r\r", ["a"]),
    "CRLF is one line end": ("data: a\r\ndata: b\r\n\r\n", ["a\nb"]),
    "line ends may be mixed": ("data:test\r\ndata\ndata:test\r\n\r\n", ["test\n\ntest"]),
    "LF then CR are two line ends": ("data: a\n\rdata: b\n\n", ["a", "b"]),
    "U+2028 is no line end": ("data: a\u2028b\n\n", ["a\u2028b"]),
    "U+2029 and U+0085 are no line ends": ("data: a\u2029b\u0085c\n\n", ["a\u2029b\u0085c"]),
    "vertical tab and form feed are no line ends": ("data: a\x0bb\x0cc\n\n", ["a\x0bb\x0cc"]),
    "several blank lines dispatch once": ("data: a\n\n\n\n\ndata: b\n\n", ["a", "b"]),
    # byte order mark
    "one leading BOM is dropped": ("\ufeffdata: a\n\n", ["a"]),
    "of two BOMs only the first is dropped": ("\ufeff\ufeffdata: a\n\ndata: b\n\n", ["b"]),
    "a later BOM belongs to the field name": ("data: a\n\n\ufeffdata: b\n\ndata: c\n\n", ["a", "c"]),
    "a BOM inside data stays": ("data: \ufeffa\n\n", ["\ufeffa"]),
    # data
    "data without a colon is an empty line": ("data\n\n", [""]),
    "data with nothing after the colon is an empty line": ("data:\n\n", [""]),
    "two empty data lines are one line end": ("data:\n\ndata\ndata\n\n", ["", "\n"]),
    "data lines are joined by LF": ("data: a\ndata: b\ndata: c\n\n", ["a\nb\nc"]),
    "one space after the colon is removed": ("data:  a\n\n", [" a"]),
    "a tab after the colon stays": ("data:\ta\n\n", ["\ta"]),
    "no space after the colon is fine": ("data:a\n\n", ["a"]),
    "trailing spaces stay": ("data: a  \n\n", ["a  "]),
    "later colons belong to the value": ("data: a: b:c\n\n", ["a: b:c"]),
    "NUL in data stays": ("data: \0\n\n", ["\0"]),
    "a space before the field name makes it unknown": (" data: a\n\ndata: b\n\n", ["b"]),
    "field names are case-sensitive": ("DATA: a\nData: b\n\ndata: c\n\n", ["c"]),
    "field names are exact": ("datas: a\ndata : b\ndat: c\ndata: d\n\n", ["d"]),
    "a name with a NUL is unknown": ("data\0: a\ndata: b\n\n", ["b"]),
    "WPT format-field-parsing": (
        "data:\0\ndata:  2\rData:1\ndata\0:2\ndata:1\r\0data:4\nda-ta:3\rdata_5\ndata:3\rdata:\r\n data:32\ndata:4\n\n",
        ["\0\n 2\n1\n3\n\n4"],
    ),
    # comments and unknown fields
    "a comment is nothing": (": hi\n\ndata: a\n\n", ["a"]),
    "a comment does not break a block": ("data: a\n:\ndata: b\n\n", ["a\nb"]),
    "comments of every sort break nothing": (
        f"data:1\r:\0\n:\r\ndata:2\n:{LONG}\rdata:3\n:data:fail\r:{LONG}\ndata:4\n\n",
        ["1\n2\n3\n4"],
    ),
    "unknown fields are ignored": ("data: a\n data: x\njustsome: text\n:c\ndata: b\n\n", ["a\nb"]),
    "a field line that is only a name is ignored": ("foo\ndata: a\nbar\n\n", ["a"]),
    # dispatch
    "a block without data is not dispatched": ("event: a\nid: 1\n\ndata: b\n\n", ["b"]),
    "a block with only an id is not dispatched": ("id: 1\n\n", []),
    "a block with only retry is not dispatched": ("retry: 1\n\n", []),
    "an unfinished last block is dropped": ("data: a\n\ndata: b\n", ["a"]),
    "an unfinished last line is dropped": ("data: a\n\ndata: b", ["a"]),
    "an unfinished line of nothing but a CR is a line end": ("data: a\r\r", ["a"]),
    # UTF-8
    "text is UTF-8": ("data: ok…é🚀\n\n", ["ok…é🚀"]),
    "bytes that are not UTF-8 become U+FFFD": (b"data: a\xffb\xc3\n\n", ["a\ufffdb\ufffd"]),
    "overlong and surrogate bytes become U+FFFD": (b"data: \xc0\xaf\xed\xa0\x80\n\n", ["\ufffd" * 5]),
    "text that looks like a mark is a frame": ("data: [DONE]\n\n", ["[DONE]"]),
}


@pytest.mark.parametrize(("body", "expected"), CASES.values(), ids=CASES.keys())
def test_data_is_what_the_standard_says(body: str | bytes, expected: list[str]) -> None:
    """P1."""
    assert texts(body) == expected


EVENTS = {
    "the event's name is used": ("event: test\ndata: x\n\ndata: x\n\n", [("x", "test"), ("x", None)]),
    "an empty name is no name": ("event:\ndata: x\n\n", [("x", None)]),
    "the last name in a block counts": ("event: a\nevent: b\ndata: x\n\n", [("x", "b")]),
    "a name does not outlive a block without data": ("event: a\n\ndata: x\n\n", [("x", None)]),
    "a name keeps inner spaces": ("event:  a b \ndata: x\n\n", [("x", " a b ")]),
}


@pytest.mark.parametrize(("body", "expected"), EVENTS.values(), ids=EVENTS.keys())
def test_event_names(body: str, expected: list[tuple[str, str | None]]) -> None:
    """P1."""
    assert dispatched(body) == expected


IDS = {
    "an id persists": ("id: 1\ndata: a\n\ndata: b\n\n", ["1", "1"], "1"),
    "an id changes": ("id: 1\ndata: a\n\nid: 2\ndata: b\n\n", ["1", "2"], "2"),
    "an empty id resets": ("id: 1\ndata: a\n\nid\ndata: b\n\n", ["1", ""], ""),
    "an id with NUL is ignored": ("id: 1\ndata: a\n\nid: 2\0\ndata: b\n\n", ["1", "1"], "1"),
    "an id is set by a block without data": ("id: 7\n\ndata: a\n\n", ["7"], "7"),
    "the id of an unfinished block is dropped": ("id: 1\ndata: a\n\nid: 2\ndata: b\n", ["1"], "1"),
    "an id is UTF-8": ("id: …é\ndata: a\n\n", ["…é"], "…é"),
    "no id is None": ("data: a\n\n", [None], None),
}


@pytest.mark.parametrize(("body", "ids", "last"), IDS.values(), ids=IDS.keys())
def test_ids(body: str, ids: list[str | None], last: str | None) -> None:
    """P1."""
    reader = framings["sse"].new()
    frames = reader.feed(body.encode()) + reader.close()
    assert [frame.id for frame in frames] == ids
    assert reader.last_id == last


@pytest.mark.parametrize(
    ("line", "milliseconds"),
    [
        ("retry: 3000", 3000),
        ("retry:03000", 3000),
        ("retry: 5s", None),
        ("retry:", None),
        ("retry", None),
        ("retry: -1", None),
        ("retry: 1.5", None),
        ("retry:  7", None),
        ("retry: ٣", None),
        ("Retry: 9", None),
    ],
)
def test_retry_takes_digits_only(line: str, milliseconds: int | None) -> None:
    """P1."""
    reader = framings["sse"].new()
    reader.feed(f"{line}\n\n".encode())
    assert reader.retry == milliseconds


def test_a_cr_at_the_end_of_a_read_dispatches_at_once_and_only_once() -> None:
    """P1: the LF that may follow belongs to the CR before it."""
    reader = framings["sse"].new()
    assert [frame.text for frame in reader.feed(b"data: a\r\n\r")] == ["a"]
    assert reader.feed(b"\n") == []
    assert [frame.text for frame in reader.feed(b"data: b\r")] == []
    assert [frame.text for frame in reader.feed(b"\r")] == ["b"]
    assert (reader.undispatched, reader.comments) == (0, 0)


def test_what_is_counted() -> None:
    reader = framings["sse"].new()
    reader.feed(b": one\n:\n\nevent: ping\n\nretry: 1\n\nid: 3\n\ndata:\n\ndata: x\n\n")
    assert (reader.comments, reader.undispatched, reader.empty_frames, reader.frames) == (2, 2, 1, 2)
    assert reader.silent_events == ["ping"]


@pytest.mark.parametrize(
    ("tail", "partial", "rest"),
    [
        ("data: b\n", True, b"b"),
        ("data: b\ndata:c", True, b"b\nc"),
        ("event: x", True, b""),
        ("id: 1\n", True, b""),
        ("", False, b""),
        (": ping", False, b""),
        (": ping\n", False, b""),
        ("\n", False, b""),
        ("{", True, b""),
    ],
)
def test_an_unfinished_block_is_told_at_the_end(tail: str, partial: bool, rest: bytes) -> None:
    """S23: closed midway through a frame."""
    reader = framings["sse"].new()
    reader.feed(b"data: a\n\n" + tail.encode())
    assert reader.close() == []
    assert (reader.partial, reader.rest) == (partial, rest)


def test_the_space_of_a_piece_can_be_kept() -> None:
    assert dispatched("data:Hello\n\ndata: dear\n\ndata:\ndata: x\n\n", keep_leading_space=True) == [
        ("Hello", None),
        (" dear", None),
        ("\n x", None),
    ]


def test_ten_megabytes_in_small_reads_take_linear_time() -> None:
    """P1: of one line and of many data lines."""

    def seconds(size: int, piece: bytes) -> float:
        reader = framings["sse"].new(20_000_000)
        started = time.process_time()
        reader.feed(b"data: ")
        for _ in range(size // len(piece)):
            assert reader.feed(piece) == []
        (frame,) = reader.feed(b"\n\n")
        assert len(frame.raw) >= size * 0.9
        return time.process_time() - started

    for piece in (b"x" * 1000, b"x" * 990 + b"\ndata: yy"):
        seconds(1_000_000, piece)
        assert seconds(10_000_000, piece) < 40 * max(seconds(1_000_000, piece), 0.005)


@pytest.mark.parametrize("line", [b"data: %s\n", b": %s\n", b"foo: %s\n", b"id: %s\n"])
def test_no_line_of_any_sort_is_larger_than_the_limit(line: bytes) -> None:
    """P11, S12."""
    reader = framings["sse"].new(100)
    reader.feed(line % (b"x" * 80))
    with pytest.raises(FrameTooLarge):
        reader.feed(line % (b"x" * 100))


def test_many_small_data_lines_are_one_frame_under_one_limit() -> None:
    """P11, S12."""
    reader = framings["sse"].new(100)
    with pytest.raises(FrameTooLarge):
        for _ in range(20):
            reader.feed(b"data:12345\n")


def test_after_a_frame_too_large_nothing_is_read_any_more() -> None:
    reader = framings["sse"].new(100)
    assert len(reader.feed(b"data: a\n\ndata: " + b"x" * 200 + b"\n\ndata: b\n\n")) == 1
    for call in (lambda: reader.feed(b"data: c\n\n"), reader.close):
        with pytest.raises(FrameTooLarge):
            call()
