"""What the composer offers."""

from builder.expressions.check import problems
from builder.expressions.offers import after, offers
from builder.expressions.trace import type_of
from tests.builder.expressions.sample import place


def _offered(element):
    here = place(element)
    return {offer.label: offer for _, found in offers(here) for offer in found}


def test_every_offer_is_sound_and_of_the_type_it_says():
    for element in ("el_quest1", "el_bubbl1", "el_inner1", None):
        here = place(element)
        for offer in _offered(element).values():
            assert problems(offer.expression, offer.type, here) == []
            assert type_of(offer.expression, here) == offer.type


def test_an_input_in_a_list_is_offered_in_its_own_cell_only():
    assert "Reply to it's value" in _offered("el_bubbl1")
    assert "Reply to it's value" not in _offered("el_quest1")
    assert "Question's value" in _offered("el_bubbl1")


def test_the_current_cell_is_offered_inside_of_its_list_only():
    assert "Current cell's Text" in _offered("el_bubbl1")
    assert "Current cell's Text" not in _offered("el_inner1")


def test_this_item_is_offered_inside_of_an_operator_that_goes_through_a_list():
    assert [
        offer.label for source, found in offers(place().within("text")) for offer in found if source.name == "item"
    ] == ["This item"]
    assert "This item" not in _offered("el_bubbl1")


def _labels(type):
    return {group: [each.label for each in found] for group, found in after(type, place()).items()}


def test_a_stream_offers_its_values_first():
    groups = _labels("stream")
    assert next(iter(groups)) == "Values of the stream"
    assert groups["Values of the stream"][:2] == ["text so far", "full text"]
    assert "in capitals" not in groups.get("Change it", [])


def test_a_result_offers_its_fields_by_name():
    groups = _labels("reply:one")
    assert next(iter(groups.items())) == ("Get something from it", ["Reply", "Price", "Tokens", "Model"])
    assert "each item’s Reply" in _labels("list:reply:one")["Get something from it"]


def test_a_text_offers_what_a_text_can_do():
    groups = _labels("text")
    assert "followed by" in groups["Change it"]
    assert "number of words" in groups["Get something from it"]
    assert "Calculate" not in groups


def test_what_an_offer_appends_has_an_empty_place_for_each_argument():
    replaced = next(each for each in after("text", place())["Change it"] if each.label == "with replaced")
    assert (replaced.op, replaced.hint) == ({"op": "with_replaced", "args": [None, None]}, "find, replace")
    first = next(
        each for each in after("list:reply:one", place())["Get something from it"] if each.label == "first item"
    )
    assert first.type == "reply:one"


def test_an_argument_with_options_begins_with_the_first_of_them():
    by_label = {each.label: each for found in after("number", place()).values() for each in found}
    assert by_label["as money in"].op == {"op": "as_money_in", "args": [None, "€1,234.50"]}
