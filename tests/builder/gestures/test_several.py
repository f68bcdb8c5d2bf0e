"""Several elements at once: one gesture, in reading order, an element with what is in it once."""

import pytest

from builder.changes import NodeGone
from builder.document import children, node
from builder.errors import Invalid
from builder.gestures import planned
from builder.gestures.several import copy_all, delete_all, duplicate_all, move_all, step_all, tops, unwrap, wrap
from tests.builder.gestures.sample import VALUE, catalog, done, order, workflow


def test_of_an_element_and_what_is_in_it_the_outer_one_counts(page):
    assert tops(page, ["el_hint01", "el_stop01", "el_answer", "pg_test01"]) == ["el_answer", "el_hint01"]
    with pytest.raises(NodeGone):
        tops(page, ["el_gone00"])


@pytest.mark.parametrize(
    ("keys", "parent", "index", "expected"),
    [
        (["el_hint01", "el_title1"], "el_answer", 1, ["Live", "Title", "Hint", "Actions"]),
        (["el_live01", "el_stop01"], "pg_test01", 0, ["Live", "Stop", "Title", "Answer", "Hint"]),
        (["el_title1", "el_hint01"], "pg_test01", 1, ["Answer", "Title", "Hint"]),
        (["el_title1"], "el_action", 9, ["Stop", "Title"]),
    ],
)
def test_they_move_together_and_keep_their_order(page, keys, parent, index, expected):
    assert order(done(page, move_all(page, keys, parent, index)), parent) == expected


def test_what_is_there_already_does_not_move(page):
    assert move_all(page, ["el_title1", "el_answer"], "pg_test01", 0).changes == []


def test_it_is_said_where_they_are(page):
    plan = move_all(page, ["el_title1", "el_hint01"], "el_action", 1)
    assert plan.label == "Move 2 elements" and plan.say == "2 elements are now in Actions, after Stop"
    assert plan.selection == ["el_title1", "el_hint01"]


@pytest.mark.parametrize("parent", ["el_answer", "el_action"])
def test_a_group_does_not_go_into_itself(page, parent):
    with pytest.raises(Invalid, match="into itself"):
        move_all(page, ["el_title1", "el_answer"], parent, 0)


@pytest.mark.parametrize("parent", ["el_title1", "st_mode01"])
def test_nothing_goes_into_what_holds_nothing(page, parent):
    with pytest.raises(Invalid, match="Nothing can stand inside"):
        move_all(page, ["el_hint01"], parent, 0)


@pytest.mark.parametrize(
    ("keys", "way", "expected"),
    [
        (["el_answer", "el_hint01"], "up", ["Answer", "Hint", "Title"]),
        (["el_title1", "el_answer"], "down", ["Hint", "Title", "Answer"]),
        (["el_live01", "el_action"], "out", ["Title", "Answer", "Live", "Actions", "Hint"]),
    ],
)
def test_they_step_among_their_siblings_and_out(page, keys, way, expected):
    assert order(done(page, step_all(page, keys, way))) == expected


def test_they_step_into_the_group_before_them(page):
    page["nodes"]["pg_test01"]["slots"]["children"].append("el_extra1")
    page["nodes"]["el_extra1"] = node("text", "Extra")
    after = done(page, step_all(page, ["el_hint01", "el_extra1"], "in"))
    assert order(after, "el_answer") == ["Live", "Actions", "Hint", "Extra"]


@pytest.mark.parametrize(
    ("keys", "way", "said"),
    [
        (["el_title1", "el_answer"], "up", "2 elements are already the first in index."),
        (["el_title1", "el_hint01"], "out", "2 elements are not in a group, so cannot go out of one."),
        (["el_title1", "el_live01"], "up", "They are in different groups. Drag them, or move them one by one."),
        (["el_title1", "el_answer"], "in", "There is no group right before them to go into."),
        (["pg_test01"], "up", "This is the page itself. Only what is on it can be moved or copied."),
    ],
)
def test_a_step_that_leads_nowhere_says_why(page, keys, way, said):
    plan = step_all(page, keys, way)
    assert plan.changes == [] and plan.say == said


def test_copies_have_names_and_ids_of_their_own_and_refer_to_each_other(page):
    page["nodes"] |= {"el_input1": node("input", "Name"), "el_echo01": node("text", "Echo", {"text": VALUE})}
    page["nodes"]["el_box001"] = node("group", "Box", {}, children=["el_input1", "el_echo01"])
    page["nodes"]["pg_test01"]["slots"]["children"].append("el_box001")
    after = done(page, plan := copy_all(page, ["el_box001", "el_title1"], "pg_test01", 0))
    assert order(after)[:2] == ["Title 2", "Box 2"] and plan.say == "2 elements are now in index, first"
    field, echo = children(after, plan.selection[1])
    assert field != "el_input1" and after["nodes"][echo]["props"]["text"]["args"] == {"element": field}


@pytest.mark.parametrize("way", ["copied", "duplicated"])
def test_copies_of_several_refer_to_each_other(page, way):
    page["nodes"] |= {"el_input1": node("input", "Name"), "el_echo01": node("text", "Echo", {"text": VALUE})}
    page["nodes"]["pg_test01"]["slots"]["children"] += ["el_input1", "el_echo01"]
    keys = ["el_echo01", "el_input1"]
    plan = copy_all(page, keys, "pg_test01", 0) if way == "copied" else duplicate_all(page, keys)
    after, [field, echo] = done(page, plan), plan.selection
    assert after["nodes"][echo]["props"]["text"]["args"] == {"element": field}
    assert after["nodes"]["el_echo01"]["props"]["text"]["args"] == {"element": "el_input1"}


def test_copies_have_the_ids_that_the_browser_has_shown_them_with(page):
    ids = {"el_answer": "el_new001", "el_live01": "el_new002", "el_action": "el_new003", "el_stop01": "el_new004"}
    said = {"nodes": ["el_answer"], "ids": ids}
    after = done(page, plan := planned({"do": "duplicate", **said}, page, catalog(page)))
    assert (plan.select, plan.say) == ("el_new001", "Answer 2 is now after Answer")
    assert children(after, "el_new001") == ["el_new002", "el_new003"] and children(after, "el_new003") == ["el_new004"]
    copy = planned({"do": "copy", **said, "parent": "el_action", "index": 0}, page, catalog(page))
    assert children(done(page, copy), "el_action") == ["el_new001", "el_stop01"]


@pytest.mark.parametrize(
    "ids",
    [
        {"el_title1": "el_hint01"},
        {"el_title1": "pg_new001"},
        {"el_title1": "el_new001\n"},
        {"el_title1": "el_new001", "el_hint01": "el_new001"},
        {"el_title1": 7},
        {"el_other1": "el_new001"},
        ["el_new001"],
    ],
    ids=["in use", "of no element", "with more behind it", "twice", "no text", "of nothing", "no object"],
)
def test_ids_that_cannot_be_are_not_taken(page, ids):
    plan = planned({"do": "duplicate", "nodes": ["el_title1"], "ids": ids}, page, catalog(page))
    after = done(page, plan)
    assert order(after) == ["Title", "Title 2", "Answer", "Hint"]
    assert plan.select not in (*page["nodes"], "el_new001", "pg_new001")


def test_each_is_duplicated_after_itself(page):
    after = done(page, plan := duplicate_all(page, ["el_title1", "el_hint01"]))
    assert order(after) == ["Title", "Title 2", "Answer", "Hint", "Hint 2"] and len(plan.selection) == 2


def test_they_are_deleted_with_their_workflows_and_what_is_near_is_selected(page):
    here = catalog(page, workflow("wf_stop01", "el_stop01"))
    plan = delete_all(page, ["el_stop01", "el_title1", "el_answer"], here)
    assert order(done(page, plan)) == ["Hint"] and plan.select == "el_hint01"
    assert plan.deleted == "2 elements with 1 workflow"
    assert [change["doc"] for change in plan.changes if change["do"] == "delete"] == ["workflow/wf_stop01"]


def test_they_are_wrapped_where_the_first_one_stands(page):
    page["nodes"]["el_answer"]["props"] = {"direction": "row", "gap": "lg", "padding": "md"}
    after = done(page, plan := wrap(page, ["el_action", "el_live01"]))
    assert order(after, "el_answer") == ["Group"] and order(after, plan.select) == ["Live", "Actions"]
    assert after["nodes"][plan.select]["props"] == {"direction": "row", "gap": "lg"}
    assert plan.label == "Wrap 2 elements in a group"


def test_what_is_in_a_group_takes_its_place(page):
    after = done(page, plan := unwrap(page, ["el_answer"], catalog(page)))
    assert order(after) == ["Title", "Live", "Actions", "Hint"] and order(after, "el_action") == ["Stop"]
    assert plan.selection == ["el_live01", "el_action"]
    assert plan.say == "Answer is gone, 2 elements are now in index"


def test_a_group_that_was_wrapped_and_is_unwrapped_leaves_the_page_as_it_was(page):
    wrapped = done(page, plan := wrap(page, ["el_title1", "el_answer"]))
    assert done(wrapped, unwrap(wrapped, [plan.select], catalog(wrapped))) == page


def test_a_group_goes_with_the_workflows_that_begin_with_it(page):
    here = catalog(page, workflow("wf_group1", "el_action"), workflow("wf_stop01", "el_stop01"))
    plan = unwrap(page, ["el_action", "el_hint01"], here)
    assert [change["doc"] for change in plan.changes if change["do"] == "delete"] == ["workflow/wf_group1"]
    assert plan.say == "Actions with 1 workflow is gone, Stop is now in Answer"


def test_what_has_nothing_in_it_is_not_unwrapped(page):
    plan = unwrap(page, ["el_hint01"], catalog(page))
    assert plan.changes == [] and plan.say.startswith("Only a group")


@pytest.mark.parametrize(
    "said",
    [
        {"do": "move", "nodes": [], "parent": "pg_test01", "index": 0},
        {"do": "delete", "nodes": [1]},
        {"do": "wrap", "nodes": "el_title1"},
        {"do": "unwrap", "nodes": []},
        {"do": "copy", "nodes": ["el_title1"], "parent": "pg_test01"},
    ],
    ids=["move", "delete", "wrap", "unwrap", "copy"],
)
def test_what_is_not_of_the_shape_is_no_gesture(page, said):
    with pytest.raises(Invalid, match="no such gesture"):
        planned(said, page, catalog(page))


def test_several_are_pasted_after_each_other_and_refer_to_each_other(page):
    clip = {"el_input1": node("input", "Name"), "el_echo01": node("text", "Echo", {"text": VALUE})}
    said = {"do": "paste", "nodes": clip, "roots": ["el_input1", "el_echo01"], "at": "el_title1"}
    after = done(page, plan := planned(said, page, catalog(page)))
    assert order(after) == ["Title", "Name", "Echo", "Answer", "Hint"]
    field, echo = plan.selection
    assert after["nodes"][echo]["props"]["text"]["args"] == {"element": field}


def test_a_new_element_goes_to_the_place_it_is_dropped_at(page):
    said = {"do": "insert", "type": "button", "parent": "el_action", "index": 0}
    assert order(done(page, planned(said, page, catalog(page))), "el_action") == ["Button", "Stop"]
    with pytest.raises(Invalid, match="Nothing can stand inside"):
        planned(said | {"parent": "el_title1"}, page, catalog(page))
