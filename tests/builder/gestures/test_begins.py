"""Workflows that begin with an element."""

import pytest

from builder.errors import Invalid
from builder.gestures import begins
from builder.kinds import kinds


def test_a_workflow_begins_with_the_element(page):
    (change,) = begins.add_workflow(page, "el_stop01", "clicked").changes
    root = change["body"]["nodes"][change["body"]["root"]]
    assert root["name"] == "Stop is clicked"
    assert root["props"]["page"] == "pg_test01"
    assert root["props"]["event"] == {"type": "clicked", "options": {"element": "el_stop01"}}
    assert kinds["workflow"].problems(change["body"]) == []


@pytest.mark.parametrize("key, event", [("el_stop01", "submitted"), ("el_title1", "clicked"), ("el_stop01", "")])
def test_a_workflow_begins_only_with_an_event_that_the_element_has(page, key, event):
    with pytest.raises(Invalid):
        begins.add_workflow(page, key, event)
