"""Lines out of bytes that were cut anywhere, in linear time and under a limit."""


class Lines:
    """Cuts a byte stream into lines without their ends.

    LF ends a line and nothing else does (P1: not U+2028); with `lone_cr` CR and CRLF do too. A CR at the end of a read
    ends its line at once; an LF that comes first in the next read belongs to it. A line of more than `limit` bytes
    sets `overflow`: the lines before it are still given, nothing after it is.
    """

    def __init__(self, limit: int, lone_cr: bool = False):
        self.limit = limit
        self.overflow = False
        self._lone_cr = lone_cr
        self._after_cr = False
        self._parts: list[bytes] = []
        self._size = 0

    def feed(self, data: bytes) -> list[bytes]:
        """The lines that these bytes finish."""
        if self._lone_cr:
            data = self._with_lf_only(data)
        checked = self._size + len(data) > self.limit
        if b"\n" not in data:
            self._keep(data)
            return []
        lines = data.split(b"\n")
        if self._parts:
            self._parts.append(lines[0])
            lines[0] = b"".join(self._parts)
        tail = lines.pop()
        self._parts, self._size = [], 0
        if checked:
            for number, line in enumerate(lines):
                if len(line) > self.limit:
                    self.overflow = True
                    return lines[:number]
        self._keep(tail)
        return lines

    @property
    def rest(self) -> bytes:
        """The line that has begun and is not finished."""
        return b"".join(self._parts)

    def _keep(self, tail: bytes) -> None:
        if tail:
            self._parts.append(tail)
            self._size += len(tail)
            self.overflow = self.overflow or self._size > self.limit

    def _with_lf_only(self, data: bytes) -> bytes:
        if self._after_cr and data:
            self._after_cr = False
            if data.startswith(b"\n"):
                data = data[1:]
        if b"\r" in data:
            self._after_cr = data.endswith(b"\r")
            data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        return data
