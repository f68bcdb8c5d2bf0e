"""Detection hangs on no text, id or number of the recorded streams: with others in their place it finds the same."""

import random
import re
import string
from collections.abc import Callable
from typing import Any

import orjson
import pytest

from connector.detect import Detection, detect
from connector.detection.suggestions import Suggestion
from connector.extract import Selector
from connector.frame import Frame, frame_of
from connector.framings import framings
from connector.paths import parse_path
from tests.cases.recorded import Recorded, recorded

PLAIN = {"plain-text", "sse-plain-text", "sse-plain-text-nospace", "replicate"}  # their frames are no JSON
STREAMS = [stream for stream in recorded() if stream.name not in PLAIN]
WORD_OF_A_KIND = re.compile(r"[A-Za-z_.\-]+")


def found_in(stream: Recorded, change: Callable[[Any], Any] = lambda value: value) -> tuple[Detection, list[Frame]]:
    """What is detected when every frame's value is changed."""
    reader = framings[stream.framing].new()
    frames = [_changed(frame, change) for frame in reader.feed(stream.body) + reader.close()]
    told = {"comments": reader.comments, "partial": reader.partial, "silent_events": reader.silent_events}
    return detect(frames, stream.framing, **told), frames


def _changed(frame: Frame, change: Callable[[Any], Any]) -> Frame:
    if isinstance(frame.value, dict | list):
        return frame_of(orjson.dumps(change(frame.value)), frame.event, frame.id)
    return frame


def shown(detection: Detection) -> list[tuple[Any, ...]]:
    return [(f.name, f.type, f.path, f.when, f.mode) for f in detection.fields if f.suggested]


def text_of(detection: Detection) -> Suggestion | None:
    return next((f for f in detection.fields if f.type == "text_stream" and f.suggested), None)


@pytest.mark.parametrize("stream", STREAMS, ids=repr)
def test_other_letters_and_numbers_give_the_same_fields(stream: Recorded) -> None:
    """S16. Every letter of texts and ids is another one, every digit of ids, every number: kinds and flags stay."""
    other = _alphabet(seed=1)
    texts = _text_paths(stream)

    def change(value: Any, path: tuple = ()) -> Any:
        if isinstance(value, dict):
            return {key: change(inner, (*path, key)) for key, inner in value.items()}
        if isinstance(value, list):
            return [change(inner, (*path, ...)) for inner in value]
        if isinstance(value, str) and (path in texts or not WORD_OF_A_KIND.fullmatch(value)):
            return value.translate(other) if path in texts or not _is_typed(value) else value
        if type(value) is int and value > 9 and path[-1] != "index":
            return value + 7
        return value

    plain, _ = found_in(stream)
    changed, _ = found_in(stream, change)
    assert shown(changed) == shown(plain)
    if text := text_of(plain):
        assert text_of(changed).value == text.value.translate(other)


def _alphabet(seed: int) -> dict[int, int]:
    """Each letter becomes another of its own case."""
    lower = list(string.ascii_lowercase)
    random.Random(seed).shuffle(lower)
    pairs = dict(zip(string.ascii_lowercase, lower, strict=True))
    return str.maketrans(pairs | {key.upper(): letter.upper() for key, letter in pairs.items()})


def _is_typed(value: str) -> bool:
    """Dates, addresses, numbers and JSON in strings: their letters are not free."""
    return bool(re.match(r"\d{4}-\d\d-|[a-z]+://|[-+\d.,]+([eE][-+]?\d+)?$|[\[{]|</?\w+>", value))


def _text_paths(stream: Recorded) -> set[tuple]:
    gold = stream.gold
    paths = [each["path"] for key in ("other_text", "not_text") for each in gold[key]]
    paths += [gold["text_path"]] if gold["text_path"] else []
    return {tuple(... if isinstance(step, int) else step for step in parse_path(path)) for path in paths}


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("stream", [s for s in STREAMS if s.gold["text"] and s.gold["mode"] == "delta"], ids=repr)
def test_another_text_in_other_pieces_is_found_at_the_same_place(stream: Recorded, seed: int) -> None:
    """S16. The text of another stream, cut elsewhere into as many pieces; repeats of the old text repeat the new."""
    chance = random.Random(seed)
    gold = stream.gold
    select = Selector(gold["text_path"], gold["when"])
    plain, frames = found_in(stream)
    carriers = [frame for frame in frames if _piece(select(frame))]
    texts = [each.gold["text"] for each in recorded() if len(each.gold["text"] or "") > 4 * len(carriers)]
    text = chance.choice(texts)
    pieces = iter(_cut(text, len(carriers), chance))

    def change(value: Any) -> Any:
        frame = frame_of(orjson.dumps(value), current.event)
        if _piece(select(frame)):
            return _put(value, parse_path(gold["text_path"]), next(pieces))
        return _replaced(value, gold["text"], text)

    changed = []
    for current in frames:
        changed.append(_changed(current, change))
    found = detect(changed, stream.framing)
    main = text_of(plain)
    assert (text_of(found).path, text_of(found).when, text_of(found).value) == (main.path, main.when, text)


def _piece(found: Any) -> str:
    return "".join(found) if isinstance(found, list) else found or ""


def _cut(text: str, count: int, chance: random.Random) -> list[str]:
    places = sorted(chance.sample(range(1, len(text)), count - 1))
    return [text[a:b] for a, b in zip([0, *places], [*places, None], strict=True)]


def _put(value: Any, steps: tuple, piece: str) -> Any:
    if not steps:
        return piece
    step, rest = steps[0], steps[1:]
    if isinstance(value, list):
        at = 0 if step is ... else step
        return [_put(inner, rest, piece) if number == at else inner for number, inner in enumerate(value)]
    return value | {step: _put(value[step], rest, piece)}


def _replaced(value: Any, old: str, new: str) -> Any:
    if isinstance(value, dict):
        return {key: _replaced(inner, old, new) for key, inner in value.items()}
    if isinstance(value, list):
        return [_replaced(inner, old, new) for inner in value]
    return new if value == old else value
