"""Reusable elements as gestures: placed, made of what is selected, given properties, and never put into themselves."""

import pytest

from builder.changes import changes
from builder.document import children, node
from builder.errors import Invalid
from builder.gestures import planned
from builder.gestures.plan import NotSet
from builder.kinds import kinds
from builder.reusing import expanded
from tests.builder.gestures.sample import catalog as plain
from tests.builder.gestures.sample import sample, workflow
from tests.builder.reusable import card, catalog, instance
from workflows.starters.written import element


def _done(found, plan):
    """The app after a plan's changes; each document is still readable."""
    bodies = {}
    for change in plan.changes:
        changes[change["do"]].check(change)
        kind, _, key = change["doc"].partition("/")
        body = bodies.get((kind, key)) or found.body(kind, key)
        bodies[kind, key], _ = changes[change["do"]].apply(body and {**body, "nodes": {**body["nodes"]}}, change)
    for (kind, _), body in bodies.items():
        assert not body or [each for each in kinds[kind].problems(body) if each.severity == "error"] == []
    return bodies


def _made(found, page, **said):
    return _done(found, planned(said, found.page(page), found))


def test_a_reusable_element_is_put_on_a_page_by_its_key():
    found = catalog(element("el_title1", "heading", "Title"))
    said = {"type": "instance:rs_card01", "parent": "pg_page01", "index": 0}
    page = _made(found, "pg_page01", do="insert", **said)["page", "pg_page01"]
    placed = page["nodes"][children(page, "pg_page01")[0]]
    assert (placed["type"], placed["name"], placed["props"]) == ("instance", "Card", {"of": "rs_card01"})


@pytest.mark.parametrize("type", ["instance", "instance:rs_gone01", "heading:rs_card01", "reusable"])
def test_there_is_no_such_element(type):
    found = catalog()
    with pytest.raises(Invalid, match="no such element"):
        planned({"do": "insert", "type": type, "at": "pg_page01"}, found.page("pg_page01"), found)


def _nested():
    """List holds Card."""
    nodes = {"rs_list01": node("reusable", "List", {}, children=["el_first1"])}
    return {"v": 1, "root": "rs_list01", "nodes": nodes | instance("el_first1")[1]}


@pytest.mark.parametrize(
    "said, sentence",
    [
        ({"do": "insert", "type": "instance:rs_card01", "at": "rs_card01"}, "Card cannot stand in itself."),
        (
            {"do": "insert", "type": "instance:rs_list01", "parent": "rs_card01", "index": 0},
            "List holds Card, so it cannot stand in it.",
        ),
        (
            {"do": "paste", "nodes": instance("el_x", "rs_list01")[1], "root": "el_x", "at": "rs_card01"},
            "List holds Card, so it cannot stand in it.",
        ),
        (
            {"do": "set", "node": "el_other1", "prop": "of", "value": "rs_list01"},
            "List holds Card, so it cannot stand in it.",
        ),
    ],
    ids=["itself", "what holds it", "what holds it, pasted", "what holds it, chosen"],
)
def test_none_is_put_into_itself(said, sentence):
    own = card(el_other1=node("instance", "Other", {}))
    own["nodes"]["rs_card01"]["slots"]["children"].append("el_other1")
    found = catalog(reusables=[own, _nested()])
    with pytest.raises(Invalid) as refused:
        planned(said, found.page("rs_card01"), found)
    assert refused.value.sentence == sentence


def test_an_instance_is_given_values_as_its_properties_take_them():
    found = catalog(instance("el_one001"))
    page = _made(found, "pg_page01", do="set", node="el_one001", prop="pr_title1", value="Hello")["page", "pg_page01"]
    assert page["nodes"]["el_one001"]["props"] == {"of": "rs_card01", "pr_title1": "Hello"}
    with pytest.raises(Invalid, match="no such property"):
        _made(found, "pg_page01", do="set", node="el_one001", prop="pr_gone01", value="Hello")


def test_a_value_of_another_type_is_not_set():
    found = catalog(instance("el_one001"), reusables=[card(pr_title1=node("property", "Size", {"type": "number"}))])
    with pytest.raises(NotSet, match="number"):
        _made(found, "pg_page01", do="set", node="el_one001", prop="pr_title1", value="wide")


def test_what_is_given_to_a_property_that_is_gone_can_be_reset():
    found = catalog(instance("el_one001", pr_gone01="Hello"))
    page = _made(found, "pg_page01", do="reset", node="el_one001", props=["pr_gone01"])["page", "pg_page01"]
    assert page["nodes"]["el_one001"]["props"] == {"of": "rs_card01"}


def test_properties_are_added_and_typed_as_states_are():
    found = catalog()
    own = _made(found, "rs_card01", do="add_property")["reusable", "rs_card01"]
    key = children(own, "rs_card01", "properties")[-1]
    assert own["nodes"][key] == node("property", "Property", {"type": "text"})
    found = catalog(reusables=[own])
    own = _made(found, "rs_card01", do="set", node=key, prop="type", value="image")["reusable", "rs_card01"]
    assert own["nodes"][key]["props"] == {"type": "image"}
    with pytest.raises(Invalid, match="Only a reusable element"):
        _made(found, "pg_page01", do="add_property")


def test_a_new_one_is_empty_with_a_name_of_its_own():
    found = catalog(reusables=[card(rs_card01={**card()["nodes"]["rs_card01"], "name": "Reusable element"})])
    plan = planned({"do": "new_reusable"}, found.page("pg_page01"), found)
    [made] = _done(found, plan).values()
    assert made["nodes"][made["root"]] == node("reusable", "Reusable element 2")
    assert plan.changes[0]["doc"] == f"reusable/{plan.select}"


def test_what_is_selected_becomes_one_with_the_workflows_that_begin_in_it():
    page, listens = sample(), workflow("wf_stop01", "el_stop01")
    found = plain(page, listens)
    plan = planned({"do": "make_reusable", "node": "el_answer"}, page, found)
    bodies = _done(found, plan)
    after = bodies["page", "pg_test01"]
    assert [after["nodes"][key]["name"] for key in children(after, "pg_test01")] == ["Title", "Answer", "Hint"]
    [made] = [body for (kind, _), body in bodies.items() if kind == "reusable"]
    assert after["nodes"][plan.select]["props"] == {"of": made["root"]}
    assert {"Answer", "Live", "Actions", "Stop"} <= {each["name"] for each in made["nodes"].values()}
    assert bodies["workflow", "wf_stop01"] is None
    [follows] = [body for (kind, _), body in bodies.items() if kind == "workflow" and body]
    props = follows["nodes"][follows["root"]]["props"]
    assert props["page"] == made["root"]
    assert made["nodes"][props["event"]["options"]["element"]]["name"] == "Stop"
    again = plain(after).replacing([("reusable", made), ("workflow", follows)])
    assert "Stop" in [each["name"] for each in expanded(after, again)[0]["nodes"].values()]


def test_the_last_reusable_element_may_go_and_is_no_first_page():
    found = catalog()
    assert _made(found, "rs_card01", do="delete_page") == {("reusable", "rs_card01"): None}
    assert "is not a page" in planned({"do": "first_page"}, found.page("rs_card01"), found).say
