"""What is done with each kind of piece that a frame holds: one table for a live stream and for frames read again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from connector.answers.growing import GrowingText

Kind: TypeAlias = Literal[
    "append", "whole", "utter", "wording", "close", "value", "largest", "live", "item", "error", "end", "reason"
]
LISTED = 1_000  # items of a list of frames: the newest


@dataclass(slots=True)
class Held:
    """What the fields of a call hold, by field id: texts as they grow, and the newest of every other field."""

    texts: dict[str, GrowingText]
    values: dict[str, Any]


def _closed(held: Held, key: str, piece: str) -> bool:
    text = held.texts[key]
    text.close_utterance()
    return False


def _newest(held: Held, key: str, piece: Any) -> bool:
    held.values[key] = piece
    return False


def _largest(held: Held, key: str, piece: Any) -> bool:
    held.values[key] = max(piece, held.values.get(key, piece))
    return False


def _live(held: Held, key: str, piece: Any) -> bool:
    old = held.values.get(key)
    if piece == old and type(piece) is type(old):
        return False
    held.values[key] = piece
    return True


def _item(held: Held, key: str, piece: Any) -> bool:
    held.values[key] = [*held.values.get(key, ())[1 - LISTED :], piece]
    return True


# What keeps a piece of a field, and says whether there is now something to be seen that was not there before: a value
# that is only shown once the stream has ended (S21) is none. Of texts it raises LimitCrossed (S12). The other kinds,
# error, end and reason, are of no field.
KEEPING: Mapping[Kind, Callable[[Held, str, Any], bool]] = {
    "append": lambda held, key, piece: held.texts[key].append(piece),
    "whole": lambda held, key, piece: held.texts[key].become(piece),
    "utter": lambda held, key, piece: held.texts[key].utter(piece, restarts=True),
    "wording": lambda held, key, piece: held.texts[key].utter(piece),
    "close": _closed,
    "value": _newest,
    "largest": _largest,
    "live": _live,
    "item": _item,
}
