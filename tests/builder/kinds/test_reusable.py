"""What the checker says of reusable elements and their instances (S43)."""

import pytest

from builder.document import node
from builder.kinds import kinds
from tests.builder.reusable import card, catalog, instance
from workflows.starters.written import element, source, workflow

GONE = source("property", property="pr_gone01") | {"was": "Card's Subtitle"}


def _said(found, kind, key):
    return [
        (each.where.node, each.where.prop, each.sentence) for each in kinds[kind].problems(found.body(kind, key), found)
    ]


def test_a_sound_one_has_no_issues():
    found = catalog(instance("el_one001", pr_title1="Hello", pr_seen01=True))
    assert _said(found, "page", "pg_page01") == _said(found, "reusable", "rs_card01") == []


@pytest.mark.parametrize(
    "props, prop, sentence",
    [
        ({"of": "rs_gone01"}, "of", "Its reusable element is not in this app. Choose another one, or delete it."),
        ({"of": ""}, "of", "It shows nothing yet. Choose a reusable element, or delete it."),
        ({"pr_gone01": "x"}, "pr_gone01", "Card no longer has a property that has a value here. Take it out."),
        (
            {"pr_seen01": source("element", element="el_gone01") | {"was": "Box's value"}},
            "pr_seen01",
            "Box's value is gone. Choose another source.",
        ),
    ],
    ids=["missing", "none", "a property that is gone", "a value that is gone"],
)
def test_what_an_instance_lacks_is_said(props, prop, sentence):
    key, nodes = instance("el_one001")
    nodes[key]["props"] |= props
    assert _said(catalog((key, nodes)), "page", "pg_page01") == [("el_one001", prop, sentence)]


def test_a_value_of_another_type_is_said():
    found = catalog(instance("el_one001", pr_title1="maybe"), instance("el_two001", pr_seen01="maybe"))
    assert [(node, prop) for node, prop, _ in _said(found, "page", "pg_page01")] == [("el_two001", "pr_seen01")]


def test_inside_a_property_that_is_gone_keeps_its_name():
    found = catalog(reusables=[card(el_title1=node("heading", "Title", {"text": GONE}))])
    [(where, prop, sentence)] = _said(found, "reusable", "rs_card01")
    assert (where, prop) == ("el_title1", "text") and sentence.startswith("Card's Subtitle is gone")


def test_on_a_page_a_property_of_a_reusable_element_means_nothing():
    found = catalog(element("el_title1", "heading", "Title", text=source("property", property="pr_title1")))
    assert len(_said(found, "page", "pg_page01")) == 1


def test_one_in_itself_is_said_however_it_came_there():
    loop = card(el_words1=node("instance", "Again", {"of": "rs_card01"}))
    found = catalog(reusables=[loop])
    sentence = "Card would stand in itself here, so nothing is shown. Delete this instance."
    assert _said(found, "reusable", "rs_card01") == [("el_words1", "of", sentence)]


def test_what_is_read_from_outside_is_said():
    own = card(el_words1=node("text", "Words", {"text": source("element", element="el_ask001")}))
    found = catalog(element("el_ask001", "input", "Question"), reusables=[own])
    [(where, prop, sentence)] = _said(found, "reusable", "rs_card01")
    assert (where, prop) == ("el_words1", "text") and sentence.startswith("It reads Question, which is outside")


def test_its_workflows_are_those_of_a_page():
    listens = workflow("wf_open01", "Open", "rs_card01", "clicked", "el_gone01", {})
    found = catalog(workflows=[listens])
    [problem] = kinds["workflow"].problems(listens, found)
    assert problem.sentence == "The element of this event is gone. Choose another one."


@pytest.mark.parametrize(
    "changed",
    [
        {"pr_title1": node("property", "Title", {"type": "colour"})},
        {"el_title1": node("property", "Title", {"type": "text"})},
        {"rs_card01": {**card()["nodes"]["rs_card01"], "type": "page"}},
    ],
    ids=["a type it has not", "a property among elements", "a page"],
)
def test_what_cannot_be_read_is_never_stored(changed):
    assert any(each.severity == "error" for each in kinds["reusable"].problems(card(**changed)))
