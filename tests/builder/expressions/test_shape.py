"""Which JSON is a value, and how it is stored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.expressions import bounds
from builder.expressions.bounds import TooMuch
from builder.expressions.shape import Misshapen, check, expressions, is_dynamic, tidy
from tests.builder.expressions.sample import op, question


@pytest.mark.parametrize(
    "value",
    [
        "a",
        None,
        3.5,
        True,
        ["a", {"b": None}],
        question(),
        {**question(), "was": "Question's value"},
        {"text": ["Hello ", question(op("followed_by", {"text": [question()]}))]},
        {"text": "a list of parts would be a text"},
    ],
)
def test_a_sound_value_is_kept_as_it_is(value):
    assert check(value) is value


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({**question(), "evil": 1}, "more than a source"),
        ({"from": "element", "args": [], "ops": []}, "source"),
        ({"from": "element", "args": {}, "ops": {}}, "no list"),
        ({"from": "element", "args": {}, "ops": ["in_capitals"]}, "no name"),
        ({"from": "element", "args": {}, "ops": [{"op": 3}]}, "no name"),
        ({"from": "element", "args": {}, "ops": [{"op": "is", "args": {}}]}, "no list"),
        ({"from": "element", "args": {}, "was": 3}, "source"),
        ({"text": ["a", 3]}, "neither text nor dynamic data"),
        ({"text": [{"text": ["nested"]}]}, "neither text nor dynamic data"),
        ({"a": question(op("is", {1: 2}))}, "not a text"),
        (object(), "not JSON"),
    ],
)
def test_json_that_only_looks_like_a_value_is_refused_in_words(value, words):
    with pytest.raises(Misshapen, match=words):
        check(value)


def test_size_is_bounded_before_anything_looks_inside():
    deep = "x"
    for _ in range(5000):
        deep = [deep]
    with pytest.raises(TooMuch, match="values inside each other"):
        check(deep)
    with pytest.raises(TooMuch, match="parts in one value"):
        check(["x"] * bounds.PARTS)
    with pytest.raises(TooMuch, match="parts in one value"):
        check(question(*[op("in_capitals")] * bounds.PARTS))


@pytest.mark.parametrize(
    ("value", "tidied"),
    [
        ({"text": []}, ""),
        ({"text": ["a", "b"]}, "ab"),
        ({"text": ["", question(), "", "a", "b"]}, {"text": [question(), "ab"]}),
        ({"text": [question()]}, {"text": [question()]}),
        (question(), question()),
        ("a", "a"),
    ],
)
def test_a_value_has_one_way_to_be_stored(value, tidied):
    assert tidy(value) == tidied
    assert tidy(tidied) == tidied


@given(st.lists(st.text(max_size=3) | st.just(question()), max_size=8))
def test_tidying_loses_no_part(parts):
    def flat(value):
        return "".join(part if isinstance(part, str) else "⟨chip⟩" for part in value)

    tidied = tidy({"text": parts})
    assert flat(tidied["text"] if isinstance(tidied, dict) else [tidied]) == flat(parts)


def test_dynamic_data_is_found_anywhere():
    assert is_dynamic([{"a": [question()]}])
    assert is_dynamic({"text": ["a"]})
    assert not is_dynamic([{"a": ["b"]}, 3, None])
    inner = question()
    outer = question(op("is", inner))
    assert list(expressions({"x": outer})) == [outer, inner]
