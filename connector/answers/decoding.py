"""Compressed responses. None is requested, but gzip, deflate and brotli are decoded anyway, in pieces and under a
limit."""

import zlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import NoReturn

import brotli

from connector.errors import BrokenOff, LimitCrossed, NotDecodable
from connector.spending.limits import Limits

# Roughly the largest piece that one step produces, so that each is checked, and may be stopped, before more is decoded.
_STEP = 65_536
_GZIP, _ZLIB, _RAW = 31, 15, -15


class Decoder:
    """Undoes the Content-Encoding of a response. `feed` yields decoded pieces as soon as their bytes have arrived;
    `close` raises BrokenOff if the compressed data was incomplete.

    Raises NotDecodable for an unknown coding or corrupt data, and LimitCrossed once more than `most` bytes came out,
    however few went in; `size` is how many did.
    """

    def __init__(self, encoding: str | None, service: str | None = None, most: int = Limits().size):
        self._service = service
        self.most = most
        self.size = 0
        names = [name for each in (encoding or "").split(",") if (name := each.strip().lower()) not in ("", "identity")]
        for name in names:
            if name not in _CODINGS or len(names) > 2:
                reason = f"It says it is {name[:40]}, which was not asked for"
                raise NotDecodable(service=service, reason=reason)
        # The last coding listed is the outermost.
        self._codings = [_CODINGS[name]() for name in reversed(names)]

    @property
    def is_plain(self) -> bool:
        """Whether nothing has to be decoded."""
        return not self._codings

    def feed(self, data: bytes) -> Iterable[bytes]:
        """The decoded pieces of one read."""
        if self._codings:
            return self._decoded(data)
        self._count(data)
        return (data,)

    def _count(self, piece: bytes) -> None:
        self.size += len(piece)
        if self.size > self.most:
            self.refuse()

    def refuse(self) -> NoReturn:
        """Raise the error for too many bytes."""
        raise LimitCrossed.of("size", self.most, self._service)

    def _decoded(self, data: bytes) -> Iterator[bytes]:
        try:
            for piece in self._through(data, 0):
                self._count(piece)
                yield piece
        except (zlib.error, brotli.error):
            raise NotDecodable(service=self._service, reason="The compressed data is broken") from None

    def close(self) -> None:
        """The response has ended; the compressed data must have ended, too."""
        if not all(coding.is_whole for coding in self._codings):
            raise BrokenOff(service=self._service)

    def _through(self, data: bytes, number: int) -> Iterator[bytes]:
        if number == len(self._codings):
            yield data
            return
        for piece in self._codings[number].feed(data):
            yield from self._through(piece, number + 1)


class _Coding(ABC):
    """One content coding. Whatever follows its end is not part of the response."""

    is_whole = True  # nothing came yet, or all of it

    @abstractmethod
    def feed(self, data: bytes) -> Iterator[bytes]:
        """The pieces these bytes decode to, none of them empty."""


def _holds_back(inflate: "zlib._Decompress", piece: bytes) -> bool:
    """Whether bytes already consumed may still produce output: the last step filled its whole buffer."""
    return len(piece) >= _STEP and not inflate.eof


class _Gzip(_Coding):
    """Several gzip files may follow one another (RFC 1952)."""

    def __init__(self) -> None:
        self._inflate = zlib.decompressobj(_GZIP)

    def feed(self, data: bytes) -> Iterator[bytes]:
        more = False
        while data or more:
            if self._inflate.eof:
                if not data.startswith(b"\x1f"):
                    return
                self._inflate = zlib.decompressobj(_GZIP)
            if piece := self._inflate.decompress(data, _STEP):
                yield piece
            self.is_whole = self._inflate.eof
            data = self._inflate.unconsumed_tail or self._inflate.unused_data
            more = _holds_back(self._inflate, piece)


class _Deflate(_Coding):
    """The zlib format, or raw deflate, which some services mean by "deflate". Input is kept until the first output, so
    that it can be decoded the other way if the first fails."""

    def __init__(self) -> None:
        self._inflate = zlib.decompressobj(_ZLIB)
        self._kept: bytes | None = b""

    def feed(self, data: bytes) -> Iterator[bytes]:
        more = False
        while (data or more) and not self._inflate.eof:
            if piece := self._step(data):
                self._kept = None
                yield piece
            self.is_whole = self._inflate.eof
            data, more = self._inflate.unconsumed_tail, _holds_back(self._inflate, piece)

    def _step(self, data: bytes) -> bytes:
        if self._kept is None:
            return self._inflate.decompress(data, _STEP)
        self._kept += data
        try:
            return self._inflate.decompress(data, _STEP)
        except zlib.error:
            data, self._kept = self._kept, None
            self._inflate = zlib.decompressobj(_RAW)
            return self._inflate.decompress(data, _STEP)


class _Brotli(_Coding):
    def __init__(self) -> None:
        self._inflate = brotli.Decompressor()

    def feed(self, data: bytes) -> Iterator[bytes]:
        if not data or self._inflate.is_finished():
            return
        more = True
        while more and not self._inflate.is_finished():
            if piece := self._inflate.process(data, output_buffer_limit=_STEP):
                yield piece
            data, more = b"", len(piece) >= _STEP or not self._inflate.can_accept_more_data()
        self.is_whole = self._inflate.is_finished()


_CODINGS: dict[str, type[_Coding]] = {"gzip": _Gzip, "x-gzip": _Gzip, "deflate": _Deflate, "br": _Brotli}
