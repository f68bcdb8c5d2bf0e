"""Evaluating values: a closed, bounded interpreter over stored JSON (P31)."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.expressions import bounds
from builder.expressions.bounds import TooMuch
from builder.expressions.evaluate import evaluate, growing
from builder.expressions.patterns import LOOKS, LOOKS_IN_ALL
from builder.expressions.values import as_text
from builder.operators import operators
from builder.operators.stream import DONE, Sample
from builder.registry import UnknownEntry
from tests.builder.expressions.sample import Result, Visit, answer, field, op, question


@pytest.mark.parametrize(
    ("value", "result"),
    [
        ("plain", "plain"),
        (3, 3),
        (None, None),
        (["a", {"b": 1}], ["a", {"b": 1}]),
        ({"text": ["Hello ", question(), "!"]}, "Hello Maya!"),
        ({"text": ["Sum: ", question(op("number_of_characters"), op("plus", 1), op("times", 2))]}, "Sum: 10"),
        ({"text": []}, ""),
        (question(op("followed_by", ", you")), "Maya, you"),
        (question(op("followed_by", question(op("in_capitals")))), "MayaMAYA"),
        ([{"role": "user", "content": question()}], [{"role": "user", "content": "Maya"}]),
        (question(op("number_of_words"), op("is", 1)), True),
        ({"from": "state", "args": {"state": "st_none01"}, "ops": [op("followed_by", "x")]}, "x"),
        ({"from": "state", "args": {"state": "st_none01"}}, None),
        (answer(field("text"), op("text_so_far")), "Leaf drop"),
        (answer(field("text"), op("full_text")), ""),
        (answer(field("nothing"), op("text_so_far")), ""),
        (question(op("followed_by")), "Maya"),
        (question(op("in_capitals", "too", "many")), "MAYA"),
    ],
)
def test_a_value_is_evaluated(value, result):
    assert evaluate(value, Visit(el_quest1="Maya")) == result


def test_operators_go_from_left_to_right_without_precedence():
    assert evaluate(question(op("as_a_number"), op("plus", 2), op("times", 3)), Visit(el_quest1="1")) == 9


def test_each_item_becomes_an_object_with_this_item_in_it():
    """S40b: the whole conversation stands for a placeholder."""
    item = {"from": "item", "args": {}, "ops": [field("body")]}
    shape = {"role": {"from": "item", "ops": [field("who")]}, "content": item}
    messages = {"from": "state", "args": {"state": "st_list01"}, "ops": [op("each_as_object", shape)]}
    visit = Visit(st_list01=[{"who": "user", "body": "Hi"}, {"who": "assistant", "body": "Hello"}])
    assert evaluate(messages, visit) == [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]


def test_the_inner_of_two_lists_has_its_own_item():
    inner = {"from": "item", "ops": [op("only_where", {"from": "item", "ops": [op("is_more_than", 1)]}), op("count")]}
    value = {"from": "state", "args": {"state": "st_list01"}, "ops": [op("each_as_object", {"n": inner})]}
    assert evaluate(value, Visit(st_list01=[[1, 2, 3], [0]])) == [{"n": 2}, {"n": 0}]


def test_arguments_of_a_source_are_values_and_arrive_evaluated():
    visit = Visit(el_quest1="ferns")
    value = {"from": "lookup", "args": {"question": {"text": ["About ", question()]}, "n": 3}, "ops": []}
    assert evaluate(value, visit) == "found"
    assert visit.asked == [("lookup", {"question": "About ferns", "n": 3})]


@pytest.mark.parametrize("data", [question(), {"text": [question()]}, [question()]])
def test_p31_what_comes_out_of_data_is_never_evaluated(data):
    visit = Visit(st_data01=data, el_quest1="secret")
    assert evaluate({"from": "state", "args": {"state": "st_data01"}, "ops": []}, visit) == data
    assert evaluate({"from": "lookup", "args": {"q": {"from": "state", "args": {"state": "st_data01"}}}}, visit)
    assert visit.asked == [("lookup", {"q": data})]


@pytest.mark.parametrize(
    "value", [{"from": "__class__", "args": {}, "ops": []}, question(op("__class__")), question(op("eval", "1"))]
)
def test_p31_a_name_no_registry_knows_is_refused(value):
    with pytest.raises(UnknownEntry):
        evaluate(value, Visit())


@pytest.mark.parametrize("key", ["__class__", "__init__", "fields", "field"])
def test_p31_a_field_is_looked_up_in_the_data_and_never_in_the_object(key):
    assert evaluate(answer(field(key)), Visit()) is None
    assert evaluate({"from": "state", "args": {"state": "st_a"}, "ops": [field(key)]}, Visit(st_a={"x": 1})) is None
    assert evaluate({"from": "state", "args": {"state": "st_a"}, "ops": [field(key)]}, Visit(st_a="text")) is None


def test_values_inside_each_other_are_bounded():
    value = "x"
    for _ in range(bounds.DEPTH + 1):
        value = question(op("followed_by", value))
    with pytest.raises(TooMuch, match="more than 20 values inside each other"):
        evaluate(value, Visit())


def test_p31_a_list_that_is_gone_through_with_a_pattern_is_looked_at_no_more_than_one_text():
    """One visitor who types a long text would have everybody wait, for each line of it anew."""
    lines = ["ab" * (LOOKS // 10)] * (LOOKS_IN_ALL // LOOKS * 10)
    value = {
        "from": "state",
        "args": {"state": "st_a"},
        "ops": [op("only_where", {"from": "item", "ops": [op("matches", "c")]})],
    }
    assert evaluate(value, Visit(st_a=lines[:3])) == []
    assert evaluate(value, Visit(st_a=lines[:3])) == [], "each value has its own"
    with pytest.raises(TooMuch, match="characters to look at"):
        evaluate(value, Visit(st_a=lines))


def test_steps_are_bounded_also_over_long_lists(monkeypatch):
    monkeypatch.setattr(bounds, "STEPS", 100)
    value = {"from": "state", "args": {"state": "st_a"}, "ops": [op("only_where", {"from": "item", "ops": []})]}
    assert evaluate(value, Visit(st_a=[True] * 50)) == [True] * 50
    with pytest.raises(TooMuch, match="more than 100 steps to work out one value"):
        evaluate(value, Visit(st_a=[True] * 200))


def test_texts_and_lists_are_bounded(monkeypatch):
    monkeypatch.setattr(bounds, "TEXT", 10)
    with pytest.raises(TooMuch, match="more than 10 characters in one text"):
        evaluate(question(op("followed_by", "678901")), Visit(el_quest1="12345"))
    with pytest.raises(TooMuch, match="more than 10 characters in one text"):
        evaluate({"text": [question(), question(), question()]}, Visit(el_quest1="12345"))
    monkeypatch.setattr(bounds, "ITEMS", 3)
    with pytest.raises(TooMuch, match="more than 3 items in one list"):
        evaluate(question(op("split_by", ",")), Visit(el_quest1="1,2,3,4"))


def test_replacing_cannot_make_a_text_too_long_even_for_a_moment():
    tracemalloc.start()
    with pytest.raises(TooMuch, match="10,000,000 characters"):
        evaluate(question(op("with_replaced", "a", question())), Visit(el_quest1="a" * 10_000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10_000_000


@pytest.mark.parametrize(
    ("value", "prefix"),
    [
        (answer(field("text"), op("text_so_far")), ""),
        (answer(field("text")), ""),
        ({"text": [answer(field("text"), op("text_so_far"))]}, ""),
        ({"text": ["Juniper: ", answer(field("text"), op("text_so_far"))]}, "Juniper: "),
        ({"text": ["To ", question(), ": ", answer(field("text"))]}, "To Maya: "),
    ],
)
def test_text_so_far_behind_a_constant_beginning_is_known_to_grow(value, prefix):
    stream = Sample("streaming", "Leaf drop")
    visit = Visit(step=Result(text=stream), el_quest1="Maya")
    assert growing(value, visit) == (prefix, stream)
    assert as_text(evaluate(value, visit)) == prefix + stream.text


@pytest.mark.parametrize(
    "value",
    [
        "plain",
        None,
        question(),
        {"text": []},
        {"text": ["only text"]},
        {"text": [answer(field("text")), "."]},
        answer(),
        answer(field("text"), op("full_text")),
        answer(field("text"), op("text_so_far"), op("in_capitals")),
        answer(field("model"), op("text_so_far")),
    ],
)
def test_everything_else_is_not(value):
    assert growing(value, Visit(step=Result(text=DONE, model="m"), el_quest1="Maya")) is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(operators)), json_values, st.lists(json_values, max_size=3))
def test_no_operator_raises_on_any_data(name, data, args):
    value = {"from": "state", "args": {"state": "st_a"}, "ops": [{"op": name, "args": args}]}
    evaluate(value, Visit(st_a=data))


@given(json_values)
def test_plain_json_evaluates_to_itself(value):
    assert repr(evaluate(value, Visit())) == repr(value)
