"""States of a page: what they hold, what does not fit."""

import pytest

from builder.document import children
from builder.expressions.catalog import Catalog
from builder.gestures import states
from builder.gestures.plan import NotSet
from tests.builder.gestures.sample import done


def test_a_new_state_is_a_text(page):
    page = done(page, states.add_state(page))
    assert [page["nodes"][key]["name"] for key in children(page, "pg_test01", "states")] == ["mode", "State"]


@pytest.mark.parametrize(
    ("type", "typed", "stored"),
    [
        ("text", "on", "on"),
        ("number", "12", 12),
        ("number", "1,5", 1.5),
        ("yes_no", "Yes", True),
        ("yes_no", "no", False),
    ],
)
def test_a_default_is_of_the_states_type(page, type, typed, stored):
    page["nodes"]["st_mode01"]["props"]["type"] = type
    plan = states.set_state(page, "st_mode01", "default", typed, Catalog())
    assert done(page, plan)["nodes"]["st_mode01"]["props"].get("default", False) == stored


@pytest.mark.parametrize(("type", "typed"), [("number", "many"), ("yes_no", "perhaps")])
def test_a_default_of_another_type_is_refused_under_its_field(page, type, typed):
    page["nodes"]["st_mode01"]["props"]["type"] = type
    with pytest.raises(NotSet):
        states.set_state(page, "st_mode01", "default", typed, Catalog())


def test_a_state_of_another_type_loses_its_default(page):
    page["nodes"]["st_mode01"]["props"]["default"] = "on"
    after = done(page, states.set_state(page, "st_mode01", "type", "number", Catalog()))
    assert after["nodes"]["st_mode01"]["props"] == {"type": "number"}


@pytest.mark.parametrize(
    "prop, value", [("type", "colour"), ("list", "yes"), ("type", None), ("type", "thing:dt_gone01")]
)
def test_a_state_takes_no_other_type(page, prop, value):
    with pytest.raises(NotSet):
        states.set_state(page, "st_mode01", prop, value, Catalog())
