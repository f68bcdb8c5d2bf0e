"""Detection on formats nobody has: fields with names that mean nothing, put together at random."""

import random
import re
from itertools import pairwise
from typing import Any

import orjson
import pytest

from connector.answers.detect import Detection, detect
from connector.answers.frame import Frame, frame_of
from tests.cases.recorded import recorded

TEXTS = sorted({text for each in recorded() if len(text := each.gold["text"] or "") > 200})
WORDS = [
    "door",
    "open",
    "garden",
    "rain",
    "stopped",
    "cat",
    "sat",
    "keyboard",
    "again",
    "train",
    "late",
    "eleven",
    "minutes",
    "platform",
    "three",
    "changed",
    "order",
    "number",
    "paid",
    "shipped",
    "sender",
    "low",
    "stock",
    "apples",
    "new",
    "user",
    "signed",
    "error",
    "saving",
    "retry",
    "seconds",
    "backup",
    "finished",
    "lunch",
    "noon",
]
PEOPLE = ["ann", "bob", "cy", "di", "eve", "flo", "gus", "Zoë", "Jörg"]


def names(chance: random.Random) -> list[str]:
    """Twenty names that mean nothing."""
    made: set[str] = set()
    while len(made) < 20:
        made.add("".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(2)) + "x")
    return sorted(made, key=lambda _: chance.random())


def pieces(text: str, chance: random.Random) -> list[str]:
    """A text as services cut it: into letters, words, or a few large pieces."""
    if chance.random() < 0.33:
        return re.findall(r"\s*\S+\s*$|\s*\S+", text)
    least, most = chance.choice([(1, 7), (12, 40)])
    places = [0]
    while places[-1] < len(text):
        places.append(places[-1] + chance.randint(least, most))
    return [text[a:b] for a, b in pairwise(places)]


class Format:
    """A stream of one text, maybe of a second one before it, with all that stands around them."""

    def __init__(self, chance: random.Random):
        self.chance = chance
        name = iter(names(chance))
        self.around = {
            each: next(name) for each in ("id", "count", "time", "filler", "chance") if chance.random() < 0.5
        }
        self.nest = [next(name) for _ in range(chance.randint(0, 2))]
        self.leaf, self.kind_at = next(name), next(name)
        self.told_by = chance.choice(["field", "event", "member", "beside"])
        self.id = f"{chance.getrandbits(48):012x}"
        self.number = 0

    def frame(self, text: str, kind: str) -> Frame:
        self.number += 1
        held: dict[str, Any] = {self.leaf: text}
        if self.told_by == "beside":
            held = {self.kind_at: kind} | held
        for each in reversed(self.nest):
            held = {each: held}
        if self.told_by == "member":
            held = {kind: held}
        said = {
            "id": self.id,
            "count": self.number,
            "time": f"2025-11-18T08:{self.number // 60:02d}:{self.number % 60:02d}Z",
            "filler": "abcdefghijklmnopqrstuvwxyz"[: self.chance.randint(1, 26)],
            "chance": -self.chance.random(),
        }
        value = {self.around[each]: said[each] for each in self.around} | held
        if self.told_by == "field":
            value = {self.kind_at: kind} | value
        return frame_of(orjson.dumps(value), kind if self.told_by == "event" else None)


def streams_of(found: Detection) -> list[Any]:
    return [each.value for each in found.fields if each.type == "text_stream" and each.suggested]


@pytest.mark.parametrize("seed", range(80))
def test_a_text_is_found_under_any_name(seed: int) -> None:
    """S16."""
    chance = random.Random(seed)
    form = Format(chance)
    first, second = (text[:400] for text in chance.sample(TEXTS, 2))
    kinds = chance.sample(["aa", "tok_x", "blurb", "gnu.part", "wob-d"], 2)
    cumulative, before = chance.random() < 0.25, chance.random() < 0.5
    frames = [form.frame(piece, kinds[1]) for piece in pieces(second, chance)] if before else []
    so_far = ""
    for piece in pieces(first, chance):
        so_far += piece
        frames.append(form.frame(so_far if cumulative else piece, kinds[0]))
    found = detect(frames, "sse")
    assert sorted(streams_of(found)) == sorted([first, second] if before else [first])
    assert found.problem is None


@pytest.mark.parametrize("seed", range(80))
def test_records_of_a_feed_are_no_text_under_any_name(seed: int) -> None:
    """S21. Sentences of people or machines, each a record of its own."""
    chance = random.Random(seed)
    name, capital, stop = names(chance), chance.random() < 0.5, chance.random() < 0.5

    def sentence() -> str:
        said = " ".join(chance.choices(WORDS, k=chance.randint(3, 9)))
        return (said.capitalize() if capital else said) + (chance.choice(".!?") if stop else "")

    makers = {
        "person": lambda: chance.choice(PEOPLE),
        "number": lambda: chance.randint(0, 900),
        "id": lambda: f"{chance.getrandbits(32):08x}-{chance.getrandbits(16):04x}",
        "price": lambda: f"{chance.random() * 100:.2f}",
        "flag": lambda: chance.random() < 0.5,
        "state": lambda: chance.choice(["open", "shut", "busy"]),
        "title": sentence,
    }
    columns = {name.pop(): makers[each] for each in chance.sample(sorted(makers), 3)} | {name.pop(): sentence}
    rows = [{key: make() for key, make in columns.items()} for _ in range(chance.randint(10, 25))]
    found = detect([frame_of(orjson.dumps(row)) for row in rows], "ndjson")
    assert streams_of(found) == []
    assert [each for each in found.fields if each.type == "live" and each.suggested]
    assert found.problem is None
