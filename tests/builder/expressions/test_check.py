"""What is wrong with a value, in sentences that say what to do (S43)."""

import pytest

from builder.expressions.check import problems
from builder.expressions.trace import type_of
from tests.builder.expressions.sample import answer, field, op, place, question

CELL = {"from": "cell", "args": {"element": "el_list01"}, "ops": []}
GROUP = {"from": "group", "args": {"element": "el_group1"}, "ops": []}
TAGS = {"from": "state", "args": {"state": "st_tags01"}, "ops": []}


@pytest.mark.parametrize(
    ("value", "expected", "type"),
    [
        ("a", "text", "text"),
        (3, "text", "number"),
        ("3", "number", "text"),
        ("", "number", "text"),
        (None, "yes_no", "any"),
        (True, "yes_no", "yes_no"),
        ("2026-11-21", "date", "text"),
        ("https://a.example/b.png", "image", "text"),
        (["a"], "list:text", "list:any"),
        ({"a": 1}, "object", "object"),
        (question(), "text", "text"),
        (question(op("number_of_words")), "text", "number"),
        (question(op("number_of_words")), "number", "number"),
        ({"text": ["a", answer(field("text"))]}, "text", "text"),
        (answer(field("text")), "text", "stream"),
        (answer(field("text"), op("followed_by", "!")), "text", "text"),
        (answer(field("text"), op("is_done"), op("and", question(op("is", "x")))), "yes_no", "yes_no"),
        (answer(), "any", "reply:one"),
        (answer(field("price"), op("plus", 1)), "number", "number"),
        (CELL, "text", "text"),
        ({**GROUP, "ops": [field("tokens")]}, "number", "number"),
        (TAGS, "list:any", "list:text"),
        ({**TAGS, "ops": [op("first_item")]}, "text", "text"),
        ({**TAGS, "ops": [op("only_where", {"from": "item", "ops": [op("is", "a")]})]}, "list:text", "list:text"),
        ({**TAGS, "ops": [op("each_as_object", {"a": {"from": "item", "ops": []}})]}, "any", "list:object"),
        ({"from": "now", "args": {}, "ops": [op("formatted_as", "14:05")]}, "text", "text"),
        (question(op("with_default", "Nobody")), "text", "text"),
        (answer(field("text"), op("with_default", "Ask me.")), "text", "text"),
        (answer(field("text"), op("is", "yes")), "yes_no", "yes_no"),
        (question(op("is", "")), "yes_no", "yes_no"),
    ],
)
def test_a_sound_value_has_a_type_and_no_problem(value, expected, type):
    assert type_of(value, place()) == type
    assert problems(value, expected, place()) == []


@pytest.mark.parametrize(
    ("value", "expected", "sentence"),
    [
        ("three", "number", "This needs a number. Write one, or insert dynamic data that gives one."),
        ("maybe", "yes_no", "This needs a yes/no. Write one, or insert dynamic data that gives one."),
        ("tomorrow", "date", "This needs a date. Write one, or insert dynamic data that gives one."),
        (True, "number", "This needs a number. Write one, or insert dynamic data that gives one."),
        (
            {"a": 1},
            "text",
            "This needs a text, but What stands here gives an object. Choose another value, or add an operator that makes one.",
        ),
        (
            question(),
            "number",
            "This needs a number, but Question's value gives a text. Choose another value, or add an operator that makes one.",
        ),
        (
            {"text": [question()]},
            "number",
            "This needs a number, but Text with dynamic data gives a text. Choose another value, or add an operator that makes one.",
        ),
        (
            answer(field("text"), op("is_done")),
            "number",
            "This needs a number, but Ask the model › is done gives a yes/no. Choose another value, or add an operator that makes one.",
        ),
        (
            answer(),
            "text",
            "This needs a text, but Ask the model gives an API call's result (API call). Choose one of its fields.",
        ),
        (
            answer(step="sp_gone00", was="Ask the model's Reply › text so far"),
            "text",
            "Ask the model's Reply › text so far is gone. Choose another source.",
        ),
        (answer(step="sp_gone00"), "text", "Result of a step is gone. Choose another source."),
        ({"from": "element", "args": {}, "ops": []}, "text", "An element's value is gone. Choose another source."),
        (
            {"from": "element", "args": {"element": ["x"]}, "ops": []},
            "text",
            "An element's value is gone. Choose another source.",
        ),
        ({"from": "magic", "args": {}, "ops": []}, "text", "There is no source named magic. Choose another source."),
        (question(op("magic")), "text", "There is no operator named magic. Remove it."),
        (
            question(op("plus", 1)),
            "number",
            "“plus” does not work on a text. Remove it, or choose another value before it.",
        ),
        (
            answer(op("text_so_far")),
            "text",
            "“text so far” does not work on an API call's result (API call). Remove it, or choose another value before it.",
        ),
        (answer(field("gone")), "text", "A field of Ask the model is gone. Choose another one."),
        (
            question(op("number_of_words"), op("plus", None)),
            "number",
            "“plus” needs a number for “number”. Fill it in.",
        ),
        (question(op("number_of_words"), op("plus")), "number", "“plus” needs a number for “number”. Fill it in."),
        (
            question(op("number_of_words"), op("plus", "x")),
            "number",
            "In “plus”: This needs a number. Write one, or insert dynamic data that gives one.",
        ),
        (
            question(op("followed_by", answer(step="sp_gone00"))),
            "text",
            "In “followed by”: Result of a step is gone. Choose another source.",
        ),
        (
            question(op("number_of_words"), op("is", question())),
            "yes_no",
            "In “is”: This needs a number, but Question's value gives a text. Choose another value, or add an operator that makes one.",
        ),
        (
            {**TAGS, "ops": [op("each_items_field", "x")]},
            "any",
            "“each item’s” finds no such field. Choose another one.",
        ),
        ({"from": "now", "args": {}, "ops": [op("formatted_as", "%c")]}, "text", "In “formatted as”: Choose one of"),
        ({"from": "item", "args": {}, "ops": []}, "any", "This item is gone. Choose another source."),
        ({"text": ["a", question(op("magic"))]}, "text", "There is no operator named magic. Remove it."),
        ([{"a": question(op("magic"))}], "any", "There is no operator named magic. Remove it."),
        ({"from": "lookup", "args": {}, "ops": []}, "text", "The lookup needs a question. Fill it in."),
        (
            {"from": "lookup", "args": {"question": question(op("magic"))}, "ops": []},
            "text",
            "There is no operator named magic. Remove it.",
        ),
    ],
)
def test_s43_each_problem_says_what_and_what_to_do(value, expected, sentence):
    found = problems(value, expected, place())
    assert len(found) == 1
    assert found[0].startswith(sentence)


def test_the_current_cell_is_only_there_inside_of_its_list():
    assert problems(CELL, "text", place("el_quest1")) == ["Current cell's thing is gone. Choose another source."]


def test_a_group_whose_data_leads_back_to_itself_has_an_end():
    here = place()
    node = here.catalog.node("el_group1")
    before = node["props"]
    node["props"] = {"source": GROUP}
    try:
        assert type_of(GROUP, here) is None
    finally:
        node["props"] = before
