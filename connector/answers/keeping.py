"""What is done with each kind of piece that a frame holds: one table for a live stream and for frames read again."""

from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeAlias

from connector.answers.growing import GrowingText

Kind: TypeAlias = Literal[
    "append", "whole", "utter", "wording", "close", "value", "largest", "live", "item", "error", "end", "reason"
]
LISTED = 1_000  # items of a list of frames: the newest


def _restarted(text: GrowingText, said: str) -> bool:
    return text.utter(said, restarts=True)


def _closed(text: GrowingText, said: str) -> bool:
    changed = text.utter(said)
    text.close_utterance()
    return changed


def _newest(values: dict[str, Any], key: str, piece: Any) -> bool:
    values[key] = piece
    return False


def _largest(values: dict[str, Any], key: str, piece: Any) -> bool:
    values[key] = max(piece, values.get(key, piece))
    return False


def _live(values: dict[str, Any], key: str, piece: Any) -> bool:
    old = values.get(key)
    if piece == old and type(piece) is type(old):
        return False
    values[key] = piece
    return True


def _item(values: dict[str, Any], key: str, piece: Any) -> bool:
    values[key] = [*values.get(key, ())[1 - LISTED :], piece]
    return True


# How a piece changes the text it is of; whether it did. Raises LimitCrossed (S12).
GROWING: Mapping[Kind, Callable[[GrowingText, str], bool]] = {
    "append": GrowingText.append,
    "whole": GrowingText.become,
    "utter": _restarted,
    "wording": GrowingText.utter,
    "close": _closed,
}
# How a piece is kept among the values by field id; whether that is to be seen at once, as what waits for the end of the
# stream is not (S21). The kinds that are in neither table, error, end and reason, are of no field.
KEEPING: Mapping[Kind, Callable[[dict[str, Any], str, Any], bool]] = {
    "value": _newest,
    "largest": _largest,
    "live": _live,
    "item": _item,
}
