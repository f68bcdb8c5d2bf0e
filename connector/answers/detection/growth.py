"""Whether several frames form one readable text, or are a feed's records, ids, or padding."""

import re
from collections.abc import Collection, Mapping

from connector.answers.detection.candidates import Candidate
from connector.answers.detection.leaves import Path, Track
from connector.answers.detection.prose import (
    is_filler,
    is_json,
    is_json_in_pieces,
    is_opaque,
    is_prose,
    is_short_word,
    join_quality,
    seams,
    seams_between_words,
)

_ENOUGH = 40  # pieces that are compared with what changes beside them
_FEW = 6  # pieces up to which, where no name says text, white space or punctuation must stand at a seam
_MESSAGES = re.compile(r"(^|[^a-z])(message|text|answer)([^a-z]|$)")


def grows(candidate: Candidate, tracks: Mapping[Path, Track], whole: Collection[str]) -> bool:
    """Whether its pieces form one readable text. `whole` are the texts that come in one piece: what comes in both ways
    is certainly a text."""
    texts = candidate.texts
    if len(set(texts)) < 2 or candidate.role == "aside":
        return False
    if candidate.plain or candidate.role == "status":
        return candidate.plain
    if candidate.role == "tool":
        return is_json(candidate.text) or is_prose(candidate.text)
    if is_json_in_pieces(texts):
        return True
    if not _is_readable(candidate):
        return False
    if candidate.mode != "delta" or (candidate.is_textual and "delta" in candidate.track.path):
        return True
    if candidate.text.strip() in whole:
        return True
    known = candidate.is_textual or candidate.role == "reasoning"
    if not known and (len(texts) < 3 or (len(texts) < _FEW and not seams_between_words(texts)[0])):
        return False
    return (join_quality(texts) >= 0.5 or _speaks(candidate)) and not _is_record(candidate, tracks)


def _is_readable(candidate: Candidate) -> bool:
    """Prose, or something that only its name says is text: a single word, code, JSON requested from a model, in many
    pieces."""
    if is_prose(candidate.text):
        return True
    if "delta" in candidate.track.path and candidate.is_named_text and len(candidate.pieces) > 3:
        return True
    many = len(candidate.pieces) > 3 and not is_opaque(candidate.text) and len(candidate.text.split()) > 1
    return (candidate.is_textual and many) or (candidate.is_named_text and is_short_word(candidate.text))


def wholes(tracks: Mapping[Path, Track]) -> set[str]:
    """The longer texts of all frames; one of them may arrive in pieces elsewhere."""
    return {
        value.strip() for track in tracks.values() for _, value in track.full if isinstance(value, str) and value[11:]
    }


def _speaks(candidate: Candidate) -> bool:
    """The messages of a conversation do not join well, and still count as one text."""
    said = (value for _, value in candidate.signs if isinstance(value, str))
    return candidate.is_textual and any(_MESSAGES.search(value) for value in said)


def _is_record(candidate: Candidate, tracks: Mapping[Path, Track]) -> bool:
    """Whether its frames are a feed's records: other words change with it, and it does not read on.

    A text that comes in pieces has white space or punctuation at about a third of its seams; records, with several
    words each, begin and end with words there. The fewer seams there are, the more evidence it takes for records.
    """
    words, marks = _beside(candidate, tracks)
    if _speaks(candidate):
        return len(words) > 2
    reading = seams(candidate.texts)
    if len(words) > 1 or reading < -0.6 or (words and reading < -0.4):
        return True
    all_here = [value for _, value in candidate.track.full if isinstance(value, str)]  # of every kind of record
    sure = candidate.is_textual and not marks
    counted = [seams_between_words(texts) for texts in (candidate.texts, all_here)]
    return any(good == 0 and bad >= (10 if sure else 5) for good, bad in counted)


def _beside(candidate: Candidate, tracks: Mapping[Path, Track]) -> tuple[set[Path], set[Path]]:
    """The paths of other words, and those of ids, times and the like, that change with it. Copies of its pieces and
    filler do not count."""
    texts = dict(candidate.pieces[:_ENOUGH])
    own = _place(candidate.track)
    found: tuple[set[Path], set[Path]] = set(), set()
    for other in tracks.values():
        if ... in other.path or _place(other) == own or "logprobs" in other.path:
            continue
        values = {at: value for at in texts if isinstance(value := other.at.get(at), str)}
        if len(values) < 0.5 * len(texts) or len(set(values.values())) < max(2, 0.4 * len(texts)):
            continue
        copied = sum(value in texts[at] or texts[at] in value for at, value in values.items())
        if copied < 0.5 * len(values) and not is_filler(values.values()):
            opaque = sum(map(is_opaque, values.values()))
            found[opaque >= 0.5 * len(values)].add(_place(other))
    return found


def _place(track: Track) -> Path:
    return tuple(... if isinstance(step, int) else step for step in track.path)
