"""What each framing makes of an answer, and how the framing of an answer is found."""

import time

import pytest

from connector.answers.frame import exact
from connector.answers.reading import Reading
from connector.framings import HEAD, choose, framings, is_html
from connector.spending.limits import Limits
from tests.cases.recorded import Recorded, one, recorded

STREAMS = [*recorded(), *recorded("more")]
COUNTS = ("frames", "comments", "blank_lines", "undispatched", "empty_frames", "retry", "last_id")


@pytest.mark.parametrize("stream", STREAMS, ids=repr)
def test_a_recorded_stream_gives_what_a_right_reader_counts(stream: Recorded) -> None:
    """P2."""
    reader = framings[stream.framing].new()
    for chunk in stream.chunks:
        reader.feed(chunk)
    reader.close()
    assert not reader.partial
    assert {key: getattr(reader, key) for key in COUNTS if key in stream.gold} == {
        key: stream.gold[key] for key in COUNTS if key in stream.gold
    }


@pytest.mark.parametrize("stream", [each for each in STREAMS if "frames_by_chunk" in each.gold], ids=repr)
def test_frames_come_out_as_they_arrive(stream: Recorded) -> None:
    """Each read gives its frames at once, none waits for the next one; nor does the choice of the framing."""
    reader, reading = framings[stream.framing].new(), Reading(stream.content_type, Limits())
    arrived, read = [], []
    for chunk in stream.chunks:
        reader.feed(chunk)
        reading.frames(chunk)
        arrived.append(reader.frames)
        read.append(reading.reader.frames if reading.reader else 0)
    assert arrived == read == stream.gold["frames_by_chunk"]


def frames_of(framing: str, body: str | bytes) -> list:
    reader = framings[framing].new()
    return reader.feed(body.encode() if isinstance(body, str) else body) + reader.close()


def test_bad_frames_among_good_ones_are_kept_and_marked() -> None:
    stream = one("errors/bad-frame-among-good")
    frames = frames_of("sse", stream.body)
    assert [number for number, frame in enumerate(frames) if frame.bad] == stream.gold["error"]["at_frames"]
    assert frames[2].value == frames[2].text and isinstance(frames[3].value, dict)


@pytest.mark.parametrize(
    ("data", "value", "bad"),
    [
        ("12", 12, False),
        ("null", None, False),
        ('"x"', "x", False),
        ("text", "text", False),
        ("[DONE]", "[DONE]", False),
        ("{'a': 1}", "{'a': 1}", True),
        ("[1,]", "[1,]", True),
        ("NaN", "NaN", False),
        ("[NaN]", "[NaN]", True),
        ("[1e999]", "[1e999]", True),
        ("9007199254740993", 9007199254740993, False),
        ("[" * 3000, "[" * 3000, True),
        ('{"a":"\\ud83d"}', {"a": "\ud83d"}, False),
        ('{"a":"\\ud83d\\ude80"}', {"a": "🚀"}, False),
    ],
    ids=lambda value: str(value)[:20].encode("ascii", "replace").decode(),
)
def test_data_is_json_or_stays_text(data: str, value: object, bad: bool) -> None:
    (frame,) = frames_of("sse", f"data: {data}\n\n")
    assert (frame.value, frame.bad, frame.text) == (value, bad, data)


def test_bytes_that_are_not_utf8_inside_json_become_a_replacement_character() -> None:
    (frame,) = frames_of("sse", b'data: {"a":"\xff"}\n\n')
    assert frame.value == {"a": "\ufffd"} and not frame.bad


def test_lines_of_json() -> None:
    frames = frames_of("ndjson", '{"a":1}\r\n\r\n  \n[2]\nno json\n"\u2028"\n{"last":true}')
    assert [(frame.value, frame.bad) for frame in frames] == [
        ({"a": 1}, False),
        ([2], False),
        ("no json", True),
        ("\u2028", False),
        ({"last": True}, False),
    ]


@pytest.mark.parametrize(
    ("framing", "body", "frames", "rest"),
    [
        ("ndjson", '{"a":1}\n{"a":', 1, b'{"a":'),
        ("json_array", '[{"a":1},{"b', 1, b'{"b'),
        ("json_array", "[{}", 1, b""),
        ("json_array", "[", 0, b""),
        ("text", b"caf\xc3", 1, b"\xc3"),
    ],
)
def test_what_was_cut_off_is_told_and_never_a_frame(framing: str, body: str | bytes, frames: int, rest: bytes) -> None:
    """S23."""
    reader = framings[framing].new()
    found = reader.feed(body.encode() if isinstance(body, str) else body) + reader.close()
    assert (len(found), reader.partial, reader.rest) == (frames, True, rest)
    assert "\ufffd" not in "".join(frame.text for frame in found)


@pytest.mark.parametrize(
    ("body", "values"),
    [
        ("[]", []),
        ("[ ]\n", []),
        ('[{"a":"]"},\r\n{"b":"\\""}]\n', [{"a": "]"}, {"b": '"'}]),
        ("[1, 2 ,3]", [1, 2, 3]),
        ('["a","b\\\\"]', ["a", "b\\"]),
        ("[[1],[[2]]]", [[1], [[2]]]),
        ("[true,null]", [True, None]),
        ('{"error":{"code":1}}', [{"error": {"code": 1}}]),
        ('[{"a":1}]{"error":2}', [{"a": 1}, {"error": 2}]),
        ('{"a":1} {"b":[2]}', [{"a": 1}, {"b": [2]}]),
        ("[{]}", ["{]"]),
    ],
)
def test_elements_of_an_array(body: str, values: list) -> None:
    assert [frame.value for frame in frames_of("json_array", body)] == values


def test_an_element_is_a_frame_as_soon_as_it_is_complete() -> None:
    reader = framings["json_array"].new()
    assert len(reader.feed(b'[{"a":"}"}')) == 1
    assert len(reader.feed(b"\n,\n")) == 0
    assert len(reader.feed(b'{"b":{}}')) == 1


def test_a_long_element_in_small_reads_takes_linear_time() -> None:
    def seconds(size: int) -> float:
        reader = framings["json_array"].new(20_000_000)
        started = time.process_time()
        reader.feed(b'[{"a":"')
        for _ in range(size // 100):
            reader.feed(b'\\"x}]\\\\' * 14 + b"xx")
        assert len(reader.feed(b'"}]')) == 1
        return time.process_time() - started

    seconds(100_000)
    assert seconds(1_000_000) < 40 * max(seconds(100_000), 0.005)


def test_text_waits_for_the_rest_of_a_character() -> None:
    reader = framings["text"].new()
    assert [frame.text for frame in reader.feed("é".encode()[:1])] == []
    assert [frame.text for frame in reader.feed("é".encode()[1:] + b"\xff")] == ["é\ufffd"]


def test_json_is_one_frame_at_the_end() -> None:
    reader = framings["json"].new()
    assert reader.feed(b'{"a":') + reader.feed(b"1}\n") == []
    assert [frame.value for frame in reader.close()] == [{"a": 1}]
    (frame,) = frames_of("json", "<html>")
    assert frame.bad


@pytest.mark.parametrize("stream", STREAMS, ids=repr)
def test_the_framing_of_a_recorded_stream_is_found(stream: Recorded) -> None:
    """Rule: the bytes decide, the content type is a hint; from a live head as from the whole body."""
    assert choose(stream.content_type, stream.body, complete=True) is framings[stream.framing]
    heads = (b"".join(stream.chunks[:count]) for count in range(len(stream.chunks) + 1))
    assert next(found for head in heads if (found := choose(stream.content_type, head))).name == stream.framing


@pytest.mark.parametrize(
    ("content_type", "body", "name"),
    [
        ("text/event-stream", "", "sse"),
        ("application/json", "", "json"),
        ("", "", "text"),
        ("application/json", '{"error":{"message":"x"}}', "json"),
        ("application/problem+json", '{"detail":"x"}', "json"),
        ("application/json; charset=utf-8", '{\n  "a": 1\n}\n', "json"),
        ("application/json", '{"a":1}\n', "json"),
        ("application/json", '{"a":1}\n{"a":2}\n', "ndjson"),
        ("text/event-stream", '{"a":1}\n{"a":2}\n', "ndjson"),
        ("application/x-ndjson", '{"a":1}\n', "ndjson"),
        ("application/json", '[{\n  "a": 1\n}\n,\n', "json_array"),
        ("", "[1]\n[2]\n", "ndjson"),
        ("text/event-stream", '{"error":"no stream"}', "json"),
        ("text/plain", "data: a\n\n", "sse"),
        ("text/html", ": ping\n\ndata: {}\n\n", "sse"),
        ("", 'message:\ndata:{"event":"token"}\n\n', "sse"),
        ("text/plain", "Dear Zoë,\n\ndata: no\n\n", "text"),
        ("text/plain", "{ok} then", "text"),
        ("text/plain", "1. First", "text"),
        ("application/octet-stream", "hello", "text"),
        ("text/event-stream", "hello world", "sse"),
        ("text/html", "<!DOCTYPE html><p>Sign in", "text"),
        ("text/event-stream", '{"a":1}{"b":2}', "concatenated"),
        ("application/x-ndjson", '{"a":1}{"b":2}', "concatenated"),
        ("application/json", '{\n "a": 1\n}\n{\n "a": 2\n}', "concatenated"),
        ("application/json", '{"a":"}{"}', "json"),
        ("text/plain", '\x1e{"a":1}\n', "json_seq"),
        ("application/json-seq", "", "json_seq"),
        ("application/geo+json-seq", "\x1e{}\n", "json_seq"),
        ("text/event-stream", 'f:{"id":1}\n0:"a"\n', "prefixed_json_lines"),
        ("application/json", '0:"a"\n0:"b"\n', "prefixed_json_lines"),
        ("text/plain", '0:"a', "text"),
        ("text/plain", '1: "First" is one.\n', "text"),
        ("text/csv", "name\nAda\n", "csv"),
        ("application/octet-stream", "time;temp;wind\n1;2;3\n", "csv"),
        ("text/plain", "time,temp,wind\n1,2,3\n4", "csv"),
        ("text/plain", "Yes,no,maybe\nand so on", "text"),
        ("text/plain", "Hello, world, again\nHow, are, you", "text"),
        ("text/csv", '{"error":"no"}', "json"),
        ("multipart/mixed; boundary=-", "\r\n---\r\nContent-Type: application/json\r\n\r\n{}\r\n-----", "multipart"),
        ("text/plain", "--abc\ncontent-type: a/b\n\nx\n--abc--", "multipart"),
        ("text/markdown", "---\ntitle: A\n---\n", "text"),
        ("text/plain", "-- Ada", "text"),
        ("text/plain", '<?xml version="1.0"?><a/>', "xml"),
        ("application/atom+xml", "<feed/>", "xml"),
        ("text/html", "<p>Hi", "text"),
        ("application/json", "", "json"),
        ("", '[{"a":1}]\n[{"a":2}]\n', "ndjson"),
        ("", '[{"a":1},{"a":2}]', "json_array"),
    ],
)
def test_the_framing_of_an_odd_answer_is_found(content_type: str, body: str, name: str) -> None:
    assert choose(content_type, body.encode(), complete=True).name == name


@pytest.mark.parametrize(
    ("content_type", "head"),
    [
        ("application/json", b'{"a":1}'),
        ("application/json", b'{"a":1}\n'),
        ("", b"da"),
        ("", b""),
        ("", b"[1]\n"),
        ("application/json", b'{"a'),
        ("text/event-stream", b'{"a":1}\n'),
    ],
)
def test_it_waits_while_it_cannot_tell(content_type: str, head: bytes) -> None:
    assert choose(content_type, head) is None


@pytest.mark.parametrize(
    ("content_type", "head"), [("text/event-stream", b"d"), ("application/x-ndjson", b'{"a":1}\n')]
)
def test_it_does_not_wait_when_type_and_first_byte_agree(content_type: str, head: bytes) -> None:
    assert choose(content_type, head) is not None


def test_what_lies_behind_the_first_bytes_changes_no_choice() -> None:
    """P2: a reading that gets all at once chooses as one that gets pieces."""
    body = b'{"a":"%s"}\n{"b":1}\n' % (b"x" * HEAD)
    assert choose("", body, complete=True) is choose("", body[:HEAD]) is framings["json"]


def test_a_web_page_is_known() -> None:
    assert is_html(one("errors/html-200").body)
    assert is_html(b"\xef\xbb\xbf\n <!doctype HTML>") and not is_html(b"<3 you") and not is_html(b"")


@pytest.mark.parametrize(
    ("framing", "body", "values"),
    [
        ("concatenated", '{"a":"}{"}{"b":[{}]}\n \t{"c":1}', [{"a": "}{"}, {"b": [{}]}, {"c": 1}]),
        ("concatenated", '{\n "a": 1\n}\n{\n "a": 2\n}\n', [{"a": 1}, {"a": 2}]),
        ("concatenated", '[1][2]"x"null 1', [[1], [2], "x", None, 1]),
        ("json_seq", '\x1e{"a":\n1}\n\x1e"x"\n\x1e12\n\x1etrue\n', [{"a": 1}, "x", 12, True]),
        ("json_seq", '\x1e\x1e{"a":1}\n\x1e\n\x1e[2]', [{"a": 1}, [2]]),
        ("ndjson", '{"a":1}{"a":2}\n{"a":3}\n{"a":4} {"a":5}', [{"a": n} for n in range(1, 6)]),
        (
            "prefixed_json_lines",
            '0:"a"\n\n2:[1]\r\nd:{"x":null}',
            [{"code": "0", "value": "a"}, {"code": "2", "value": [1]}, {"code": "d", "value": {"x": None}}],
        ),
        ("xml", '<a b="1"><i>x</i><i/>y</a>', [{"a": {"@b": "1", "i": ["x", None], "#text": "y"}}]),
        ("xml", '<?xml version="1.0" encoding="latin-1"?><a>\u00e9</a>'.encode("latin-1"), [{"a": "\u00e9"}]),
    ],
)
def test_values_of_a_framing(framing: str, body: str | bytes, values: list) -> None:
    frames = frames_of(framing, body)
    assert [(frame.value, frame.bad) for frame in frames] == [(value, False) for value in values]


@pytest.mark.parametrize(
    ("framing", "body", "bad"),
    [
        ("json_seq", '\x1e{"a":\x1e{"b":1}\n\x1e"c\n\x1e2\n', [0, 2]),
        ("concatenated", '{"a":1}no{"b":2}', [1]),
        ("ndjson", '{"a":1}{"b":\n{"c":1}\n', [0]),
        ("prefixed_json_lines", '0:"a"\n0:a\nhello\n1:2\n', [1, 2]),
        ("xml", "<a><b></a>", [0]),
        ("xml", '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', [0]),
        ("xml", "<a>" * 5_000 + "</a>" * 5_000, [0]),
    ],
    ids=lambda value: str(value)[:30].encode("ascii", "replace").decode(),
)
def test_bad_frames_of_a_framing_are_marked(framing: str, body: str, bad: list[int]) -> None:
    """A value that was given up is bad, and what follows it is read; XML with entities or without bottom is not."""
    assert [number for number, frame in enumerate(frames_of(framing, body)) if frame.bad] == bad


def test_what_a_frame_was_made_of_can_be_read_again_exactly() -> None:
    """The raw data of a frame with a value of several things is that value as JSON."""
    (line,) = frames_of("prefixed_json_lines", '0:{"n":9007199254740993123456789}\n')
    assert exact(line) == {"code": "0", "value": {"n": 9007199254740993123456789}}
    for framing, body in (("csv", "a,b\n1,2\n"), ("xml", "<a>1</a>")):
        (frame,) = frames_of(framing, body)
        assert exact(frame) == frame.value
