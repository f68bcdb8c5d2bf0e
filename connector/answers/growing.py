"""A text that grows piece by piece and can be read from any length on, at the cost of what is new."""

import re
from bisect import bisect_right
from itertools import count

from connector.answers.scalars import mended
from connector.errors import LimitCrossed
from connector.spending.limits import Limits

TEXT_LIMIT = Limits().text  # characters (S12)
_LOOSE = 512  # pieces that are joined to one when there are more, so that ten million letters stay small
_REPEAT = 8  # characters from which on a piece that says everything once more is taken for a repeat
_SPACED = re.compile("[^\\s\u3040-\u30ff\u3400-\u9fff]")  # scripts with spaces between words
_serials = count()


class GrowingText:
    """`length` is in characters (code points); `epoch` increases when the text is replaced rather than appended to, so
    that a reader knows that what it has is no longer a prefix; `serial` distinguishes it from every other text of this
    process, including those that are gone. Raises TextTooLong (S12), and keeps what it had."""

    def __init__(self, limit: int = TEXT_LIMIT):
        self.limit = limit
        self.length = 0
        self.epoch = 0
        self.serial = next(_serials)
        # When it got its first content, counted from the request.
        self.seconds_to_first_text: float | None = None
        self._pieces: list[str] = []
        self._starts: list[int] = []
        self._joined = 0  # so many pieces at the beginning are joined ones
        self._half = ""  # the first half of a surrogate pair, waiting for its other half
        self._grown = 0  # pieces that were appended
        self._said = 0  # the length of the utterances that are closed

    def append(self, piece: str) -> bool:
        """Add a piece; return whether the text changed. A piece that equals everything before it, if that was two or
        more pieces, is the whole text again, as some services send it at the end: it adds nothing (S20)."""
        if len(piece) >= _REPEAT and self._grown > 1 and abs(len(piece) - self.length) < 3 and self._is_repeat(piece):
            return False
        self._grown += 1
        return self._add(piece)

    def _add(self, piece: str) -> bool:
        if self._half or not piece.isascii():
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
        """Take the latest whole text: an extension is appended, anything else starts a new epoch."""
        whole, old = mended(whole), self.whole()
        if whole == old:
            return False
        if whole.startswith(old):
            return self._add(whole[len(old) :])
        if len(whole) > self.limit:
            raise LimitCrossed.of("text", self.limit)
        self._pieces, self._starts, self._joined = ([whole], [0], 1) if whole else ([], [], 0)
        self.length, self._half = len(whole), ""
        self.epoch += 1
        return True

    def utter(self, said: str, restarts: bool = False) -> bool:
        """Take the latest wording of the utterance being spoken; closed ones stay before it. If nothing closes them, an
        utterance that starts over (`restarts`) does."""
        if restarts and starts_again(self.whole()[self._said :].strip(), said.strip()):
            self.close_utterance()
        before = self.whole()[: self._said]
        between = " " if said and _SPACED.match(before[-1:]) and _SPACED.match(said) else ""
        return self.become(before + between + said)

    def close_utterance(self) -> None:
        """The current utterance is final; the next wording begins another one."""
        self._said = self.length

    def finish(self) -> bool:
        """The text is complete: a pending half of a character becomes U+FFFD. Returns whether the text changed."""
        half, self._half = self._half, ""
        return bool(half) and self._add("\ufffd")

    def since(self, length: int) -> str:
        """The text after the first `length` characters."""
        if length >= self.length:
            return ""
        if length == self._starts[-1]:  # the quick way of most
            return self._pieces[-1]
        first = bisect_right(self._starts, length) - 1
        rest = self._pieces[first][length - self._starts[first] :]
        return rest + "".join(self._pieces[first + 1 :]) if first + 1 < len(self._pieces) else rest

    def whole(self) -> str:
        """All of it."""
        if len(self._pieces) > 1:
            self._pieces, self._starts, self._joined = ["".join(self._pieces)], [0], 1
        return self._pieces[0] if self._pieces else ""

    def _is_repeat(self, piece: str) -> bool:
        return piece.strip() == self.whole().strip()

    def _with_whole_pairs(self, piece: str) -> str:
        piece, self._half = self._half + piece, ""
        if "\ud800" <= piece[-1:] <= "\udbff":
            piece, self._half = piece[:-1], piece[-1]
        return mended(piece)


def starts_again(old: str, new: str) -> bool:
    """Whether a wording belongs to the next utterance (shorter, and beginning differently) or is a better one of the
    last."""
    if not old or not new or len(new) > 0.4 * len(old):
        return False
    alike = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    return alike < 0.25 * len(new)
