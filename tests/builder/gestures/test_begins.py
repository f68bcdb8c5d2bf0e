"""Workflows that begin with an element."""

import pytest

from builder.errors import Invalid
from builder.expressions.catalog import Catalog
from builder.gestures import begins
from builder.kinds import kinds
from tests.builder.reusable import card, catalog, instance


def test_a_workflow_begins_with_the_element(page):
    (change,) = begins.add_workflow(page, "el_stop01", "clicked", Catalog()).changes
    root = change["body"]["nodes"][change["body"]["root"]]
    assert root["name"] == "Stop is clicked"
    assert root["props"]["page"] == "pg_test01"
    assert root["props"]["event"] == {"type": "clicked", "options": {"element": "el_stop01"}}
    assert kinds["workflow"].problems(change["body"]) == []


@pytest.mark.parametrize("key, event", [("el_stop01", "submitted"), ("el_title1", "clicked"), ("el_stop01", "")])
def test_a_workflow_begins_only_with_an_event_that_the_element_has(page, key, event):
    with pytest.raises(Invalid):
        begins.add_workflow(page, key, event, Catalog())


def test_a_workflow_begins_with_what_an_instance_tells_of():
    made = card()
    made["nodes"]["rs_card01"]["props"]["happens"] = [{"key": "ev_saved1", "name": "{Saved}"}]
    found = catalog(instance("el_one001"), reusables=[made])
    page = found.body("page", "pg_page01")
    assert {event: each.words for event, each in begins.beginnings(page, "el_one001", found).items()} == {
        "ev_saved1": "when it tells “{Saved}”"
    }
    (change,) = begins.add_workflow(page, "el_one001", "ev_saved1", found).changes
    root = change["body"]["nodes"][change["body"]["root"]]
    assert root["name"] == "el_one001: {Saved}"
    assert root["props"]["event"] == {"type": "told", "options": {"element": "el_one001", "told": "ev_saved1"}}
    around = found.replacing([("workflow", change["body"])])
    assert kinds["workflow"].problems(change["body"], around) == []
