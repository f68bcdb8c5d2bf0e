"""Lines of CSV (RFC 4180): the first names the columns, each later one becomes an object keyed by them."""

import csv
import re

import orjson

from connector.answers.frame import Frame
from connector.answers.lines import Lines
from connector.framings import FRAME_LIMIT, Framing, Reader, framings

_DELIMITERS = ",;\t|"
_QUOTED = re.compile(rb'(?:^|[,;\t|]) *"')
_HEADER = re.compile(rb'"?[A-Za-z_][\w.\-/%()]*"?(?:([,;\t|])"?[A-Za-z_][\w.\-/%()]*"?)*\1?')
csv.field_size_limit(FRAME_LIMIT)  # the module's own is smaller than a frame may be


class CsvReader(Reader):
    """A line break inside quotes belongs to its cell. The delimiter is the one that gives the header the most
    columns."""

    def __init__(self, limit: int):
        super().__init__(limit)
        self._lines = Lines(limit)
        self._held: list[bytes] = []
        self._size = 0
        self._quoted = False
        self._delimiter = ","
        self._columns: list[str] = []

    def read(self, data: bytes) -> list[Frame]:
        frames: list[Frame] = []
        for line in self._lines.feed(data):
            self._held.append(line)
            self._size += len(line) + 1
            self._look_for_quotes(line)
            if self._size - 1 > self.limit:
                self.overflow = True
                return frames
            if not self._quoted:
                frames += self._record()
        self.overflow = self._lines.overflow
        return frames

    def finish(self) -> list[Frame]:
        """A last line without a line break is a frame if it has all columns, else it was cut off."""
        if not (rest := self._lines.rest) and not self._held:
            return []
        self._held.append(rest)
        self._look_for_quotes(rest)
        self.rest = b"\n".join(self._held)
        cells = _cells(self.rest.decode("utf-8", "replace"), self._delimiter)
        if self._quoted or len(cells) < len(self._columns):
            self.partial = bool(self.rest.strip())
            return []
        return self._record()

    def _look_for_quotes(self, line: bytes) -> None:
        """Note whether a cell is still open after this line. A quote that does not open a cell, as in inches, is
        ordinary text."""
        if self._quoted or _QUOTED.search(line):
            self._quoted ^= line.count(b'"') % 2 == 1

    def _record(self) -> list[Frame]:
        text = b"\n".join(self._held).removesuffix(b"\r").decode("utf-8", "replace")
        self._held, self._size = [], 0
        if not text.strip():
            self.blank_lines += 1
            return []
        if not self._columns:
            self._delimiter = _delimiter_of(text)
            self._columns = _named(_cells(text, self._delimiter))
            return []
        cells = _cells(text, self._delimiter)
        more = [f"column {number + 1}" for number in range(len(self._columns), len(cells))]
        row = dict(zip([*self._columns, *more], cells, strict=False))
        return [Frame(orjson.dumps(row), row)]


def _cells(text: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([text], delimiter=delimiter), [])
    except csv.Error:  # such as a lone CR
        return text.split(delimiter)


def _delimiter_of(header: str) -> str:
    return max(_DELIMITERS, key=lambda delimiter: len(_cells(header, delimiter)))


def _named(cells: list[str]) -> list[str]:
    """The columns' names: unnamed and repeated ones get their number."""
    names: list[str] = []
    for number, cell in enumerate(cells, 1):
        name = cell.strip()
        names.append(name if name and name not in names else f"{name or 'column'} {number}")
    return names


@framings.register
class Csv(Framing):
    name = "csv"
    label = "Lines of CSV"
    content_types = ("text/csv", "application/csv", "text/tab-separated-values")
    opening = re.compile(rb"[^<{\[]")

    def sniff(self, head: bytes, complete: bool = True) -> float | None:
        """Names without spaces between delimiters, at least three of them, above a line with as many cells."""
        first, newline, more = head[:4096].partition(b"\n")
        first = first.strip(b"\r ")
        if not (found := _HEADER.fullmatch(first)) or (newline and first.count(found[1] or b",") < 2):
            return 0.0
        second, ended, _ = more.partition(b"\n")
        if not ended and not complete and len(head) < 4096:
            return None
        header, row = first.decode(), second.decode("utf-8", "replace").strip("\r")
        delimiter = _delimiter_of(header)
        return 0.7 if len(_cells(header, delimiter)) == len(_cells(row, delimiter)) else 0.0

    def new(self, limit: int | None = None) -> CsvReader:
        return CsvReader(limit or self.limit)
