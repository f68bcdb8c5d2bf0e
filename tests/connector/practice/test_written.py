"""Values as they go over the wire."""

from connector.practice.written import compact, encoded, event


def test_json_is_compact_and_keeps_its_letters():
    assert compact({"a": [1, "é"]}) == '{"a":[1,"é"]}'


def test_half_a_surrogate_pair_becomes_a_question_mark():
    assert encoded("a\ud83d") == b"a?"


def test_an_event_has_a_name_where_it_is_given_one():
    assert event({"a": 1}) == b'data: {"a":1}\n\n'
    assert event({"a": 1}, "b") == b'event: b\ndata: {"a":1}\n\n'
