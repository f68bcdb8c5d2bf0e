"""Another text in the place of a recorded one, cut into other pieces, is found where that one was."""

import random
from collections.abc import Callable
from typing import Any

import orjson
import pytest

from connector.answers.detect import Detection, detect
from connector.answers.detection.suggestions import Suggestion
from connector.answers.frame import Frame, frame_of
from connector.answers.paths import parse_path
from connector.answers.selectors import Selector
from connector.framings import framings
from tests.cases.recorded import Recorded, recorded

PLAIN = {
    "bedrock-agent",
    "plain-text",
    "sse-plain-text",
    "sse-plain-text-nospace",
    "replicate",
}  # their frames are no JSON
# Where a piece is no string of its own, or shares its place with another text.
ODD = {"cloudflare-numbers", "elevenlabs", "langserve-str", "mistral-thinking", "sse-plain-numbers", "surrogate-split"}
ODD |= {"gemini-mixed-parts", "tools-only", "vertex-gemini-thinking"}
ODD |= {"langserve-stream-log", "snowflake-cortex"}  # each piece stands elsewhere as well
ODD |= {"json-in-string", "poe"}  # a piece stands in a text; the first pieces are taken back
STREAMS = [stream for stream in (*recorded(), *recorded("more")) if stream.name not in PLAIN | ODD]


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


def text_of(detection: Detection) -> Suggestion | None:
    return next((f for f in detection.fields if f.type == "text_stream" and f.suggested), None)


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
