"""Gestures on a workflow come to changes that the journal performs, with words for the undo button and for the ear."""

import copy

import pytest

from builder.changes import NodeGone, changes
from builder.document import children
from builder.errors import Invalid
from builder.expressions.catalog import Catalog, Place
from builder.expressions.check import problems
from builder.gestures.plan import NotSet
from workflows import editing
from workflows.events import title_of
from workflows.starters.demo import Demo
from workflows.starters.written import op, source

REPLY = source("step", op("field", "fd_reply1"), op("full_text"), step="sp_ask001")


class Bench:
    """The demo app's documents, and its workflow `Send is clicked`, to which plans are done."""

    def __init__(self):
        self.documents = {(kind, body["root"]): copy.deepcopy(body) for kind, body in Demo().documents()}

    @property
    def catalog(self):
        return Catalog((kind, key, body) for (kind, key), body in self.documents.items())

    @property
    def send(self):
        return self.documents["workflow", "wf_send01"]

    @property
    def steps(self):
        return children(self.send, "wf_send01", "steps")

    def props(self, key="sp_ask001"):
        return self.send["nodes"][key]["props"]

    def do(self, plan):
        for change in plan.changes:
            kind, _, key = change["doc"].partition("/")
            made, _ = changes[change["do"]].apply(copy.deepcopy(self.documents.get((kind, key))), change)
            if made is None:
                del self.documents[kind, key]
            else:
                self.documents[kind, key] = made
        return plan


@pytest.fixture
def bench():
    return Bench()


def test_a_new_workflow_takes_the_element_it_is_about(bench):
    plan = bench.do(editing.new_workflow(bench.catalog, "pg_chat01", "clicked", "el_stop01"))
    root = bench.documents["workflow", plan.select]["nodes"][plan.select]
    assert root["props"] == {"page": "pg_chat01", "event": {"type": "clicked", "options": {"element": "el_stop01"}}}
    assert (plan.label, root["name"]) == ("Add Stop is clicked", "Stop is clicked")


def test_the_only_element_there_is_to_choose_is_chosen(bench):
    plan = editing.new_workflow(bench.catalog, "pg_chat01", "submitted")
    root = plan.changes[0]["body"]["nodes"][plan.select]
    assert root["props"]["event"]["options"] == {"element": "el_quest1"}


def test_where_there_are_several_none_is_guessed(bench):
    plan = editing.new_workflow(bench.catalog, "pg_chat01", "clicked")
    assert plan.changes[0]["body"]["nodes"][plan.select]["props"]["event"]["options"] == {}


@pytest.mark.parametrize(("page", "event"), [("pg_gone00", "clicked"), ("pg_chat01", "exploded")])
def test_a_workflow_for_what_is_not_there_is_refused(bench, page, event):
    with pytest.raises(Invalid):
        editing.new_workflow(bench.catalog, page, event)


def test_a_name_of_its_own_stays_when_the_event_changes_and_an_empty_one_follows_it_again(bench):
    bench.do(editing.rename(bench.send, "  Ask   Juniper ", bench.catalog))
    bench.do(editing.set_event(bench.send, "element", "el_stop01", bench.catalog))
    assert title_of(bench.send["nodes"]["wf_send01"], bench.catalog) == "Ask Juniper"
    plan = bench.do(editing.rename(bench.send, "", bench.catalog))
    assert plan.say == "Ask Juniper is now named Stop is clicked"
    assert bench.send["nodes"]["wf_send01"]["name"] == "Stop is clicked"


def test_a_name_that_was_never_given_follows_the_event(bench):
    bench.do(editing.set_event(bench.send, "element", "el_stop01", bench.catalog))
    assert bench.send["nodes"]["wf_send01"]["name"] == "Stop is clicked"


def test_another_event_keeps_the_element_only_where_it_has_that_event(bench):
    bench.do(editing.set_event(bench.send, "type", "value_changed", bench.catalog))
    assert bench.props("wf_send01")["event"] == {"type": "value_changed", "options": {"element": "el_quest1"}}
    bench.do(editing.set_event(bench.send, "type", "submitted", bench.catalog))
    assert bench.props("wf_send01")["event"]["options"] == {"element": "el_quest1"}
    bench.do(editing.set_event(bench.send, "type", "page_loaded", bench.catalog))
    assert bench.props("wf_send01")["event"]["options"] == {}


@pytest.mark.parametrize(
    ("prop", "value"), [("type", "exploded"), ("element", "el_gone00"), ("repeat", "often"), ("when", {"from": 1})]
)
def test_what_an_event_does_not_take_is_said_under_its_field(bench, prop, value):
    with pytest.raises(NotSet) as wrong:
        editing.set_event(bench.send, prop, value, bench.catalog)
    assert wrong.value.prop == prop and str(wrong.value)


def test_a_copy_of_a_workflow_reads_its_own_steps(bench):
    plan = bench.do(editing.duplicate(bench.send, bench.catalog))
    made = bench.documents["workflow", plan.select]
    ask, keep = children(made, plan.select, "steps")[2:]
    assert made["nodes"][keep]["props"]["fields"]["df_body01"]["args"] == {"step": ask}


def test_a_copy_says_its_event_as_the_workflow_does_and_has_a_free_name_where_that_one_has_its_own(bench):
    plan = bench.do(editing.duplicate(bench.send, bench.catalog))
    bench.do(editing.set_event(bench.documents["workflow", plan.select], "element", "el_stop01", bench.catalog))
    made = bench.documents["workflow", plan.select]
    assert title_of(made["nodes"][plan.select], bench.catalog) == "Stop is clicked"
    bench.do(editing.rename(bench.send, "Ask", bench.catalog))
    plan = bench.do(editing.duplicate(bench.send, bench.catalog))
    made = bench.documents["workflow", plan.select]
    assert title_of(made["nodes"][plan.select], bench.catalog) == "Ask 2"


def test_a_deleted_workflow_is_gone(bench):
    plan = bench.do(editing.delete(bench.send, bench.catalog))
    assert plan.label == "Delete Send is clicked" and ("workflow", "wf_send01") not in bench.documents


def test_a_step_is_added_at_its_place_with_what_there_is_only_one_of_to_choose(bench):
    plan = bench.do(editing.add_step(bench.send, "create_thing", 1, bench.catalog))
    assert bench.steps.index(plan.select) == 1
    assert bench.props(plan.select) == {"data_type": "dt_messag"}
    assert plan.say == "Create a Message is now step 2, after Create a Message"


def test_a_step_that_calls_is_added_with_the_call_it_was_chosen_with(bench):
    """S1"""
    calls = bench.documents["api", "ai_pract1"]
    calls["nodes"]["ca_other1"] = copy.deepcopy(calls["nodes"]["ca_ask001"]) | {"name": "Other"}
    calls["nodes"]["ai_pract1"]["slots"]["calls"].append("ca_other1")
    chosen = editing.add_step(bench.send, "call_api", 0, bench.catalog, "ai_pract1/ca_other1")
    assert chosen.changes[0]["nodes"][chosen.select]["props"] == {"call": "ai_pract1/ca_other1"}
    assert chosen.label == "Add step Other"
    for choice in ("", "ai_pract1/ca_gone01"):
        plan = editing.add_step(bench.send, "call_api", 0, bench.catalog, choice)
        assert plan.changes[0]["nodes"][plan.select]["props"] == {}


def test_an_action_that_does_not_exist_is_refused(bench):
    with pytest.raises(Invalid):
        editing.add_step(bench.send, "explode", 0, bench.catalog)


@pytest.mark.parametrize(
    ("step", "way", "order", "said"),
    [
        ("sp_ask001", "up", [0, 2, 1, 3], "Ask the model is now step 2, after Create a Message"),
        ("sp_save01", "down", [1, 0, 2, 3], "Create a Message is now step 2, after Reset Composer"),
        ("sp_reset1", "up", [1, 0, 2, 3], "Reset Composer is now step 1, the first"),
        ("sp_save01", "up", [0, 1, 2, 3], "Create a Message is already the first step."),
        ("sp_keep01", "down", [0, 1, 2, 3], "Create a Message is already the last step."),
    ],
)
def test_a_step_moves_and_says_where_it_is(bench, step, way, order, said):
    before = bench.steps
    plan = bench.do(editing.move_step(bench.send, step, way, bench.catalog))
    assert bench.steps == [before[index] for index in order]
    assert plan.say == said


def test_a_copied_step_stands_after_its_original(bench):
    plan = bench.do(editing.duplicate_step(bench.send, "sp_ask001", bench.catalog))
    assert bench.steps[3] == plan.select
    assert bench.props(plan.select) == bench.props()
    assert editing.title(bench.send, plan.select, bench.catalog) == "Ask the model"


def test_a_deleted_step_leaves_the_next_one_selected(bench):
    assert bench.do(editing.delete_step(bench.send, "sp_ask001", bench.catalog)).select == "sp_keep01"
    assert bench.do(editing.delete_step(bench.send, "sp_keep01", bench.catalog)).select == "sp_reset1"
    assert bench.steps == ["sp_save01", "sp_reset1"]


@pytest.mark.parametrize("gesture", ["move_step", "delete_step", "duplicate_step"])
def test_a_step_that_is_gone_is_said_so(bench, gesture):
    way = ("up",) if gesture == "move_step" else ()
    with pytest.raises(NodeGone):
        getattr(editing, gesture)(bench.send, "sp_gone00", *way, bench.catalog)


def test_a_nested_option_is_set_beside_the_others_and_remembers_its_words(bench):
    bench.do(editing.set_step(bench.send, "sp_keep01", "fields.df_role01", REPLY, bench.catalog))
    fields = bench.props("sp_keep01")["fields"]
    assert set(fields) == {"df_role01", "df_body01"}
    assert fields["df_role01"]["was"] == "Result of step 3's Reply › full text"


def test_an_emptied_option_is_not_kept(bench):
    bench.do(editing.set_step(bench.send, "sp_keep01", "fields.df_role01", "", bench.catalog))
    assert set(bench.props("sp_keep01")["fields"]) == {"df_body01"}


def test_another_call_takes_its_own_parameters_only(bench):
    api = bench.documents["api", "ai_pract1"]
    api["nodes"]["ca_other1"] = copy.deepcopy(api["nodes"]["ca_ask001"]) | {"name": "Other"}
    api["nodes"]["ca_other1"]["slots"] = {}
    api["nodes"]["ai_pract1"]["slots"]["calls"].append("ca_other1")
    bench.do(editing.set_step(bench.send, "sp_ask001", "call", "ai_pract1/ca_other1", bench.catalog))
    assert bench.props() == {"call": "ai_pract1/ca_other1"}


@pytest.mark.parametrize(
    ("prop", "value", "kept"),
    [
        ("finishes", "end", {"finishes": "end"}),
        ("finishes", "", {}),
        ("starts", "at_once", {"starts": "at_once"}),
        ("when", None, {}),
    ],
)
def test_when_a_step_starts_and_finishes(bench, prop, value, kept):
    before = dict(bench.props())
    bench.do(editing.set_step(bench.send, "sp_ask001", prop, value, bench.catalog))
    assert bench.props() == before | kept


@pytest.mark.parametrize(
    ("prop", "value"),
    [
        ("call", "ai_pract1/ca_gone00"),
        ("call", ""),
        ("finishes", "never"),
        ("starts", "later"),
        ("when", "perhaps " * 9),
    ],
)
def test_what_a_step_does_not_take_is_said_under_its_field(bench, prop, value):
    if prop == "when":
        value = {"text": [1]}
    with pytest.raises(NotSet) as wrong:
        editing.set_step(bench.send, "sp_ask001", prop, value, bench.catalog)
    assert wrong.value.prop == prop and str(wrong.value)


def test_an_option_that_the_action_does_not_have_is_refused(bench):
    with pytest.raises(Invalid):
        editing.set_step(bench.send, "sp_ask001", "colour", "red", bench.catalog)


def test_setting_what_is_set_already_is_no_gesture(bench):
    assert editing.set_step(bench.send, "sp_save01", "fields.df_role01", "user", bench.catalog).changes == []
    assert editing.set_step(bench.send, "sp_ask001", "call", "ai_pract1/ca_ask001", bench.catalog).changes == []


def test_S24_a_step_reads_no_result_of_its_own_or_of_a_later_step(bench):
    at = {step: Place.of_workflow(bench.catalog, "wf_send01", step) for step in bench.steps}
    assert problems(REPLY, "text", at["sp_keep01"]) == []
    for step in ("sp_save01", "sp_reset1", "sp_ask001"):
        assert problems(REPLY, "text", at[step])[0].endswith("is gone. Choose another source.")
    assert problems(REPLY, "text", Place(bench.catalog, "pg_chat01")) == []
