"""Every event keeps the contract of its registry: a new file in an app's `events` is tested by being there."""

import re
import sys
from pathlib import Path

import pytest
from django.conf import settings

from builder.document import node
from builder.elements import elements
from builder.expressions.catalog import Catalog, Place
from builder.kinds import kinds
from builder.placed import PlacedChoice
from workflows.events import events, title_of
from workflows.starters.demo import Demo
from workflows.starters.written import document

ICONS = set(re.findall(r'id="i-([a-z-]+)"', (Path(settings.BASE_DIR) / "static/icons.svg").read_text()))


@pytest.fixture(params=events)
def event(request):
    return events[request.param]


@pytest.fixture
def catalog():
    return Catalog((kind, body["root"], body) for kind, body in Demo().documents())


def _workflow(event, options):
    props = {"page": "pg_chat01", "event": {"type": event.name, "options": options}}
    return document("wf_test01", "workflow", "", "steps", {}, **props)


def test_it_is_named_drawn_and_documented(event):
    assert event.label and event.label[0].isupper()
    assert event.icon in ICONS
    assert sys.modules[type(event).__module__].__doc__


def test_its_example_can_be_stored(event):
    assert kinds["workflow"].problems(_workflow(event, event.example)) == []


def test_its_options_form_is_built_at_a_place_and_takes_nothing_yet(event, catalog):
    place = Place(catalog, "pg_chat01")
    form = event.options(place)(data={}, place=place) if event.options(place).base_fields else None
    for field in form.fields.values() if form else ():
        assert isinstance(field, PlacedChoice) and field.label
    assert form is None or form.is_valid()
    assert set(event.example) == set(form.fields if form else ())


def test_what_is_not_chosen_yet_is_an_issue_that_says_what_to_do(event, catalog):
    found = [problem.sentence for problem in kinds["workflow"].problems(_workflow(event, {}), catalog)]
    assert found == (["Choose the element of this event."] if event.example else [])


def test_what_is_gone_is_said(event, catalog):
    found = [problem.sentence for problem in kinds["workflow"].problems(_workflow(event, event.example), catalog)]
    assert found == (["The element of this event is gone. Choose another one."] if event.example else [])


def test_its_title_is_a_sentence_about_its_element(event, catalog):
    for options in ({}, event.example, {"element": "el_send01"}):
        title = title_of(node("workflow", "", {"event": {"type": event.name, "options": options}}), catalog)
        assert title[0].isupper() and "None" not in title
    if event.example:
        assert "Send" in title


def test_what_it_listens_to_is_something_that_happens(event):
    element, happening = event.signal(event.example)
    assert element == event.example.get("element")
    assert (element is None) == (happening == "loaded")
    assert element is None or event.by_step or any(happening in kind.events for kind in elements.values())
