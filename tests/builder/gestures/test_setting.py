"""Names and properties: what is stored, what is refused in words."""

import pytest

from builder.document import node
from builder.errors import Invalid
from builder.gestures import setting
from builder.gestures.plan import NotSet
from tests.builder.gestures.sample import VALUE, catalog, done

# Names


def test_a_name_is_one_line_of_at_most_80(page):
    plan = setting.rename(page, "el_stop01", "  Stop\n it   now ")
    assert plan.changes[0]["name"] == "Stop it now"
    assert len(setting.rename(page, "el_stop01", "x" * 200).changes[0]["name"]) == 80
    assert setting.rename(page, "el_stop01", "Stop").changes == []
    with pytest.raises(NotSet, match=r"A name cannot be empty\. Type one; until then it stays "):
        setting.rename(page, "el_stop01", "  ")


def test_a_pages_title_follows_its_name_until_it_has_one_of_its_own(page):
    page["nodes"]["pg_test01"]["props"]["title"] = "Index"
    assert setting.rename(page, "pg_test01", "chat").changes[0]["set"] == {"title": "Chat"}
    page["nodes"]["pg_test01"]["props"]["title"] = "Ask Juniper"
    assert "set" not in setting.rename(page, "pg_test01", "chat").changes[0]


# Properties


@pytest.mark.parametrize(
    ("key", "prop", "value", "stored"),
    [
        ("el_stop01", "label", "Stop it", "Stop it"),
        ("el_stop01", "kind", "primary", "primary"),
        ("el_title1", "level", "1", 1),
        ("el_live01", "caret", False, False),
        ("el_stop01", "visible", False, False),
    ],
)
def test_a_property_is_stored_as_its_field_cleans_it(page, key, prop, value, stored):
    plan = setting.set_props(page, [key], prop, value, catalog(page))
    assert done(page, plan)["nodes"][key]["props"][prop] == stored


def test_dynamic_data_keeps_its_name_for_the_day_its_source_is_gone(page):
    page["nodes"]["el_input1"] = node("input", "Name")
    page["nodes"]["pg_test01"]["slots"]["children"].append("el_input1")
    plan = setting.set_props(page, ["el_hint01"], "text", {"text": ["Hello ", VALUE]}, catalog(page))
    assert plan.changes[0]["set"]["text"]["text"][1]["was"] == "Name's value"
    assert plan.label == "Change text of Hint" and plan.select == ""


@pytest.mark.parametrize(
    ("key", "prop", "value"),
    [
        ("el_title1", "level", "9"),
        ("el_stop01", "kind", {}),
        ("el_stop01", "label", {"from": 5}),
        ("pg_test01", "path", "a b"),
    ],
)
def test_a_value_that_its_field_does_not_take_is_refused_with_the_fields_sentence(page, key, prop, value):
    with pytest.raises(NotSet) as refused:
        setting.set_props(page, [key], prop, value, catalog(page))
    assert refused.value.prop == prop and refused.value.sentence


def test_null_brings_the_default_back_and_the_same_value_changes_nothing(page):
    page["nodes"]["el_stop01"]["props"]["label"] = "Halt"
    assert setting.set_props(page, ["el_stop01"], "label", None, catalog(page)).changes[0]["unset"] == ["label"]
    assert setting.set_props(page, ["el_stop01"], "label", "Halt", catalog(page)).changes == []
    assert setting.set_props(page, ["el_stop01"], "kind", None, catalog(page)).changes == []


@pytest.mark.parametrize("key, prop", [("el_stop01", "colour"), ("st_mode01", "text")])
def test_a_property_that_is_none_is_refused(page, key, prop):
    with pytest.raises(Invalid):
        setting.set_props(page, [key], prop, "x", catalog(page))
