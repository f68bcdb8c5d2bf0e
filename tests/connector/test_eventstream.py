"""The binary event stream of AWS: messages under checksums, events by their headers, base64 payloads opened."""

from base64 import b64encode
from binascii import crc32
from struct import pack

import orjson
import pytest

from connector.errors import Damaged, FrameTooLarge
from connector.framings import framings
from tests.contracts.test_framings import message


def frames_of(body: bytes, limit: int | None = None) -> list:
    reader = framings["eventstream"].new(limit)
    return reader.feed(body) + reader.close()


def header(name: str, kind: int, value: bytes) -> bytes:
    return bytes([len(name)]) + name.encode() + bytes([kind]) + value


def with_headers(payload: bytes, headers: bytes) -> bytes:
    """A message with headers of any sort."""

    begin = pack(">II", 16 + len(headers) + len(payload), len(headers))
    begin += pack(">I", crc32(begin)) + headers + payload
    return begin + pack(">I", crc32(begin))


def test_the_event_is_the_messages_type() -> None:
    frames = frames_of(message(b'{"delta":{"text":"Hi"}}', ":event-type", "contentBlockDelta") + message(b"{}"))
    assert [(frame.event, frame.value) for frame in frames] == [
        ("contentBlockDelta", {"delta": {"text": "Hi"}}),
        (None, {}),
    ]
    assert frames[0].headers == {":event-type": "contentBlockDelta"}


def test_a_payload_of_base64_is_opened() -> None:
    inner = {"type": "text", "text": "Zoë 🚀", "seed": 9007199254740993}
    payload = orjson.dumps({"bytes": b64encode(orjson.dumps(inner)).decode(), "p": "abcdef"})
    (frame,) = frames_of(message(payload, ":event-type", "chunk"))
    assert (frame.value, frame.event, orjson.loads(frame.text)) == (inner, "chunk", inner)


@pytest.mark.parametrize("payload", [b'{"bytes":"no base64!"}', b'{"bytes":12}', b'{"byte":"YQ=="}', b"[1]", b"text"])
def test_what_is_no_base64_stays_as_it_is(payload: bytes) -> None:
    (frame,) = frames_of(message(payload))
    assert frame.raw == payload


def test_an_exception_in_the_stream_is_an_event_of_its_name() -> None:
    (frame,) = frames_of(message(b'{"message":"Too many requests"}', ":exception-type", "throttlingException"))
    assert (frame.event, frame.value) == ("throttlingException", {"message": "Too many requests"})


def test_an_error_without_payload_says_what_its_headers_say() -> None:
    text = [
        header(name, 7, pack(">H", len(value)) + value)
        for name, value in (
            (":message-type", b"error"),
            (":error-code", b"InternalError"),
            (":error-message", b"Try \xc3\xa0 nouveau"),
        )
    ]
    (frame,) = frames_of(with_headers(b"", b"".join(text)))
    assert (frame.event, frame.value) == ("InternalError", {"message": "Try à nouveau"})


def test_headers_of_every_type_are_passed_over() -> None:
    headers = b"".join(
        header(f"h{kind}", kind, value)
        for kind, value in [
            (0, b""), (1, b""), (2, b"\1"), (3, b"\0\1"), (4, bytes(4)), (5, bytes(8)),
            (6, b"\0\3abc"), (8, bytes(8)), (9, bytes(16)), (7, b"\0\2ok"),
        ]
    )  # fmt: skip
    (frame,) = frames_of(with_headers(b"{}", headers))
    assert frame.headers == {"h7": "ok"} and not frame.bad


@pytest.mark.parametrize("headers", [b"\x05ab", header("a", 7, b"\0\x09b")[:3], b"\x01a\x63", b"\x01\xff\x07\0\1a"])
def test_headers_that_make_no_sense_make_a_bad_frame(headers: bytes) -> None:
    bad, good = frames_of(with_headers(b"{}", headers) + message(b"1"))
    assert bad.bad and good.value == 1


def test_a_message_with_a_wrong_checksum_is_a_bad_frame_among_good_ones() -> None:
    broken = bytearray(message(b'{"text":"one"}'))
    broken[-8] ^= 1
    frames = frames_of(message(b'{"a":1}') + bytes(broken) + message(b'{"b":2}'))
    assert [frame.bad for frame in frames] == [False, True, False]


@pytest.mark.parametrize("at", range(12))
def test_a_wrong_length_ends_the_reading_in_words_after_the_good_frames(at: int) -> None:
    broken = bytearray(message(b'{"text":"one"}'))
    broken[at] ^= 4
    reader = framings["eventstream"].new()
    assert len(reader.feed(message(b"{}") + bytes(broken))) == 1
    with pytest.raises(Damaged, match="arrived damaged") as caught:
        reader.feed(message(b"{}"))
    assert "checksum" in caught.value.as_json()["error"]["why"]


def test_a_message_that_says_it_is_too_large_is_refused_before_it_came() -> None:
    """P11, S12."""
    with pytest.raises(FrameTooLarge):
        frames_of(message(b"x" * 200)[:12], 100)


def test_a_message_that_was_cut_off_is_told() -> None:
    """S23."""
    reader = framings["eventstream"].new()
    reader.feed(message(b"{}") + message(b"{}")[:-1])
    assert reader.close() == [] and reader.partial
