"""Types that an author chooses: of a property of a reusable element, of a state, of what an event tells."""

import pytest

from builder.chosen_types import can_be, can_be_list, field_of
from builder.expressions.catalog import Catalog
from builder.types import choosable, samples
from workflows.starters.demo import Demo


@pytest.fixture
def demo():
    """The chat app with its data type Message and its call Ask the model."""
    return Catalog([(kind, body["root"], body) for kind, body in Demo().documents()])


def test_all_types_that_an_app_has_can_be_chosen_the_plain_ones_first(demo):
    assert choosable(demo)[:6] == [
        ("text", "Text"),
        ("number", "Number"),
        ("yes_no", "Yes/no"),
        ("date", "Date"),
        ("image", "Image"),
        ("stream", "Text stream"),
    ]
    assert ("thing:dt_messag", "Message") in choosable(demo)
    assert [type for type, _ in choosable(Catalog())] == ["text", "number", "yes_no", "date", "image", "stream"]


def test_S14_the_result_of_a_call_can_be_once_it_was_initialized(demo):
    calls = [type for type, _ in choosable(demo) if type.startswith("call:")]
    assert calls
    [api] = {type.partition("/")[0].partition(":")[2] for type in calls}
    nodes = {
        key: {**each, "props": {name: value for name, value in each["props"].items() if name != "initialized"}}
        for key, each in demo.body("api", api)["nodes"].items()
    }
    without = demo.replacing([("api", {**demo.body("api", api), "nodes": nodes})])
    assert not [type for type, _ in choosable(without) if type.startswith("call:")]


@pytest.mark.parametrize("type", ["text", "image", "thing:dt_gone01", "call:ai_gone01/ca_gone01"])
def test_a_name_of_a_type_can_be_kept_also_when_what_it_is_about_is_gone(type):
    assert can_be(type)


@pytest.mark.parametrize("type", ["", None, 5, "thing", "any", "object", "list", "list:text", "colour", "text:x"])
def test_what_is_no_such_type_cannot(type):
    assert not can_be(type)


def test_a_stream_and_the_result_of_a_call_are_no_lists():
    assert [can_be_list(type) for type in ("text", "thing:dt_messag", "stream", "call:ai_a/ca_b")] == [
        True,
        True,
        False,
        False,
    ]


def test_a_thing_is_given_by_dynamic_data(demo):
    assert field_of("Message", "thing:dt_messag").type == "thing:dt_messag"
    assert samples("thing:dt_messag", demo) == [], "without an app there are none to show"
