"""What a text looks like: prose for people, or an id, a number, a date, padding."""

import json
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

_WIDE = re.compile("[぀-ヿ㐀-鿿가-힯฀-๿]")  # scripts that are written without spaces
_DATE = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d.*)?\Z")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:(//)?\S+\Z", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?([eE][-+]?\d+)?\Z")
_CODED = re.compile(r"[A-Za-z0-9+/=_-]{24,}\Z")
_HEX = re.compile(r"[0-9a-fA-F-]{8,}\Z|\d[\w.:-]*\Z|(?=\w*\d)(?=\w*[A-Za-z])\w{4,}\Z|[a-z]+[A-Z]+[a-z]+[A-Z]\w*\Z")
_CLOSING = frozenset(",.;:!?)]}%'\"’”»…、。,!?:;)」』")
_OPENING = frozenset("([{\"'“‘«*_`#-–/>|\\「『(")
_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?!\w)")  # letters alone, unlike the moves of a game or the parts of an id
_MARKUP = re.compile(r"</?[|\w]+>\Z")
YES = frozenset({"true", "yes", "on"})
NO = frozenset({"false", "no", "off"})
NOTHING = frozenset({"", "null", "none", "n/a", "na", "nan", "-", "--"})


def is_number(text: str) -> bool:
    """Whether a text is a number one can calculate with: no leading zeros, not beyond 2^53."""
    bare = text.strip().lstrip("+-")
    if not _NUMBER.match(text.strip()) or (len(bare) > 1 and bare[0] == "0" and bare[1].isdigit()):
        return False
    return "." in bare or "e" in bare.lower() or int(bare.replace(",", "")) <= 2**53


def is_prose(text: str) -> bool:
    """Whether a person would want to read it."""
    bare = text.strip()
    if not bare or _DATE.match(bare) or _ADDRESS.match(bare) or _MARKUP.match(bare) or is_json(bare):
        return False
    letters = sum(char.isalpha() for char in bare)
    if letters < 0.3 * len("".join(bare.split())):
        return False
    return (len(bare.split()) > 1 and bool(_WORD.search(bare))) or len(_WIDE.findall(bare)) > 0.3 * len(bare)


def is_short_word(text: str) -> bool:
    """A single word or exclamation such as "Yes.": prose only if a name says so."""
    bare = text.strip()
    coded = _CODED.match(bare) or _DATE.match(bare) or _ADDRESS.match(bare) or _MARKUP.match(bare) or is_json(bare)
    return bool(bare) and not coded and sum(char.isalpha() for char in bare) >= 0.5 * len(bare)


def is_json(text: str) -> bool:
    """Whether it is an object or list in JSON, or the beginning of one."""
    if text[:1] not in "{[" or len(text) < 2:
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):  # cut off, or of numbers or a depth that nobody reads
        return bool(re.match(r'\{\s*"[^"]*"\s*:', text))
    return True


def is_json_in_pieces(texts: Sequence[str]) -> bool:
    """Whether texts together are one JSON object, or its beginning, and none of them is one by itself."""
    if len(texts) < 4 or texts[0][:1] != "{":
        return False
    return is_json("".join(texts)) and not any(_is_whole(text) for text in texts)


def _is_whole(text: str) -> bool:
    return text[:1] == "{" and text[-1:] == "}" and is_json(text)


def join_quality(pieces: Sequence[str]) -> float:
    """The share of seams at which two pieces read on as one text: 1.0 in token streams, near 0 if each is a record.

    A seam is bad if a sentence or word ends without a space and a capital letter follows immediately.
    """
    seams = [(left[-1:], right[:1]) for left, right in pairwise(pieces) if left and right]
    if not seams:
        return 1.0
    bad = sum(right.isupper() and not left.isspace() and left not in _OPENING for left, right in seams)
    return 1 - bad / len(seams)


def seams(pieces: Sequence[str]) -> float:
    """How well each piece continues the one before, -1 to 1: 1 if there is white space or punctuation at every seam, as
    in a text cut anywhere; -1 if each piece starts afresh, after a sentence or with a capital letter."""
    found = [_seam(left, right) for left, right in pairwise(pieces) if left and right]
    return sum(found) / len(found) if found else 0.0


def seams_between_words(pieces: Sequence[str]) -> tuple[int, int]:
    """The number of seams at white space or punctuation, and of those between pieces of several words that are not."""
    good = bad = 0
    for left, right in pairwise(pieces):
        if left and right and not _WIDE.match(left[-1] + right[0]):
            good += (at_space := _seam(left, right) > 0)
            bad += not at_space and " " in left.strip() and " " in right.strip()
    return good, bad


def _seam(left: str, right: str) -> float:
    last, first = left[-1], right[0]
    if last == ">" and first == "<" and left[0] == "<":
        return -0.5  # markup that is complete in each piece
    if last.isspace() or first.isspace() or first in _CLOSING:
        return 1.0
    if last in _OPENING:
        return 0.5
    if last in ".!?…。!?" or (first.isupper() and not last.isupper()):
        return -1.0
    return -0.5 if min(left.count(" "), right.count(" ")) > 0 else 0.0


def is_opaque(text: str) -> bool:
    """Whether it means nothing to a person: a date, an address, an id, a number, something encoded."""
    bare = text.strip()
    if not bare or _DATE.match(bare) or _ADDRESS.match(bare) or _CODED.match(bare) or _HEX.match(bare):
        return True
    return not any(char.isalpha() for char in bare)


def is_filler(texts: Iterable[str]) -> bool:
    """Whether texts are one and the same, cut off at random, which services use to pad their frames."""
    distinct = set(texts)
    longest = max(distinct, key=len, default="")
    return len(distinct) > 3 and sum(map(longest.startswith, distinct)) > 0.8 * len(distinct)


def is_cumulative(pieces: Sequence[str]) -> bool:
    """Whether each piece is the whole text so far: most begin with the one before; earlier words may still change."""
    steps = [(old, new) for old, new in pairwise(pieces) if old != new]
    if len(pieces) > 4 * (len(steps) + 1) and len(steps) < 3:  # a value that hardly ever changes
        return False
    if not steps or len(pieces[-1]) < 0.6 * max(map(len, pieces)) or (len(pieces) == 2 and len(pieces[0]) < 4):
        return False
    growing = sum(new.startswith(old) for old, new in steps)
    kindred = sum(common_start(old, new) >= 0.5 * min(len(old), len(new)) for old, new in steps)
    return len(pieces[-1]) > len(pieces[0]) and (growing >= 0.9 * len(steps) or _revises(steps, growing, kindred))


def _revises(steps: Sequence[tuple[str, str]], growing: int, kindred: int) -> bool:
    return len(steps) >= 3 and growing >= 0.5 * len(steps) and kindred >= 0.6 * len(steps)


def common_start(old: str, new: str) -> int:
    """The length of the common prefix of two texts."""
    return next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))


def letters(text: str) -> str:
    """A text without its case, punctuation and spaces."""
    return "".join(char for char in text.casefold() if char.isalnum())
