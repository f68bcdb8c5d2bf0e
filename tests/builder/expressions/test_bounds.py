"""P31: no value takes more memory than its bounds, whatever it is made of."""

import tracemalloc

import pytest

from builder.expressions import bounds
from builder.expressions.bounds import TooMuch, joined
from builder.expressions.evaluate import evaluate
from tests.builder.expressions.sample import Visit, op

LIST = {"from": "state", "args": {"state": "st_a"}}


def test_p31_texts_are_joined_only_as_far_as_they_fit(monkeypatch):
    monkeypatch.setattr(bounds, "TEXT", 5)
    assert joined([]) == joined([], ", ") == ""
    assert joined(["ab", "cd"], "-") == "ab-cd"
    with pytest.raises(TooMuch, match="more than 5 characters in one text"):
        joined(["ab", "cd"], ", ")


@pytest.mark.parametrize(
    ("made", "item"),
    [
        (LIST | {"ops": [op("as_lines")]}, "x"),
        (LIST | {"ops": [op("joined_with", ", ")]}, "x"),
        (LIST | {"ops": [op("followed_by", "!")]}, "x"),
        ({"text": [LIST, "!"]}, "x"),
        ({"text": [LIST | {"ops": [op("first_item")]}] * 200}, "x"),
        (LIST | {"ops": [op("first_item"), op("as_json_text")]}, {"inner": 200}),
    ],
    ids=["as lines", "joined", "read as text", "part of a text", "its parts", "as JSON"],
)
def test_p31_a_list_of_one_large_text_is_refused_before_a_text_is_made_of_it(monkeypatch, made, item):
    monkeypatch.setattr(bounds, "TEXT", 1_000_000)
    large = "x" * 100_000
    items = [{"inner": [large] * 200}] if isinstance(item, dict) else [large] * 200
    tracemalloc.start()
    try:
        with pytest.raises(TooMuch, match="characters in one text"):
            evaluate(made, Visit(st_a=items))
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
