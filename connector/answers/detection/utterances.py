"""Transcribed speech: each utterance grows as a whole, is closed, and the next one starts over at the same path."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from connector.answers.detection.kinds import FINALS, PARTIALS, Sign
from connector.answers.detection.prose import common_start
from connector.answers.growing import GrowingText, starts_again


@dataclass(frozen=True)
class Utterances:
    """`closing` is the flag that closes an utterance, with its value then; None if only the start of the next one
    tells."""

    closing: tuple[Sign, bool] | None
    text: str


def utterances(pieces: Sequence[tuple[int, str]], flags: Sequence[Sign]) -> Utterances | None:
    """The utterances in these pieces, (position in the sample, wording); None if they are not speech.

    A flag closes them if it is true, or false, at the end of each and each grows as a whole up to there. A flag known
    by its name also counts if only one utterance was heard, since the next capture may contain more.
    """
    texts = [text for _, text in pieces]
    if len(set(texts)) < 0.6 * len(texts):
        return None
    closings = [
        ((sign, said), [at for at, (place, _) in enumerate(pieces) if sign.at(place) is said])
        for said in (True, False)
        for sign in flags
    ]
    for (sign, said), ends in sorted(closings, key=lambda each: -len(each[1])):
        known = sign.path is not None and sign.path[-1] in (FINALS if said else PARTIALS)
        fewest = 1 if known else 2
        if fewest <= len(ends) <= 0.7 * len(pieces) and _grow_whole(texts, [end + 1 for end in ends]):
            return Utterances((sign, said), _spoken(texts, {end + 1 for end in ends}))
    starts = [at for at, (old, new) in enumerate(pairwise(texts), 1) if starts_again(old.strip(), new.strip())]
    if starts and len(texts) >= 2 * len(starts) + 2 and _grow_whole(texts, starts):
        return Utterances(None, _spoken(texts, set(starts)))
    return None


def _grow_whole(texts: Sequence[str], starts: Sequence[int]) -> bool:
    """Whether the wordings from one start to the next belong to one growing text, for at least half with several
    wordings."""
    parts = [part for start, end in pairwise([0, *starts, len(texts)]) if (part := texts[start:end])]
    long = [part for part in parts if len(part) > 1]
    return bool(long) and 2 * len(long) >= len(parts) and all(map(_grows, long))


def _grows(part: Sequence[str]) -> bool:
    """A word may change its case or spelling on the way."""
    steps = [(old.casefold(), new.casefold()) for old, new in pairwise(part)]
    kindred = sum(common_start(old, new) >= 0.5 * min(len(old), len(new)) for old, new in steps)
    return kindred >= 0.6 * len(steps) and len(part[-1]) >= 0.6 * max(map(len, part)) and len(part[-1]) > len(part[0])


def _spoken(texts: Sequence[str], starts: set[int]) -> str:
    text = GrowingText()
    for at, said in enumerate(texts):
        if at in starts:
            text.close_utterance()
        text.utter(said)
    return text.whole()
