"""Speech whose complete utterances are sent once more, at another path or in another kind of frame."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from connector.answers.detection.candidates import Candidate
from connector.answers.detection.prose import common_start, letters
from connector.answers.detection.utterances import Utterances
from connector.answers.growing import GrowingText

_FEWEST = 3  # wordings before the last


def with_finals(streams: Sequence[Candidate]) -> list[Candidate]:
    """The streams, with each growing wording and its finals merged into one: read live, and corrected at the end."""
    found = list(streams)
    for growing in streams:
        if growing.mode not in ("segments", "cumulative") or growing.replacement or len(growing.pieces) < _FEWEST:
            continue
        finals = next((each for each in found if each is not growing and _closes(each, growing)), None)
        if finals is not None:
            found = [_closed(growing, finals) if each is growing else each for each in found if each is not finals]
    return found


def _closes(finals: Candidate, growing: Candidate) -> bool:
    """Whether each piece repeats the wording right before it, without being just a repetition of its own stream."""
    if (
        finals.mode != "delta"
        or finals.role not in ("answer", "status")
        or len(finals.pieces) > len(growing.pieces) / 2
    ):
        return False
    if not finals.places.isdisjoint(growing.places) or (growing.spoken and growing.spoken.closing):
        return False
    places, last, akin = [place for place, _ in growing.pieces], -1, 0
    for place, text in finals.pieces:
        before = bisect_left(places, place) - 1
        akin += before > last and _are_akin(growing.pieces[before][1], text)
        last = before
    news = len(finals.pieces) > 1 or finals.text.strip() != growing.text.strip()
    return news and akin >= 0.8 * len(finals.pieces)


def _are_akin(wording: str, final: str) -> bool:
    """Case and punctuation are often corrected in the end."""
    one, other = letters(wording), letters(final)
    return bool(one and other) and common_start(one, other) >= 0.5 * max(len(one), len(other))


def _closed(growing: Candidate, finals: Candidate) -> Candidate:
    text = GrowingText()
    said = sorted([*((at, piece, False) for at, piece in growing.pieces), *((at, p, True) for at, p in finals.pieces)])
    for _, piece, closes in said:
        text.utter(piece)
        if closes:
            text.close_utterance()
    closing = {"path": finals.track.spelled, "when": finals.condition()}
    spoken = Utterances(None, text.whole())
    return replace(growing, role=finals.role, mode="segments", spoken=spoken, replacement=closing)
