"""Reading an answer: from the first bytes that tell its framing to the last frame."""

from connector.frame import Frame
from connector.framings import BODY_LIMIT, Framing, Reader, choose, framings, is_html
from connector.limits import Limits

# The framing of an answer that is no stream, by response type.
WHOLE = {"json": "json", "text": "text"}


class Reading:
    """One answer being framed. Bytes wait until the framing is known: at once where the call says that it is no stream,
    else as soon as the content type and the first bytes tell, since a service that refuses may answer in another one.

    `head` is the first piece of the body, for whoever must say what came instead of a stream.
    """

    def __init__(self, content_type: str, limits: Limits, known: str | None = None):
        self.content_type = content_type
        self.limits = limits
        self.framing: Framing | None = framings.get(known or "")
        self.reader: Reader | None = self._reader()
        self.head = b""

    def take(self, data: bytes) -> bytes:
        """The bytes that can be read now: none while the framing is not known, else all that waited."""
        if self.reader is not None:
            return data
        self.head += data
        return self._decide(complete=False)

    def rest(self) -> bytes:
        """The bytes that still waited when the body ended."""
        return b"" if self.reader is not None else self._decide(complete=True)

    @property
    def is_page(self) -> bool:
        """Whether what came is a web page."""
        return is_html(self.head)

    def frames(self, data: bytes) -> list[Frame]:
        """The frames that these bytes finish, for a reading without a stream behind it."""
        data = self.take(data)
        return self.reader.feed(data) if self.reader and data else []

    def close(self) -> list[Frame]:
        """The frames that the end of the body finishes."""
        data = self.rest()
        found = self.reader.feed(data) if self.reader and data else []
        return found + (self.reader.close() if self.reader else [])

    def _decide(self, complete: bool) -> bytes:
        self.framing = choose(self.content_type, self.head, complete)
        self.reader = self._reader()
        return self.head if self.reader is not None else b""

    def _reader(self) -> Reader | None:
        if self.framing is None:
            return None
        whole = self.framing.name in ("json", "text")
        return self.framing.new(BODY_LIMIT if whole else self.limits.frame)
