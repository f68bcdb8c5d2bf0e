"""What a reusable element tells where its instances stand: values that are read there, and events."""

import pytest
from django.core.exceptions import ValidationError

from builder.document import body, node
from builder.expressions.catalog import Place
from builder.expressions.check import problems
from builder.expressions.trace import type_of
from builder.fields import RowsField
from builder.gestures.setting import set_props
from builder.kinds import kinds
from builder.outwards import ToldEvent, events_of
from builder.panel.controls import control
from builder.reusing import expanded
from builder.sources import sources
from tests.builder.reusable import card, catalog, instance
from workflows.actions import actions
from workflows.starters.written import element, op, source, text, workflow

AMOUNT = source("element", element="el_amoun1")


def telling(value=AMOUNT, **more):
    """The card with an input in it, which tells its Total and of the event Saved."""
    made = card(el_amoun1=node("input", "Amount", {"content": "number"}), **more)
    made["nodes"]["rs_card01"]["slots"]["children"].append("el_amoun1")
    made["nodes"]["rs_card01"]["props"] |= {
        "tells": [{"key": "tl_total1", "name": "Total", "value": value}],
        "happens": [{"key": "ev_saved1", "name": "Saved"}],
    }
    return made


def told(*ops, of="el_one001"):
    return source("told", *ops, element=of, value_of="tl_total1")


def _read(value, telling_card, *more):
    """What reads a value on a page with an instance of the card, as it is on the open page."""
    found = catalog(
        instance("el_one001"), element("el_shown1", "text", "Shown", text=value), *more, reusables=[telling_card]
    )
    body, _ = expanded(found.body("page", "pg_page01"), found)
    return body, body["nodes"]["el_shown1"]["props"]["text"]


def test_what_reads_a_told_value_reads_what_it_comes_to_in_that_instance():
    body, read = _read(text("In all ", told(op("plus", 1))), telling())
    [amount] = [key for key, each in body["nodes"].items() if each["name"] == "Amount"]
    assert read == text("In all ", source("element", op("plus", 1), element=amount))
    assert not {"tells", "happens"} & body["nodes"]["el_one001"]["props"].keys()


@pytest.mark.parametrize(
    ("value", "ops", "comes_to"),
    [
        ("Fig", [], "Fig"),
        (7, [], "7"),
        (
            "Fig",
            [op("uppercase") | {"args": []}],
            {"from": "told", "args": {"element": "el_one001", "value_of": "tl_total1", "value": "Fig"}},
        ),
        (source("property", property="pr_title1"), [], "Untitled"),
        (text("a ", source("property", property="pr_title1")), [], "a Untitled"),
    ],
    ids=["a text", "a number in a text", "with an operator", "what it is given", "a text with what it is given"],
)
def test_a_told_value_may_be_plain(value, ops, comes_to):
    _, read = _read(told(*ops), telling(value))
    assert read == (comes_to | {"ops": ops} if isinstance(comes_to, dict) else comes_to)


def test_an_instance_inside_another_tells_it_and_that_one_the_page():
    outer = {
        "rs_outer1": node(
            "reusable",
            "Outer",
            {"tells": [{"key": "tl_twice1", "name": "Twice", "value": told(op("times", 2), of="el_inner9")}]},
            children=["el_inner9"],
        ),
        "el_inner9": node("instance", "Inner", {"of": "rs_card01"}),
    }
    shown = element("el_shown1", "text", "Shown", text=source("told", element="el_outer1", value_of="tl_twice1"))
    found = catalog(
        instance("el_outer1", of="rs_outer1"),
        shown,
        reusables=[telling(), {"v": 1, "root": "rs_outer1", "nodes": outer}],
    )
    body, _ = expanded(found.body("page", "pg_page01"), found)
    [amount] = [key for key, each in body["nodes"].items() if each["name"] == "Amount"]
    assert body["nodes"]["el_shown1"]["props"]["text"] == source("element", op("times", 2), element=amount)


def test_what_would_tell_itself_is_empty():
    given = instance("el_one001", pr_title1=told())
    shown = element("el_shown1", "text", "Shown", text=told())
    found = catalog(given, shown, reusables=[telling(source("property", property="pr_title1"))])
    body, _ = expanded(found.body("page", "pg_page01"), found)
    assert body["nodes"]["el_shown1"]["props"]["text"]["from"] == "told"
    assert sources["told"].value(told()["args"], None) is None


def test_a_told_value_has_its_type_and_is_called_after_the_instance():
    found = catalog(instance("el_one001"), reusables=[telling()])
    place = Place(found, page="pg_page01")
    assert type_of(told(), place) == "number" and problems(told(), "number", place) == []
    [offer] = sources["told"].offers(place)
    assert (offer.label, offer.type, offer.expression) == ("el_one001's Total", "number", told())


def test_one_that_is_gone_is_said():
    found = catalog(instance("el_one001"), reusables=[card()])
    [sentence] = problems(told() | {"was": "Card's Total"}, "number", Place(found, page="pg_page01"))
    assert "is gone" in sentence


def test_the_value_of_an_instance_in_a_list_is_offered_in_the_same_cell_only():
    cell = element("el_list01", "repeating_group", "List", instance("el_one001"), element("el_in0001", "text", "In"))
    found = catalog(cell, element("el_out001", "text", "Out"), reusables=[telling()])
    offers = {key: list(sources["told"].offers(Place(found, "pg_page01", key))) for key in ("el_in0001", "el_out001")}
    assert [len(each) for each in offers.values()] == [1, 0]


def test_a_new_row_gets_an_id_which_a_rename_keeps():
    made = telling()
    found = catalog(reusables=[made])
    row = {"key": "", "name": "Deleted"}
    [change] = set_props(made, ["rs_card01"], "happens", [{"key": "ev_saved1", "name": "Kept"}, row], found).changes
    kept, new = change["set"]["happens"]
    assert kept == {"key": "ev_saved1", "name": "Kept"} and new["key"].startswith("ev_") and new["name"] == "Deleted"
    assert kinds["reusable"].problems(made, found) == []
    assert events_of(found, "rs_card01") == {"ev_saved1": "Saved"} and events_of(found, "rs_gone01") == {}


def test_the_id_of_a_row_is_not_shown():
    made = control("happens", RowsField(ToldEvent), [{"key": "ev_saved1", "name": "Saved"}], Place(catalog()))
    assert [[each.prop for each in row] for row in made.rows] == [["happens.0.name", "happens.0.type"]]


def test_what_is_given_to_a_property_that_is_gone_is_taken_out_by_one_press():
    found = catalog(instance("el_one001", pr_gone01="Old", pr_title1="Kept"))
    [problem] = [each for each in kinds["page"].problems(found.body("page", "pg_page01"), found) if each.where.prop]
    assert (problem.where.prop, problem.fix.label) == ("pr_gone01", "Take it out")
    assert problem.fix.changes == (
        {"do": "update", "doc": "page/pg_page01", "node": "el_one001", "unset": ["pr_gone01"]},
    )


def _telling_of(type="thing:dt_plant1", value=None):
    """A page that listens to the card, which tells of Saved with a value."""
    made = telling()
    made["nodes"]["rs_card01"]["props"]["happens"] = [{"key": "ev_saved1", "name": "Saved", "type": type}]
    steps = {"sp_tell01": node("tell_page", "", {"event": "ev_saved1", **({"value": value} if value else {})})}
    saves = workflow("wf_save01", "", "rs_card01", "clicked", "el_title1", steps)
    keeps = workflow("wf_keep01", "", "pg_page01", "told", "el_one001", {})
    keeps["nodes"]["wf_keep01"]["props"]["event"]["options"]["told"] = "ev_saved1"
    found = catalog(instance("el_one001"), reusables=[made], workflows=[saves, keeps])
    plant = body(
        "dt_plant1",
        {
            "dt_plant1": node("data_type", "Plant", {}, fields=["df_name01"]),
            "df_name01": node("field", "Name", {"type": "text"}),
        },
    )
    return found.replacing([("data_type", plant)])


def test_the_value_of_an_event_is_offered_in_the_workflow_that_it_starts_alone():
    found = _telling_of()
    [offer] = sources["event_value"].offers(Place.of_workflow(found, "wf_keep01"))
    assert (offer.label, offer.type) == ("el_one001's Saved's value", "thing:dt_plant1")
    assert type_of(source("event_value", op("field", "df_name01")), Place.of_workflow(found, "wf_keep01")) == "text"
    for elsewhere in (Place.of_workflow(found, "wf_save01"), Place(found, "pg_page01", "el_one001")):
        assert not list(sources["event_value"].offers(elsewhere))
        assert problems(offer.expression, "any", elsewhere) == ["The event's value is gone. Choose another source."]
    assert not list(sources["event_value"].offers(Place.of_workflow(_telling_of(type=""), "wf_keep01")))


def test_the_step_asks_for_a_value_of_the_events_type():
    found = _telling_of("number", value="many")
    step, place = found.node("sp_tell01"), Place.of_workflow(found, "wf_save01", "sp_tell01")
    assert actions["tell_page"].options(step, place).base_fields["value"].type == "number"
    [(prop, sentence)] = actions["tell_page"].problems(step, place)
    assert prop == "value" and sentence.startswith("This needs a number")
    plain = Place.of_workflow(_telling_of(""), "wf_save01", "sp_tell01")
    assert "value" not in actions["tell_page"].options(step, plain).base_fields


def test_an_event_without_a_value_is_stored_as_it_always_was():
    rows = RowsField(ToldEvent)
    assert rows.clean([{"key": "ev_a", "name": "Saved", "type": ""}]) == [{"key": "ev_a", "name": "Saved"}]
    assert rows.clean([{"key": "ev_a", "name": "Saved", "type": "number"}])[0]["type"] == "number"
    with pytest.raises(ValidationError):
        rows.clean([{"key": "ev_a", "name": "Saved", "type": "colour"}])


def test_a_value_of_a_type_that_was_removed_is_said():
    found = _telling_of("thing:dt_gone01")
    said = [each.sentence for each in kinds["reusable"].problems(found.body("reusable", "rs_card01"), found)]
    assert said == ["What is told with “Saved” is of a type that was removed. Choose another one."]
