"""WebSocket frames (RFC 6455, 5.2), as far as a server writes texts, and how much may wait to be written."""

from struct import Struct

# Bytes, or characters, that may wait to be written to one browser besides its longest message. Windows keep far below
# that, unless a browser acknowledges what it has not read (P12).
UNREAD = 4 * 1024 * 1024

_WHOLE_TEXT, _MIDDLING, _LONG = 0x81, Struct(">BBH"), Struct(">BBQ")


def frame(text: str) -> bytes:
    """A text as one frame that is whole and not masked."""
    payload = text.encode()
    length = len(payload)
    if length < 126:
        return bytes((_WHOLE_TEXT, length)) + payload
    if length < 65_536:
        return _MIDDLING.pack(_WHOLE_TEXT, 126, length) + payload
    return _LONG.pack(_WHOLE_TEXT, 127, length) + payload
