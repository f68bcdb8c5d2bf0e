"""Plain text: the whole body is the text, and each read of it a frame."""

from codecs import getincrementaldecoder

from connector.answers.frame import Frame
from connector.framings import Framing, Reader, framings


class TextReader(Reader):
    """UTF-8, with U+FFFD for invalid bytes. A character split by a read waits for the rest of it."""

    def __init__(self, limit: int):
        super().__init__(limit)
        self._decoder = getincrementaldecoder("utf-8")("replace")

    def read(self, data: bytes) -> list[Frame]:
        text = self._decoder.decode(data)
        return [Frame(text.encode(), text)] if text else []

    def finish(self) -> list[Frame]:
        """An incomplete character at the end was cut off, and nothing is made up for it."""
        self.rest = self._decoder.getstate()[0]
        self.partial = bool(self.rest)
        return []


@framings.register
class Text(Framing):
    name = "text"
    label = "Plain text"
    content_types = ("text/plain", "text/html", "text/markdown")
    continuous = True

    def sniff(self, head: bytes, complete: bool = True) -> float | None:
        return 0.0 if b"\0" in head else 0.2

    def new(self, limit: int | None = None) -> TextReader:
        return TextReader(limit or self.limit)
