"""Compressed answers: none is asked for; gzip and deflate are read anyway, piece by piece under the size limit."""

import zlib
from collections.abc import Iterator

from connector.errors import BrokenOff, NotDecodable

# The most that one read of the socket may grow into before the size limit is looked at.
_STEP = 65_536
_GZIP, _ZLIB, _RAW = 31, 15, -15


class Decoder:
    """Undoes one Content-Encoding. `feed` gives decoded pieces as soon as their bytes are there; `close` raises
    BrokenOff when the compressed data was not whole."""

    def __init__(self, encoding: str | None, service: str | None = None):
        self._encoding = (encoding or "identity").strip().lower()
        self._service = service
        if self._encoding not in ("identity", "gzip", "x-gzip", "deflate"):
            reason = f"It says it is {self._encoding[:40]}, which was not asked for"
            raise NotDecodable(service=service, reason=reason)
        self._inflate = None if self._encoding == "identity" else self._new()
        self._fed = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The decoded pieces of one read, each at most 64 KB."""
        if self._inflate is None:
            yield data
            return
        while data:
            if self._inflate.eof:
                # A gzip file may be several in a row (RFC 1952).
                self._inflate = self._new()
            piece = self._step(data)
            if piece:
                yield piece
            data = self._inflate.unconsumed_tail or self._inflate.unused_data

    def close(self) -> None:
        """The answer is over: what was compressed must be too."""
        if self._inflate is not None and self._fed and not self._inflate.eof:
            raise BrokenOff(service=self._service)

    def _new(self) -> "zlib._Decompress":
        return zlib.decompressobj(_ZLIB if self._encoding == "deflate" else _GZIP)

    def _step(self, data: bytes) -> bytes:
        assert self._inflate is not None
        try:
            first, self._fed = not self._fed, True
            return self._inflate.decompress(data, _STEP)
        except zlib.error:
            if not (first and self._encoding == "deflate"):
                raise NotDecodable(service=self._service, reason="The compressed data is broken") from None
        # Some services mean the bare format by "deflate".
        self._inflate = zlib.decompressobj(_RAW)
        try:
            return self._inflate.decompress(data, _STEP)
        except zlib.error:
            raise NotDecodable(service=self._service, reason="The compressed data is broken") from None
