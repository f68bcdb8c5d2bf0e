"""What each Content-Encoding makes of the bytes: as soon as they are there, under a limit, broken ones in words."""

import gzip
import zlib
from collections.abc import Callable
from itertools import pairwise

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.answers.decoding import Decoder
from connector.errors import BrokenOff, LimitCrossed, NotDecodable


def bare(data: bytes) -> bytes:
    """Deflate without the wrapper it should have."""
    squeeze = zlib.compressobj(wbits=-15)
    return squeeze.compress(data) + squeeze.flush()


CODINGS: dict[str, tuple[str | None, Callable[[bytes], bytes]]] = {
    "none": (None, bytes),
    "identity": ("identity", bytes),
    "gzip": ("GZIP", gzip.compress),
    "several gzip files": ("x-gzip", lambda data: gzip.compress(data[:7]) + gzip.compress(data[7:])),
    "gzip and padding": ("gzip", lambda data: gzip.compress(data) + b"\0" * 40),
    "deflate": ("deflate", zlib.compress),
    "bare deflate": ("deflate", bare),
    "brotli": ("br", lambda data: brotli.compress(data, quality=5)),
    "gzip in brotli": ("gzip, br", lambda data: brotli.compress(gzip.compress(data))),
}
BOMBS = [name for name in CODINGS if name not in ("none", "identity")]


def decoded(name: str, squeezed: bytes, *places: int, most: int = 1 << 30) -> bytes:
    decoder, edges = Decoder(CODINGS[name][0], most=most), [0, *sorted(places), len(squeezed)]
    pieces = [piece for start, end in pairwise(edges) for piece in decoder.feed(squeezed[start:end])]
    decoder.close()
    return b"".join(pieces)


@pytest.mark.parametrize("name", CODINGS)
def test_every_cut_gives_the_same_bytes(name: str) -> None:
    body = "data: Zoë 🚀\n\n".encode() * 5
    squeezed = CODINGS[name][1](body)
    for place in range(len(squeezed) + 1):
        assert decoded(name, squeezed, place) == body
    assert decoded(name, squeezed, *range(len(squeezed))) == body


@pytest.mark.parametrize("name", CODINGS)
def test_what_fills_a_step_to_its_brim_is_whole_all_the_same(name: str) -> None:
    for size in (*range(65_530, 65_800), *range(131_060, 131_340, 7)):
        assert len(decoded(name, CODINGS[name][1](bytes(size)))) == size


@given(body=st.binary(max_size=300), level=st.integers(0, 9), place=st.integers(0, 400))
def test_deflate_of_any_bytes_is_told_from_bare_deflate(body: bytes, level: int, place: int) -> None:
    """The first bytes of either may look like the other's."""
    squeeze = zlib.compressobj(level, wbits=-15)
    for squeezed in (squeeze.compress(body) + squeeze.flush(), zlib.compress(body, level)):
        assert decoded("deflate", squeezed, min(place, len(squeezed))) == body


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_at_the_limit_and_never_grows(name: str) -> None:
    """P11, S12: 10 MB in a few kilobytes; hardly more than the limit is ever made of them."""
    squeezed, found = CODINGS[name][1](b"\0" * 10_000_000), 0
    decoder = Decoder(CODINGS[name][0], "Acme", most=1_000_000)
    with pytest.raises(LimitCrossed, match="larger than") as caught:
        for piece in decoder.feed(squeezed):
            assert len(piece) < 200_000
            found += len(piece)
    assert 800_000 < found <= 1_000_000
    assert caught.value.data["limit"] == "size"


def test_a_bomb_ends_at_the_limit_of_a_call_without_being_asked() -> None:
    with pytest.raises(LimitCrossed, match="50 MB"):
        list(Decoder("gzip").feed(gzip.compress(b"\0" * 60_000_000)))


@pytest.mark.parametrize("name", BOMBS)
def test_what_was_cut_off_is_told(name: str) -> None:
    """S23."""
    squeezed = CODINGS[name][1](bytes(range(256)) * 20).rstrip(b"\0")
    with pytest.raises(BrokenOff):
        decoded(name, squeezed[:-12])
    Decoder(CODINGS[name][0]).close()  # nothing came at all: that is not the decoder's to judge


@pytest.mark.parametrize("name", BOMBS)
def test_broken_data_is_said_in_words(name: str) -> None:
    with pytest.raises(NotDecodable, match="compressed"):
        decoded(name, b"\xff\xfe no such format \xff\xff\xff" * 20)


@pytest.mark.parametrize("encoding", ["zstd", "compress", "gzip, zstd", "gzip, gzip, gzip", "nonsense"])
def test_what_nobody_asked_for_is_refused(encoding: str) -> None:
    with pytest.raises(NotDecodable) as caught:
        Decoder(encoding, "Acme")
    assert "not asked for" in caught.value.as_json()["error"]["why"]


@pytest.mark.parametrize("name", ["gzip", "deflate", "bare deflate", "brotli"])
def test_what_was_flushed_is_there_at_once(name: str) -> None:
    """Each frame out as soon as its bytes are in."""
    wbits = {"gzip": 31, "deflate": 15, "bare deflate": -15}.get(name, 0)
    squeeze = brotli.Compressor() if name == "brotli" else zlib.compressobj(wbits=wbits)
    decoder = Decoder(CODINGS[name][0])
    for number in range(20):
        sent = b"data: %d\n\n" % number
        if name == "brotli":
            packet = squeeze.process(sent) + squeeze.flush()
        else:
            packet = squeeze.compress(sent) + squeeze.flush(zlib.Z_SYNC_FLUSH)
        assert b"".join(decoder.feed(packet)) == sent
