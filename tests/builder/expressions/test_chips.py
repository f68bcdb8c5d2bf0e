"""Values as the editor shows them: chips in words."""

import pytest

from builder.expressions.chips import Chip, in_words, parts, remember, sample
from builder.operators.stream import DONE
from tests.builder.expressions.sample import Answer, ReplyType, Result, answer, field, op, place, question

REPLY = answer(field("text"), op("text_so_far"))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (question(), "Question's value"),
        (REPLY, "Ask the model's Reply › text so far"),
        (answer(field("tokens")), "Ask the model's Tokens"),
        (
            answer(field("text"), op("text_so_far"), op("shortened_to", 280)),
            "Ask the model's Reply › text so far shortened to 280 characters",
        ),
        (question(op("followed_by", ", Maya")), "Question's value › followed by “, Maya”"),
        (question(op("followed_by", question())), "Question's value › followed by Question's value"),
        (question(op("is_empty")), "Question's value › is empty"),
        (question(op("with_replaced", "a", "")), "Question's value › with replaced “a”"),
        ({"from": "now", "args": {}, "ops": [op("formatted_as", "14:05")]}, "Current date/time › formatted as 14:05"),
        ({"from": "state", "args": {"state": "st_tone01"}, "ops": []}, "chat's tone"),
        ({"from": "cell", "args": {"element": "el_list01"}, "ops": []}, "Current cell's Text"),
        ({"from": "group", "args": {"element": "el_group1"}, "ops": [field("model")]}, "Answer's API call's Model"),
        ({"text": ["Hi ", question(), "!"]}, "Hi Question's value!"),
        (
            {
                "from": "state",
                "args": {"state": "st_tags01"},
                "ops": [op("each_as_object", {"role": "user", "content": {"from": "item", "ops": []}})],
            },
            "chat's tags › each item as object role: user, content: This item",
        ),
        # What is done first stands in brackets, where people would read it otherwise.
        (
            question(op("as_a_number"), op("plus", 2), op("times", 3), op("divided_by", 4), op("is_more_than", 1)),
            "((Question's value › as a number plus 2) times 3 divided by 4) is more than 1",
        ),
        (question(op("as_a_number"), op("plus", 2), op("minus", 3)), "Question's value › as a number plus 2 minus 3"),
        (
            question(op("is_empty"), op("or", question(op("is", "a")))),
            "Question's value › is empty or (Question's value › is “a”)",
        ),
        (question(op("followed_by", "a"), op("in_capitals")), "(Question's value › followed by “a”) in capitals"),
        ("plain", "plain"),
        (3.0, "3"),
        (None, ""),
    ],
)
def test_a_value_reads_as_words(value, words):
    assert in_words(value, place()) == words


@pytest.mark.parametrize(
    ("value", "live"),
    [
        (REPLY, True),
        (answer(field("text"), op("is_streaming")), True),
        (answer(field("price")), True),
        (answer(), True),
        (answer(field("text"), op("full_text")), False),
        (answer(field("tokens")), False),
        (question(), False),
    ],
)
def test_a_chip_is_teal_while_its_value_moves(value, live):
    assert parts(value, place())[0].live is live


def test_a_field_of_what_does_not_stream_is_not_teal(monkeypatch):
    monkeypatch.setattr(ReplyType, "live", False)
    assert parts(answer(field("price")), place())[0].live is False


def test_a_text_is_shown_as_text_and_chips():
    shown = parts({"text": ["Hi ", question(), "!"]}, place())
    assert shown == ["Hi ", Chip("input", "Question's value", "", False, None, question()), "!"]
    assert parts("", place()) == parts(None, place()) == []


def test_a_chip_whose_source_is_gone_keeps_its_old_name_and_says_so():
    value = remember(REPLY, place())
    assert value["was"] == "Ask the model's Reply › text so far"
    gone = parts({**value, "args": {"step": "sp_gone00"}}, place())[0]
    assert (gone.source, gone.tail, gone.live) == ("Ask the model's Reply", "text so far", False)
    assert gone.broken == "Ask the model's Reply › text so far is gone. Choose another source."


def test_what_is_broken_is_not_remembered_over_its_old_name():
    value = {**answer(step="sp_gone00"), "was": "Old name"}
    assert remember(value, place()) == value
    assert remember({"text": ["a", REPLY]}, place())["text"][1]["was"]
    assert remember("plain", place()) == "plain"


def test_the_canvas_shows_the_sample_that_a_source_has(monkeypatch):
    assert sample({"text": ["It said: ", REPLY]}, place()) == "It said: Ask the model's Reply › text so far"
    monkeypatch.setattr(Answer, "sample", lambda self, args, place: Result("done", text=DONE))
    assert sample({"text": ["It said: ", REPLY]}, place()) == "It said: Leaf drop after a move"
    assert sample(answer(field("model")), place()) == "Ask the model's Model"
    assert sample(answer(op("magic")), place()) == "Ask the model › magic"
    assert sample("plain", place()) == "plain"
