"""The binary event stream of AWS (`application/vnd.amazon.eventstream`), used by Bedrock.

A message consists of its length, the length of its headers, a CRC32 of these eight bytes, the headers, the payload, and
a CRC32 of everything before.
"""

from base64 import b64decode, b64encode
from binascii import crc32
from collections.abc import Callable
from struct import error, pack, unpack_from

import orjson

from connector.answers.frame import Frame, frame_of
from connector.framings import Framing, Reader, framings

_AROUND = 16  # bytes of a message that are neither headers nor payload
_SIZES = {0: 0, 1: 0, 2: 1, 3: 2, 4: 4, 5: 8, 8: 8, 9: 16}  # of the header types whose values have one
_TEXT = 7


class EventstreamReader(Reader):
    """The event is the message's `:event-type`, `:exception-type` or `:error-code`. A base64 payload in `bytes` is
    decoded: the frame is what is inside. A message with a wrong CRC is a bad frame; a wrong length ends the reading,
    since nothing says where the next message begins."""

    def __init__(self, limit: int):
        super().__init__(limit)
        self._held = bytearray()

    def read(self, data: bytes) -> list[Frame]:
        frames: list[Frame] = []
        self._held += data
        at = 0
        while len(self._held) - at >= 12:
            size, headers, check = unpack_from(">III", self._held, at)
            if crc32(self._held[at : at + 8]) != check or headers + _AROUND > size:
                self.damaged("The length of a message does not match its checksum")
                break
            if size > self.limit:
                self.overflow = True
                break
            if len(self._held) - at < size:
                break
            frames.append(_frame(bytes(self._held[at : at + size]), headers))
            at += size
        del self._held[:at]
        return frames

    def finish(self) -> list[Frame]:
        """An incomplete message was cut off."""
        self.partial = bool(self._held)
        return []


def _frame(message: bytes, size: int) -> Frame:
    payload = message[12 + size : -4]
    (check,) = unpack_from(">I", message, len(message) - 4)
    headers = _headers(message[12 : 12 + size])
    if headers is None or crc32(message[:-4]) != check:
        return Frame(payload, payload.decode("utf-8", "replace"), bad=True)
    event = headers.get(":event-type") or headers.get(":exception-type") or headers.get(":error-code")
    if not payload and ":error-message" in headers:
        payload = orjson.dumps({"message": headers[":error-message"]})
    frame = frame_of(_opened(payload), event)
    frame.headers = headers
    return frame


def rewritten(body: bytes, rewrite: Callable[[bytes], bytes]) -> bytes:
    """The messages with their contents replaced, including inside base64, and their checksums recomputed. `rewrite`
    returns as many bytes as it is given."""
    made, at = [], 0
    while at + _AROUND <= len(body):
        size, headers, check = unpack_from(">III", body, at)
        message = body[at : at + size]
        if crc32(message[:8]) != check or headers + _AROUND > size or len(message) < size:
            break
        payload = message[12 + headers : -4]
        inside = _opened(payload)
        if inside is not payload:
            payload = payload.replace(b64encode(inside), b64encode(rewrite(inside)))
        new = message[:12] + rewrite(message[12 : 12 + headers]) + rewrite(payload)
        was_whole = message[-4:] == pack(">I", crc32(message[:-4]))
        made.append(new + (pack(">I", crc32(new)) if was_whole else message[-4:]))
        at += size
    return b"".join(made) + rewrite(body[at:])


def _headers(data: bytes) -> dict[str, str] | None:
    """The headers that are text, by name; None if they are not in AWS's format."""
    headers, at = {}, 0
    try:
        while at < len(data):
            name = data[at + 1 : at + 1 + data[at]].decode()
            at += 1 + data[at]
            kind, at = data[at], at + 1
            if kind in _SIZES:
                at += _SIZES[kind]
                continue
            (size,) = unpack_from(">H", data, at)
            if kind == _TEXT:
                headers[name] = data[at + 2 : at + 2 + size].decode()
            at += 2 + size
    except (IndexError, UnicodeDecodeError, error):
        return None
    return headers


def _opened(payload: bytes) -> bytes:
    """The content of `{"bytes": base64}`, else the payload itself."""
    try:
        value = orjson.loads(payload)
        return b64decode(value["bytes"], validate=True)
    except (ValueError, TypeError, KeyError):
        return payload


@framings.register
class Eventstream(Framing):
    name = "eventstream"
    label = "AWS event stream"
    content_types = ("application/vnd.amazon.eventstream",)

    def sniff(self, head: bytes, complete: bool = True) -> float | None:
        if not head.startswith(b"\0"):
            return 0.0
        if len(head) < 12:
            return 0.0 if complete else None
        return 1.0 if crc32(head[:8]) == unpack_from(">I", head, 8)[0] else 0.0

    def new(self, limit: int | None = None) -> EventstreamReader:
        return EventstreamReader(limit or self.limit)
