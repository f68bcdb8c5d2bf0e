"""Parameters of a page: added, named, typed, taken away; their names stand in addresses."""

from copy import deepcopy

import pytest

from builder.document import children
from builder.gestures import planned
from builder.gestures.plan import NotSet
from builder.parameters import declared
from tests.builder.gestures.sample import catalog, done


def do(page, **said):
    return done(deepcopy(page), planned(said, page, catalog(page)))


@pytest.fixture
def told(page):
    """The page with two parameters."""
    return do(do(page, do="add_parameter"), do="add_parameter")


def test_a_new_one_is_a_text_with_a_name_of_its_own(told):
    assert [(each["name"], each["props"]) for each in declared(told).values()] == [
        ("parameter-1", {"type": "text"}),
        ("parameter-2", {"type": "text"}),
    ]


def test_its_name_is_one_that_can_stand_in_an_address(told):
    first, second = declared(told)
    named = do(told, do="rename", node=first, name=" topic ")
    assert declared(named)[first]["name"] == "topic"
    for name in ("two words", "pass", "topic", ""):
        with pytest.raises(NotSet):
            do(named, do="rename", node=second, name=name)


def test_its_default_is_of_its_type_and_goes_with_another(told):
    key = next(iter(declared(told)))
    number = do(told, do="set", node=key, prop="type", value="number")
    with pytest.raises(NotSet):
        do(number, do="set", node=key, prop="default", value="many")
    three = do(number, do="set", node=key, prop="default", value="3")
    assert declared(three)[key]["props"] == {"type": "number", "default": 3}
    assert declared(do(three, do="set", node=key, prop="type", value="yes_no"))[key]["props"] == {"type": "yes_no"}
    assert declared(do(three, do="set", node=key, prop="default", value=""))[key]["props"] == {"type": "number"}
    with pytest.raises(NotSet):
        do(told, do="set", node=key, prop="type", value="stream")


def test_it_is_taken_away_and_copied_with_its_page(told):
    key = next(iter(declared(told)))
    assert key not in declared(do(told, do="delete", node=key))
    plan = planned({"do": "duplicate_page"}, told, catalog(told))
    copy = plan.changes[0]["body"]
    assert [each["name"] for each in declared(copy).values()] == ["parameter-1", "parameter-2"]
    assert not set(declared(copy)) & set(declared(told)) and children(copy, copy["root"], "states")
