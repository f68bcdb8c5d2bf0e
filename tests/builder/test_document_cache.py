"""Documents at hand: the same text is the same object, and what was worked out of a node stands with it."""

import gc
import json
import weakref
from copy import deepcopy

import pytest

from builder import document_cache
from builder.caching import SizedCache
from builder.document import body, node
from builder.document_cache import FrozenNode, for_all_nodes, newest, order, per_body, per_node, put, read, written

NAME = ("ap_test01", "page", "pg_test01")


@pytest.fixture(autouse=True)
def _nothing_at_hand(monkeypatch):
    monkeypatch.setattr(document_cache, "_documents", SizedCache(document_cache.AT_HAND))


def page(**props: object) -> str:
    nodes = {"el_one001": node("text", "One", {"text": "Same"}), "el_two002": node("text", "Two", props)}
    return json.dumps(body("pg_test01", {"pg_test01": node("page", "index", {}, children=[*nodes]), **nodes}))


def test_the_same_text_is_the_same_document():
    assert read(NAME, page(text="a")) is read(NAME, page(text="a"))
    assert read(("ap_other1", *NAME[1:]), page(text="a")) is not read(NAME, page(text="a"))


def test_of_a_changed_document_the_other_nodes_are_those_of_before():
    before, after = read(NAME, page(text="a")), read(NAME, page(text="b"))
    assert after["nodes"]["el_one001"] is before["nodes"]["el_one001"]
    assert after["nodes"]["el_two002"]["props"] == {"text": "b"} and before["nodes"]["el_two002"]["props"] == {
        "text": "a"
    }
    about = newest(NAME, json.loads(page(text="c")))
    assert about["nodes"]["el_one001"] is after["nodes"]["el_one001"]
    assert read(NAME, page(text="b")) is after


@pytest.mark.parametrize(("one", "other"), [(1, True), (1, 1.0), (0, False), (0.0, -0.0), (1, "1"), (None, "")])
def test_what_only_looks_the_same_to_python_is_another_node(one, other):
    read(NAME, page(level=one))
    assert repr(read(NAME, page(level=other))["nodes"]["el_two002"]["props"]["level"]) == repr(other)


def test_what_was_found_of_a_node_stands_with_it():
    asked = []

    @per_node
    def length(holder, more):
        asked.append(more)
        return len(holder["props"]["text"]) + more

    read(NAME, page(text="four"))
    for text in ("four", "seven"):
        drawn = read(NAME, page(text=text))["nodes"]
        assert [length(drawn["el_two002"], 1) for _ in range(3)] == [len(text) + 1] * 3
        assert length(drawn["el_one001"], 1) == 5
    assert len(asked) == 3
    assert length(dict(drawn["el_two002"]), 1) == length(dict(drawn["el_two002"]), 1) == 6
    assert len(asked) == 5, "Of a node that may change nothing is kept."


def test_a_node_keeps_few_answers():
    holder = read(NAME, page(text="a"))["nodes"]["el_two002"]
    assert isinstance(holder, FrozenNode)
    for more in range(100):
        per_node(lambda holder, more: more)(holder, more)
    assert len(holder.found) <= document_cache.ANSWERS


def test_a_copy_is_a_node_like_any_other():
    copy = deepcopy(read(NAME, page(text="a")))
    copy["nodes"]["el_two002"]["props"]["text"] = "b"
    assert type(copy["nodes"]["el_two002"]) is dict
    assert read(NAME, page(text="a"))["nodes"]["el_two002"]["props"] == {"text": "a"}


def test_each_key_that_is_pressed_in_a_long_text_leaves_no_copy_of_it():
    first = weakref.ref(read(NAME, page(text="x" * 10_000))["nodes"]["el_two002"])
    read(NAME, page(text="x" * 10_001))
    gc.collect()
    assert first() is None


def test_so_many_characters_are_at_hand(monkeypatch):
    monkeypatch.setattr(document_cache, "_documents", SizedCache(len(page(text="a")) * 2))
    one, two, three = (("ap_test01", "page", key) for key in ("pg_one001", "pg_two002", "pg_three3"))
    kept = [read(name, page(text="a")) for name in (one, two)]
    assert read(one, page(text="a")) is kept[0]
    read(three, page(text="a"))
    assert read(one, page(text="a")) is kept[0] and read(two, page(text="a")) is not kept[1]


def test_a_document_is_written_as_the_json_that_it_is():
    for props in ({"text": "ä “b” </script> \ud800", "level": True}, {"level": 1.0}, {"deep": {"list": [None, -0.0]}}):
        stands = read(NAME, page(**props))
        assert written(stands) == json.dumps(stands) == page(**props)
        assert written(stands) == page(**props), "Also when it was asked for before."
    plain = json.loads(page(text="a"))
    assert written(plain) == json.dumps(plain)


def test_of_a_document_with_nodes_that_stand_only_the_others_are_looked_at():
    before = read(NAME, page(text="a"))
    changed = {**before, "nodes": {**before["nodes"], "el_two002": node("text", "Two", {"text": "b"})}}
    after = newest(NAME, changed)
    assert after["nodes"]["el_one001"] is before["nodes"]["el_one001"]
    assert isinstance(after["nodes"]["el_two002"], FrozenNode)
    put(NAME, text := written(after), after)
    assert read(NAME, text) is after


def test_what_was_found_of_a_document_stands_with_it_and_not_with_the_next_one():
    asked = []

    @per_body
    def many(whole, more):
        asked.append(more)
        return len(whole["nodes"]) + more

    first = read(NAME, page(text="a"))
    assert [many(first, 1), many(read(NAME, page(text="a")), 1), many(first, 2)] == [4, 4, 5]
    after = newest(NAME, {**first, "nodes": {"pg_test01": first["nodes"]["pg_test01"]}})
    assert many(after, 1) == 2 and asked == [1, 2, 1]
    assert many({**first}, 1) == many(deepcopy(first), 1) == 4 and asked == [1, 2, 1, 1, 1], "They may change."
    assert order(first) == ("pg_test01", "el_one001", "el_two002")


def test_all_nodes_of_a_document_are_asked_at_once_those_that_stand_only_once():
    asked = []

    @per_node
    def text(holder):
        asked.append(holder["name"])
        return holder["props"].get("text")

    for said in ("a", "a", "b"):
        found = for_all_nodes(text, read(NAME, page(text=said)))
        assert found == {"pg_test01": None, "el_one001": "Same", "el_two002": said}
    assert asked == ["index", "One", "Two", "Two"]
    assert for_all_nodes(text, json.loads(page(text="c")))["el_two002"] == "c"
