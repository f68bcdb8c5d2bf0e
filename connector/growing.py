"""A text that grows piece by piece and can be read from any length on, at the cost of what is new."""

from bisect import bisect_right

from connector.errors import LimitCrossed
from connector.limits import Limits
from connector.scalars import has_surrogates, mended

TEXT_LIMIT = Limits().text  # characters (S12)
_LOOSE = 512  # pieces that are joined to one when there are more, so that ten million letters stay small


class GrowingText:
    """`length` is in characters (code points); `epoch` grows when the text was replaced and not appended to, so that a
    reader knows that what it has is no longer the beginning. Raises TextTooLong (S12), and then keeps what it had."""

    def __init__(self, limit: int = TEXT_LIMIT):
        self.limit = limit
        self.length = 0
        self.epoch = 0
        self._pieces: list[str] = []
        self._starts: list[int] = []
        self._joined = 0  # so many pieces at the beginning are joined ones
        self._half = ""  # the first half of a surrogate pair, waiting for its other half

    def append(self, piece: str) -> bool:
        """Add a piece; whether the text changed."""
        if self._half or has_surrogates(piece):
            piece = self._with_whole_pairs(piece)
        if not piece:
            return False
        if self.length + len(piece) > self.limit:
            raise LimitCrossed.of("text", self.limit)
        self._pieces.append(piece)
        self._starts.append(self.length)
        self.length += len(piece)
        if len(self._pieces) - self._joined > _LOOSE:
            self._pieces[self._joined :] = ["".join(self._pieces[self._joined :])]
            del self._starts[self._joined + 1 :]
            self._joined += 1
        return True

    def become(self, whole: str) -> bool:
        """Take the newest whole text: what is new at its end is appended, anything else is a new epoch."""
        whole, old = mended(whole), self.whole()
        if whole == old:
            return False
        if whole.startswith(old):
            return self.append(whole[len(old) :])
        if len(whole) > self.limit:
            raise LimitCrossed.of("text", self.limit)
        self._pieces, self._starts, self._joined = ([whole], [0], 1) if whole else ([], [], 0)
        self.length, self._half = len(whole), ""
        self.epoch += 1
        return True

    def finish(self) -> bool:
        """The text is complete: half a character that still waits becomes U+FFFD. Whether the text changed."""
        half, self._half = self._half, ""
        return bool(half) and self.append("\ufffd")

    def since(self, length: int) -> str:
        """What came after the first `length` characters."""
        if length >= self.length:
            return ""
        first = bisect_right(self._starts, length) - 1
        rest = self._pieces[first][length - self._starts[first] :]
        return rest + "".join(self._pieces[first + 1 :]) if first + 1 < len(self._pieces) else rest

    def whole(self) -> str:
        """All of it."""
        if len(self._pieces) > 1:
            self._pieces, self._starts, self._joined = ["".join(self._pieces)], [0], 1
        return self._pieces[0] if self._pieces else ""

    def _with_whole_pairs(self, piece: str) -> str:
        piece, self._half = self._half + piece, ""
        if "\ud800" <= piece[-1:] <= "\udbff":
            piece, self._half = piece[:-1], piece[-1]
        return mended(piece)
