"""What a value reads, and which steps it waits for (S25)."""

import pytest

from builder.expressions.reads import needs, reads
from tests.builder.expressions.sample import answer, catalog, field, op, question

ASK = "sp_ask001"


@pytest.mark.parametrize(
    ("value", "keys"),
    [
        ("plain", set()),
        (question(), {("element", "el_quest1")}),
        ({"from": "state", "args": {"state": "st_tone01"}}, {("state", "st_tone01")}),
        ({"from": "cell", "args": {"element": "el_list01"}}, {("cell", "el_list01")}),
        ({"from": "group", "args": {"element": "el_group1"}}, {("group", "el_group1")}),
        ({"from": "now", "args": {}}, set()),
        (answer(), {("step", ASK, None)}),
        (answer(op("is_done")), {("step", ASK, None)}),
        (answer(field("text"), op("text_so_far")), {("step", ASK, "text")}),
        (
            {"text": ["a", question(op("followed_by", answer(field("model"))))]},
            {("element", "el_quest1"), ("step", ASK, "model")},
        ),
        ({"from": "lookup", "args": {"q": question()}}, {("resource", "lookup", "['q']"), ("element", "el_quest1")}),
        ({"from": "gone", "args": {"q": question()}}, {("element", "el_quest1")}),
        ({"from": "element", "args": {}}, set()),
        ([{"a": question()}], {("element", "el_quest1")}),
    ],
)
def test_a_value_reads(value, keys):
    assert reads(value) == keys


@pytest.mark.parametrize(
    ("value", "need"),
    [
        (answer(), "first"),
        (answer(op("is_done")), "first"),
        (answer(op("seconds_to_first_text")), "first"),
        (answer(field("text")), "first"),
        (answer(field("text"), op("text_so_far")), "first"),
        (answer(field("text"), op("is_streaming")), "first"),
        (answer(field("price")), "first"),
        (answer(field("text"), op("full_text")), "full"),
        (answer(field("text"), op("full_text"), op("in_capitals")), "full"),
        (answer(field("tokens")), "full"),
        (answer(field("model"), op("is", "x")), "full"),
        ({"text": [answer(field("text")), answer(field("tokens"))]}, "full"),
        ({"text": [answer(field("tokens")), answer(field("text"))]}, "full"),
        (question(op("followed_by", answer(field("text"), op("full_text")))), "full"),
        ({"options": {"body": answer(field("text"), op("full_text"))}, "when": answer(op("is_done"))}, "full"),
    ],
)
def test_s25_a_final_value_makes_a_step_wait_for_the_end(value, need):
    assert needs(value, catalog()) == {ASK: need}


def test_s25_what_reads_no_step_or_one_that_is_gone_waits_for_nothing():
    assert needs(question(), catalog()) == {}
    assert needs(answer(field("tokens"), step="sp_gone00"), catalog()) == {"sp_gone00": "first"}
