"""Every framing keeps its contract: the same frames for every cut of the bytes, a limit, a sniff, a label."""

import random
from itertools import pairwise

import pytest

from connector.errors import FrameTooLarge
from connector.frame import Frame
from connector.framings import Framing, framings
from tests.cases.recorded import recorded

BODIES = {
    "sse": (
        b'\xef\xbb\xbf: hi\r\nid: 7\revent: a\ndata: {"a":1}\r\n\r\ndata: \xc3\xa9\ndata\n\n\r'
        b'data: {"t":"\xf0\x9f\x9a\x80"}\r\r\nretry: 10\n\nevent: end\n\ndata:[DONE]\n\ndata: cut'
    ),
    "ndjson": b'\xef\xbb\xbf{"a":"\xc3\xa9"}\n\r\n{"a":\r\n{"b":[1,2]}\r\n\n{"last":"\xe2\x80\xa8"}',
    "json_array": b'\xef\xbb\xbf [{"a":"]},\\"\\\\"},\r\n "\\\\", 12 , [1,[2]],{"\xc3\xa9":"[{"}, null ]\n',
    "text": b"\xef\xbb\xbfh\xc3\xa9llo \xf0\x9f\x9a\x80\r\ndata: no frame\n\n{\xff}",
    "json": b'\xef\xbb\xbf {"a":\n [1, "\xc3\xa9"]}\n',
}


def read(framing: Framing, pieces: list[bytes], limit: int | None = None) -> tuple[list[Frame], dict]:
    reader = framing.new(limit)
    frames = [frame for piece in pieces for frame in reader.feed(piece)] + reader.close()
    counts = {key: value for key, value in vars(reader).items() if not key.startswith("_")}
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
        "json": (b"", b'"' + b"x" * 200 + b'"'),
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
