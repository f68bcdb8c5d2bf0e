"""Every framing keeps its contract: the same frames for every cut of the bytes, a limit, a sniff, a label."""

import random
from binascii import crc32
from itertools import pairwise
from struct import pack

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connector.answers.frame import Frame
from connector.errors import ConnectorError, FrameTooLarge
from connector.framings import Framing, framings
from tests.cases.recorded import recorded


def message(payload: bytes, *header: str) -> bytes:
    """A message of an AWS event stream with one text header."""
    headers = b""
    if header:
        name, value = (each.encode() for each in header)
        headers = bytes([len(name)]) + name + b"\x07" + pack(">H", len(value)) + value
    begin = pack(">II", 16 + len(headers) + len(payload), len(headers))
    begin += pack(">I", crc32(begin)) + headers + payload
    return begin + pack(">I", crc32(begin))


PIECES = [
    b"\n",
    b"\r\n",
    b"\r",
    b'"',
    b"\\",
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b" ",
    b":",
    b"\x1e",
    b"data: ",
    b'{"a":1}\n',
    b"--b1",
    b"1",
]
BODIES = {
    "sse": (
        b'\xef\xbb\xbf: hi\r\nid: 7\revent: a\ndata: {"a":1}\r\n\r\ndata: \xc3\xa9\ndata\n\n\r'
        b'data: {"t":"\xf0\x9f\x9a\x80"}\r\r\nretry: 10\n\nevent: end\n\ndata:[DONE]\n\ndata: cut'
    ),
    "ndjson": b'\xef\xbb\xbf{"a":"\xc3\xa9"}\n\r\n{"a":\r\n{"b":[1,2]}\r\n\n{"last":"\xe2\x80\xa8"}',
    "json_array": b'\xef\xbb\xbf [{"a":"]},\\"\\\\"},\r\n "\\\\", 12 , [1,[2]],{"\xc3\xa9":"[{"}, null ]\n',
    "text": b"\xef\xbb\xbfh\xc3\xa9llo \xf0\x9f\x9a\x80\r\ndata: no frame\n\n{\xff}",
    "concatenated": b'\xef\xbb\xbf{"a":"}{\\"","b":[{}]}{"c":\n "\xc3\xa9\\\\"} 12 "s"\r\n[{"d":null}]true',
    "json_seq": b'\x1e{"a":"\xc3\xa9\x1d"}\n\x1e12\n\x1e{"cut":"\n\x1e[\n1,\n2]\n\x1e"s\\""\n\x1e{"half"',
    "prefixed_json_lines": b'\xef\xbb\xbf0:"\xc3\xa9\\n0:"\n2:[{"p":1}]\r\n\n0:no\nd:{"a":9007199254740993}\ne:{"cu',
    "csv": b'\xef\xbb\xbfa;b;"c d"\r\n1;"\xc3\xa9\r\n""2""";\n\nx\n1;2;3;4\r\n"cut',
    "multipart": (
        b'\r\n--b1\r\nContent-Type: application/json\r\n\r\n{"a":"\r\n--b1x"}\r\n--b1\r\n\r\n{"b":"\xc3\xa9"}\r\n--b1'
        b"\r\nX-A: 1\r\n\r\nline\r\n--b12\r\n\r\n--b1--\r\nepilogue"
    ),
    "eventstream": message(b'{"a":1}', ":event-type", "one")
    + message(b'{"bytes":"eyJiIjoyfQ==","p":"ab"}', "x", "\u00e9")
    + message(b"damaged")[:-1]
    + b"?"
    + message(b"")
    + message(b"cut")[:-3],
    "xml": b'\xef\xbb\xbf<?xml version="1.0"?>\n<a b="1"><c>\xc3\xa9</c><c/></a>\n',
    "json": b'\xef\xbb\xbf {"a":\n [1, "\xc3\xa9"]}\n',
}


def read(framing: Framing, pieces: list[bytes], limit: int | None = None) -> tuple[list[Frame], dict]:
    """The frames, what was counted, and the words it ended with where it could not go on."""
    reader, frames, words = framing.new(limit), [], ""
    try:
        for piece in pieces:
            frames += reader.feed(piece)
        frames += reader.close()
    except ConnectorError as error:
        words = str(error)
    counts = {key: value for key, value in vars(reader).items() if not key.startswith("_")} | {"words": words}
    if framing.continuous:
        text = "".join(frame.text for frame in frames)
        counts.pop("frames")
        frames = [Frame(text.encode(), text)]
    return frames, counts


def cut(body: bytes, *places: int) -> list[bytes]:
    edges = [0, *sorted(places), len(body)]
    return [body[start:end] for start, end in pairwise(edges)]


def bodies(framing: Framing) -> list[bytes]:
    return [BODIES[framing.name], *(each.body for each in recorded() if each.framing == framing.name)]


@pytest.fixture(params=sorted(framings), ids=str)
def framing(request: pytest.FixtureRequest) -> Framing:
    return framings[request.param]


def test_its_sample_gives_frames(framing: Framing) -> None:
    frames, _ = read(framing, [BODIES[framing.name]])
    assert frames


def test_every_single_cut_gives_the_same_frames(framing: Framing) -> None:
    """P1, P2: where the network cuts the bytes means nothing."""
    for body in bodies(framing):
        if len(body) < 1000:
            whole = read(framing, [body])
            for place in range(len(body) + 1):
                assert read(framing, cut(body, place)) == whole, (place, body[:60])


def test_every_two_cuts_of_its_sample_give_the_same_frames(framing: Framing) -> None:
    body = BODIES[framing.name]
    whole = read(framing, [body])
    for first in range(len(body)):
        for second in range(first, len(body)):
            assert read(framing, cut(body, first, second)) == whole, (first, second)


def test_byte_by_byte_and_random_cuts_give_the_same_frames(framing: Framing) -> None:
    chance = random.Random(1)
    for body in bodies(framing):
        whole = read(framing, [body])
        assert read(framing, [body[at : at + 1] for at in range(len(body))]) == whole
        for _ in range(10):
            places = chance.choices(range(len(body) + 1), k=chance.randint(2, 60))
            assert read(framing, cut(body, *places)) == whole, (places, body[:60])


@pytest.mark.parametrize("name", sorted(framings))
@settings(max_examples=60)
@given(data=st.data())
def test_any_cut_of_any_bytes_gives_the_same_frames(name: str, data: st.DataObject) -> None:
    """P1, P2: also of bodies that are broken, and over a limit."""
    framing = framings[name]
    pieces = st.sampled_from([*PIECES, *(BODIES[framing.name][at : at + 9] for at in range(0, 90, 7))])
    body = b"".join(data.draw(st.lists(pieces | st.binary(max_size=3), max_size=30)))
    body = data.draw(st.sampled_from([b"", BODIES[framing.name]])) + body
    places = data.draw(st.lists(st.integers(0, len(body)), max_size=12))
    for limit in (None, 60):
        assert read(framing, cut(body, *places), limit) == read(framing, [body], limit)


def test_nothing_in_means_nothing_out(framing: Framing) -> None:
    reader = framing.new()
    assert reader.feed(b"") == [] and reader.close() == []
    assert not reader.partial


def test_a_frame_over_the_limit_raises_after_the_frames_before_it(framing: Framing) -> None:
    """P11, S12: at whatever place the bytes are cut."""
    if framing.continuous:
        pytest.skip("its frames are reads, which have their own limit")
    small, large = {
        "sse": (b"data: 1\n\n", b"data: " + b"x" * 200 + b"\n\n"),
        "ndjson": (b"1\n", b'"' + b"x" * 200 + b'"\n'),
        "json_array": (b"[1,", b'"' + b"x" * 200 + b'",'),
        "concatenated": (b"{}", b'{"a":"' + b"x" * 200 + b'"}'),
        "json_seq": (b"\x1e1\n", b'\x1e"' + b"x" * 200 + b'"'),
        "prefixed_json_lines": (b'0:"a"\n', b'0:"' + b"x" * 200 + b'"\n'),
        "csv": (b"a,b\n1,2\n", b'1,"' + b"x" * 50 + b"\n" * 150 + b'"\n'),
        "multipart": (b"--b\r\n\r\n{}\r\n--b\r\n", b"\r\n" + b"line\r\n" * 40 + b"--b"),
        "eventstream": (message(b"1"), message(b"x" * 200)),
    }.get(framing.name, (b"", b"x" * 300))
    for pieces in ([small + large], [small, large], [*cut(small + large, *range(0, 200, 7))]):
        reader, frames = framing.new(100), []
        with pytest.raises(FrameTooLarge) as caught:
            for piece in pieces:
                frames += reader.feed(piece)
            reader.close()
        assert len(frames) == bool(small)
        assert caught.value.data["limit"] == "frame"


def test_rubbish_is_survived(framing: Framing) -> None:
    chance = random.Random(2)
    alphabet = b'\r\n\0:,[]{}"\\datevn 1\xc3\xa9\xef\xbb\xbf\xf0\xff'
    for _ in range(300):
        body = bytes(chance.choices(alphabet, k=40))
        assert read(framing, cut(body, 13, 14, 29)) == read(framing, [body]), body


def test_it_says_what_it_is(framing: Framing) -> None:
    assert framing.label and framing.label != framing.name
    assert 0 <= framing.sniff(b"") <= framing.sniff(BODIES[framing.name].removeprefix(b"\xef\xbb\xbf").lstrip()) <= 1
