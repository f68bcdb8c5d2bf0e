"""Gestures on a page as changes: where things go, what they are called, what goes with them, what is refused in words."""

import pytest

from builder import editing
from builder.changes import NodeGone, changes
from builder.document import body, children, node
from builder.errors import Invalid
from builder.expressions.catalog import Catalog
from builder.kinds import kinds

VALUE = {"from": "element", "args": {"element": "el_input1"}, "ops": []}


@pytest.fixture
def page():
    """index ─ Title, Answer ─ (Live, Actions ─ Stop), Hint; with one state."""
    nodes = {
        "pg_test01": node("page", "index", {}, children=["el_title1", "el_answer", "el_hint01"], states=["st_mode01"]),
        "el_title1": node("heading", "Title"),
        "el_answer": node("group", "Answer", {}, children=["el_live01", "el_action"]),
        "el_live01": node("live_text", "Live"),
        "el_action": node("group", "Actions", {}, children=["el_stop01"]),
        "el_stop01": node("button", "Stop"),
        "el_hint01": node("text", "Hint"),
        "st_mode01": node("state", "mode", {"type": "text"}),
    }
    return body("pg_test01", nodes)


def workflow(key: str, element: str):
    event = {"type": "clicked", "options": {"element": element}}
    return body(key, {key: node("workflow", "Stop is clicked", {"page": "pg_test01", "event": event}, steps=[])})


def catalog(page, *workflows):
    return Catalog([("page", "pg_test01", page), *(("workflow", each["root"], each) for each in workflows)])


def done(page, plan):
    """The page after a plan's changes, still readable."""
    for change in plan.changes:
        changes[change["do"]].check(change)
        if change["doc"] == "page/pg_test01":
            page, _ = changes[change["do"]].apply(page, change)
    assert [problem for problem in kinds["page"].problems(page) if problem.severity == "error"] == []
    return page


def order(page, key: str = "pg_test01") -> list[str]:
    return [page["nodes"][child]["name"] for child in children(page, key)]


# Insert and paste


@pytest.mark.parametrize(
    ("at", "inside", "parent", "expected"),
    [
        ("el_title1", False, "pg_test01", ["Title", "Button", "Answer", "Hint"]),
        ("el_answer", False, "pg_test01", ["Title", "Answer", "Button", "Hint"]),
        ("el_answer", True, "el_answer", ["Live", "Actions", "Button"]),
        ("el_hint01", True, "pg_test01", ["Title", "Answer", "Hint", "Button"]),
        ("el_stop01", False, "el_action", ["Stop", "Button"]),
        ("pg_test01", False, "pg_test01", ["Title", "Answer", "Hint", "Button"]),
        ("el_gone00", False, "pg_test01", ["Title", "Answer", "Hint", "Button"]),
        ("st_mode01", True, "pg_test01", ["Title", "Answer", "Hint", "Button"]),
    ],
)
def test_a_new_element_goes_after_the_selection_or_into_it(page, at, inside, parent, expected):
    plan = editing.insert(page, "button", at, inside)
    after = done(page, plan)
    assert order(after, parent) == expected
    assert plan.label == "Add Button" and after["nodes"][plan.select]["name"] == "Button"


def test_a_new_element_says_where_it_is(page):
    assert editing.insert(page, "button", "el_stop01").say == "Button is now in Actions, after Stop"
    page["nodes"]["el_action"]["slots"] = {}
    del page["nodes"]["el_stop01"]
    assert editing.insert(page, "button", "el_action", True).say == "Button is now in Actions, first"


def test_names_are_numbered(page):
    for name in ("Button", "Button 2", "Button 3"):
        plan = editing.insert(page, "button", "el_hint01")
        page = done(page, plan)
        assert page["nodes"][plan.select]["name"] == name


@pytest.mark.parametrize("type", ["page", "rating", ""])
def test_only_what_the_palette_offers_can_be_inserted(page, type):
    with pytest.raises(Invalid):
        editing.insert(page, type, "el_hint01")


def test_what_is_pasted_has_new_ids_and_refers_to_itself(page):
    clip = {
        "el_box001": node("group", "Box", {}, children=["el_input1", "el_echo01"]),
        "el_input1": node("input", "Name"),
        "el_echo01": node("text", "Echo", {"text": VALUE}),
    }
    plan = editing.paste(page, clip, "el_box001", "el_title1")
    page = done(page, plan)
    assert order(page) == ["Title", "Box", "Answer", "Hint"]
    field, echo = children(page, plan.select)
    assert field != "el_input1" and page["nodes"][echo]["props"]["text"]["args"] == {"element": field}


@pytest.mark.parametrize(
    "clip",
    [{}, {"el_a": "text"}, {"el_a": {"type": "text"}}, {"el_a": node("page", "P")}, {"el_a": node("state", "S")}],
)
def test_what_is_no_element_cannot_be_pasted(page, clip):
    with pytest.raises(Invalid):
        editing.paste(page, clip, "el_a", "el_title1")


# Move


@pytest.mark.parametrize(
    ("key", "way", "parent", "expected"),
    [
        ("el_answer", "up", "pg_test01", ["Answer", "Title", "Hint"]),
        ("el_answer", "down", "pg_test01", ["Title", "Hint", "Answer"]),
        ("el_title1", "down", "pg_test01", ["Answer", "Title", "Hint"]),
        ("el_hint01", "in", "el_answer", ["Live", "Actions", "Hint"]),
        ("el_live01", "out", "pg_test01", ["Title", "Answer", "Live", "Hint"]),
        ("el_stop01", "out", "el_answer", ["Live", "Actions", "Stop"]),
    ],
)
def test_an_element_moves(page, key, way, parent, expected):
    plan = editing.move(page, key, way)
    assert order(done(page, plan), parent) == expected
    assert plan.select == key and plan.label.startswith("Move ")


@pytest.mark.parametrize(
    ("key", "way", "say"),
    [
        ("el_title1", "up", "Title is already the first in index."),
        ("el_hint01", "down", "Hint is already the last in index."),
        ("el_title1", "out", "Title is in no group, so it cannot go out of one."),
        ("el_title1", "in", "Title goes into the group right before it, and there is none."),
        ("el_answer", "in", "Answer goes into the group right before it, and there is none."),
        ("pg_test01", "up", "This is the page itself. Only what is on it can be moved."),
    ],
)
def test_where_there_is_no_way_it_is_said(page, key, way, say):
    plan = editing.move(page, key, way)
    assert plan.changes == [] and plan.say == say


def test_a_move_says_where_it_went(page):
    assert editing.move(page, "el_hint01", "in").say == "Hint is now in Answer, after Actions"
    assert editing.move(page, "el_answer", "up").say == "Answer is now in index, first"


def test_move_to_lists_every_place_but_its_own_and_those_in_itself(page):
    words = [place.words(page) for place in editing.targets(page, "el_answer")]
    assert words == ["in index, first", "in index, after Hint"]
    words = [place.words(page) for place in editing.targets(page, "el_hint01")]
    assert "in Actions, after Stop" in words and "in index, after Answer" not in words
    assert not any("Title," in each for each in words), "a heading holds nothing"


@pytest.mark.parametrize("key", ["el_title1", "el_answer", "el_stop01", "el_hint01"])
def test_each_place_listed_is_where_the_element_then_is(page, key):
    for place in editing.targets(page, key):
        plan = editing.move_to(page, key, place.parent, place.index)
        assert plan.say == f"{page['nodes'][key]['name']} is now {place.words(page)}"
        moved = done(body("pg_test01", _copies(page)), plan)
        siblings = children(moved, place.parent)
        assert siblings.index(key) == place.index
        assert place.after is None or siblings[place.index - 1] == place.after


def _copies(page):
    return {
        key: {**each, "slots": {slot: [*ids] for slot, ids in each["slots"].items()}}
        for key, each in page["nodes"].items()
    }


@pytest.mark.parametrize("parent", ["el_title1", "st_mode01"])
def test_nothing_moves_into_what_holds_nothing(page, parent):
    with pytest.raises(Invalid):
        editing.move_to(page, "el_hint01", parent, 0)


# Duplicate, delete, rename


def test_a_duplicate_stands_after_it_and_is_selected(page):
    plan = editing.duplicate(page, "el_stop01")
    page = done(page, plan)
    assert order(page, "el_action") == ["Stop", "Stop 2"]
    assert page["nodes"][plan.select]["name"] == "Stop 2" and plan.say == "Stop 2 is now after Stop"


def test_a_deleted_group_takes_the_workflows_of_what_is_in_it_along(page):
    """S43: nothing is left that begins with a button that is gone."""
    own, other = workflow("wf_stop01", "el_stop01"), workflow("wf_title1", "el_title1")
    plan = editing.delete(page, "el_answer", catalog(page, own, other))
    assert plan.changes[1:] == [{"do": "delete", "doc": "workflow/wf_stop01"}]
    assert order(done(page, plan)) == ["Title", "Hint"]
    assert plan.deleted == "Answer with 1 workflow"


@pytest.mark.parametrize(
    ("key", "near"),
    [("el_title1", "el_answer"), ("el_hint01", "el_answer"), ("el_stop01", "el_action"), ("st_mode01", "pg_test01")],
)
def test_after_a_deletion_what_is_next_to_it_is_selected(page, key, near):
    assert editing.delete(page, key, catalog(page)).select == near


def test_the_page_itself_is_neither_deleted_nor_doubled_as_an_element(page):
    assert editing.delete(page, "pg_test01", catalog(page)).changes == []
    assert editing.duplicate(page, "pg_test01").changes == []


def test_what_is_gone_is_said_to_be_gone(page):
    for gesture in (editing.duplicate, lambda page, key: editing.move(page, key, "up")):
        with pytest.raises(NodeGone):
            gesture(page, "el_gone00")


def test_a_name_is_one_line_of_at_most_80(page):
    plan = editing.rename(page, "el_stop01", "  Stop\n it   now ")
    assert plan.changes[0]["name"] == "Stop it now"
    assert len(editing.rename(page, "el_stop01", "x" * 200).changes[0]["name"]) == 80
    assert editing.rename(page, "el_stop01", "Stop").changes == []
    with pytest.raises(editing.NotSet, match=r"A name cannot be empty\. Type one; until then it stays "):
        editing.rename(page, "el_stop01", "  ")


def test_a_pages_title_follows_its_name_until_it_has_one_of_its_own(page):
    page["nodes"]["pg_test01"]["props"]["title"] = "Index"
    assert editing.rename(page, "pg_test01", "chat").changes[0]["set"] == {"title": "Chat"}
    page["nodes"]["pg_test01"]["props"]["title"] = "Ask Juniper"
    assert "set" not in editing.rename(page, "pg_test01", "chat").changes[0]


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
    plan = editing.set_prop(page, key, prop, value, catalog(page))
    assert done(page, plan)["nodes"][key]["props"][prop] == stored


def test_dynamic_data_keeps_its_name_for_the_day_its_source_is_gone(page):
    page["nodes"]["el_input1"] = node("input", "Name")
    page["nodes"]["pg_test01"]["slots"]["children"].append("el_input1")
    plan = editing.set_prop(page, "el_hint01", "text", {"text": ["Hello ", VALUE]}, catalog(page))
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
    with pytest.raises(editing.NotSet) as refused:
        editing.set_prop(page, key, prop, value, catalog(page))
    assert refused.value.prop == prop and refused.value.sentence


def test_null_brings_the_default_back_and_the_same_value_changes_nothing(page):
    page["nodes"]["el_stop01"]["props"]["label"] = "Halt"
    assert editing.set_prop(page, "el_stop01", "label", None, catalog(page)).changes[0]["unset"] == ["label"]
    assert editing.set_prop(page, "el_stop01", "label", "Halt", catalog(page)).changes == []
    assert editing.set_prop(page, "el_stop01", "kind", None, catalog(page)).changes == []


@pytest.mark.parametrize("key, prop", [("el_stop01", "colour"), ("st_mode01", "text")])
def test_a_property_that_is_none_is_refused(page, key, prop):
    with pytest.raises(Invalid):
        editing.set_prop(page, key, prop, "x", catalog(page))


# States, workflows, pages


def test_a_new_state_is_a_text(page):
    page = done(page, editing.add_state(page))
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
    plan = editing.set_state(page, "st_mode01", "default", typed)
    assert done(page, plan)["nodes"]["st_mode01"]["props"].get("default", False) == stored


@pytest.mark.parametrize(("type", "typed"), [("number", "many"), ("yes_no", "perhaps")])
def test_a_default_of_another_type_is_refused_under_its_field(page, type, typed):
    page["nodes"]["st_mode01"]["props"]["type"] = type
    with pytest.raises(editing.NotSet):
        editing.set_state(page, "st_mode01", "default", typed)


def test_a_state_of_another_type_loses_its_default(page):
    page["nodes"]["st_mode01"]["props"]["default"] = "on"
    after = done(page, editing.set_state(page, "st_mode01", "type", "number"))
    assert after["nodes"]["st_mode01"]["props"] == {"type": "number"}


@pytest.mark.parametrize("prop, value", [("type", "colour"), ("list", "yes"), ("type", None)])
def test_a_state_takes_no_other_type(page, prop, value):
    with pytest.raises(editing.NotSet):
        editing.set_state(page, "st_mode01", prop, value)


def test_a_workflow_begins_with_the_element(page):
    (change,) = editing.add_workflow(page, "el_stop01", "clicked").changes
    root = change["body"]["nodes"][change["body"]["root"]]
    assert root["name"] == "Stop is clicked"
    assert root["props"]["page"] == "pg_test01"
    assert root["props"]["event"] == {"type": "clicked", "options": {"element": "el_stop01"}}
    assert kinds["workflow"].problems(change["body"]) == []


@pytest.mark.parametrize("key, event", [("el_stop01", "submitted"), ("el_title1", "clicked"), ("el_stop01", "")])
def test_a_workflow_begins_only_with_an_event_that_the_element_has(page, key, event):
    with pytest.raises(Invalid):
        editing.add_workflow(page, key, event)


def test_pages_have_names_of_their_own(page):
    copy = editing.duplicate_page(page, catalog(page)).changes[0]["body"]
    assert copy["nodes"][copy["root"]]["name"] == "index 2"
    assert not copy["nodes"].keys() & page["nodes"].keys()
    blank = kinds["page"].blank("pg_new001", "page")
    made = editing.new_page(blank, catalog(page)).changes[0]
    assert made["doc"] == "page/pg_new001" and made["body"]["nodes"]["pg_new001"]["props"]["title"] == "Page"


def test_a_page_goes_with_its_workflows_and_the_last_one_stays(page):
    assert (
        editing.delete_page(page, catalog(page)).say
        == "This is the app's only page, so it stays. Add another page first."
    )
    other = kinds["page"].blank("pg_other1", "other")
    known = Catalog(
        [
            ("page", "pg_test01", page),
            ("page", "pg_other1", other),
            ("workflow", "wf_stop01", workflow("wf_stop01", "el_stop01")),
        ]
    )
    assert [change["doc"] for change in editing.delete_page(page, known).changes] == [
        "page/pg_test01",
        "workflow/wf_stop01",
    ]
