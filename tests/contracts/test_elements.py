"""Every element type keeps the contract of its registry: a new file in `builder/elements` is tested by being there."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import find

from builder.bindings import Bindable
from builder.document import body, node
from builder.drawing.render import element_html, page_html
from builder.elements import Element, elements
from builder.elements.props import PLACED
from builder.kinds import kinds
from builder.kinds.page import ROOTS, form_of
from builder.registry import UnknownEntry
from builder.styling.sheet import sheet
from builder.views.palette import GROUPS
from workflows.events import events

HOSTILE = """"><img src=x onerror=alert(1)><script>alert(1)</script>' onclick='alert(1)' style="x" {{ 7|add:7 }} &lt;"""
WAYS = r"text|value|choices|hidden|cells|(attr|flag):[a-z-]+"
EXPRESSION = {"from": "element", "args": {"element": "el_gone00"}, "ops": [], "was": "Question's value"}

# Each stands once in every property: some of them take it, others do not, or would bend it.
ANYTHING = (
    *("", "words", "fill", "none", "2026-11-22", "#a1b2c3", "long " * 2000, "accent", "https://example.com/"),
    *(0, 5, -1, 2.5, 10**9, True, False, None, EXPRESSION, {"text": ["Hello ", EXPRESSION]}, {"text": "Hello"}, {}),
    *([], ["words"], [{}], [{"label": "A", "value": 5}], [{"title": "A", "value": EXPRESSION}], {"from": "nothing"}),
)

placeable = [element for element in elements.values() if element.name not in ROOTS]
every = pytest.mark.parametrize("element", elements.values(), ids=list(elements))
each_placeable = pytest.mark.parametrize("element", placeable, ids=[element.name for element in placeable])


def page_with(element: Element, props: dict, **slots: list[str]):
    """A page with this element alone on it."""
    if element.name in ROOTS:
        return body("pg_test01", {"pg_test01": node(element.name, "index", props, children=[], states=[])})
    nodes = {"pg_test01": node("page", "index", {}, children=["el_test01"], states=[])}
    return body("pg_test01", nodes | {"el_test01": node(element.name, element.label, props, **slots)})


def key_of(element: Element) -> str:
    return "pg_test01" if element.name in ROOTS else "el_test01"


@every
def test_the_example_is_valid_and_cleans_to_itself(element):
    form = form_of(element, element.example)
    assert form.errors == {}
    assert element.example.items() <= form.cleaned_data.items()
    kind = element.name if element.name in ROOTS else "page"
    assert kinds[kind].problems(page_with(element, element.example)) == []


@every
def test_the_example_shows_only_files_that_are_there(element):
    """It is seen where a named style is previewed."""
    for value in element.example.values():
        if isinstance(value, str) and value.startswith("/static/"):
            assert find(value.removeprefix("/static/")), f"{value} is not there"


@every
def test_its_defaults_are_valid_and_clean_to_themselves(element):
    form = form_of(element, {})
    assert form.errors == {}
    assert form.cleaned_data == element.defaults
    json.dumps(element.defaults)


@every
def test_what_its_form_refuses_keeps_a_page_from_being_read_and_nothing_else_does(element):
    names = list(element.Props.base_fields)
    for shift in range(len(ANYTHING)):
        props = {name: ANYTHING[(at + shift) % len(ANYTHING)] for at, name in enumerate(names)}
        form, kind = form_of(element, props), element.name if element.name in ROOTS else "page"
        refused = [(name, sentences[0]) for name, sentences in form.errors.items()]
        bent = [
            (name, f"{form.fields[name].label} cannot be {stored!r}.")
            for name, stored in props.items()
            if name in (read := form.cleaned_data)
            and (read[name] != stored or isinstance(read[name], bool) != isinstance(stored, bool))
        ]
        found = kinds[kind].problems(page_with(element, props))
        assert [(each.where.prop, each.sentence) for each in found] == refused + bent


@every
@pytest.mark.parametrize("mode", ["live", "edit"])
@pytest.mark.parametrize("which", ["example", "defaults"])
def test_it_renders_with_its_address_and_type(element, mode, which):
    html = element_html(page_with(element, getattr(element, which)), None, key_of(element), mode)
    assert re.match(rf'<[a-z0-9-]+ [^>]*data-el="{key_of(element)}" data-type="{element.name}"', html)
    assert " style=" not in html and "<script" not in html


@every
@pytest.mark.parametrize("mode", ["live", "edit"])
def test_hostile_properties_stay_text(element, mode):
    hostile = {name: HOSTILE for name, value in element.defaults.items() if isinstance(value, str)}
    html = element_html(page_with(element, hostile), None, key_of(element), mode)
    assert "<img src=x" not in html and "<script" not in html
    assert not re.search(r"<[^>\"']*(\"[^\"]*\"[^>\"']*)*\son\w+=", html), "an attribute became a handler"


@each_placeable
@pytest.mark.parametrize("mode", ["live", "edit"])
def test_hostile_dynamic_words_stay_text(element, mode):
    moving = {prop: EXPRESSION | {"was": HOSTILE} for prop in element.live}
    html = element_html(page_with(element, moving), None, "el_test01", mode)
    assert "<img src=x" not in html and "<script" not in html


@each_placeable
def test_every_bindable_property_moves_in_a_known_way(element):
    assert all(re.fullmatch(WAYS, way) for way in element.live.values())
    bindable = {name for name, field in element.Props.base_fields.items() if isinstance(field, Bindable)}
    # A group's data is read by elements inside; it shows nothing by itself.
    assert bindable - set(element.live) <= {"source"}
    assert set(element.live) <= bindable


@each_placeable
def test_each_moving_property_has_a_node_to_write_to(element):
    html = element_html(page_with(element, {prop: EXPRESSION for prop in element.live}), None, "el_test01", "live")
    for prop, way in element.live.items():
        kind = way.partition(":")[0]
        if kind == "text":
            assert f'data-p="{prop}"' in html
        if kind == "value":
            assert 'data-p="value"' in html
        if kind == "cells":
            assert " data-cells" in html and "<template data-cell>" in html


@each_placeable
def test_what_moves_begins_empty_for_a_visitor_and_in_words_for_the_author(element):
    visible = {prop: EXPRESSION for prop, way in element.live.items() if way == "text"}
    page = page_with(element, visible)
    assert "Question's value" not in element_html(page, None, "el_test01", "live")
    if visible and element.name != "repeating_group":
        assert "Question&#x27;s value" in element_html(page, None, "el_test01", "edit")


@every
def test_its_events_exist(element):
    known = {event.signal(event.example)[1] for event in events.values()}
    for event in element.events:
        assert event in known, f"no event of workflows listens to {element.name}'s {event}"


@every
def test_its_icon_is_in_the_sprite(element):
    sprite = Path(settings.BASE_DIR, "static", "icons.svg").read_text()
    assert f'id="i-{element.icon}"' in sprite


@every
def test_it_has_a_template_a_style_and_its_modules(element):
    assert Path(settings.BASE_DIR, "templates", element.template).is_file()
    styles = "".join(file.read_text() for file in Path(settings.BASE_DIR, "static/css/app").rglob("*.css"))
    assert f".sw-{element.name.replace('_', '-')}" in styles or f"sw-{element.name.replace('_', '-')}" in styles
    for module in element.modules:
        assert Path(settings.BASE_DIR, "static", "js", f"{module}.js").is_file()


@every
def test_it_is_documented_for_people(element):
    assert element.label and element.__doc__ and element.__doc__ != Element.__doc__
    assert element.group in GROUPS or element.name in ROOTS
    for name, field in element.Props.base_fields.items():
        assert field.label, f"{name} has no label"
        assert len(str(field.help_text)) <= 70, f"the hint of {name} is too long"


@each_placeable
def test_it_stands_at_its_x_and_y_or_over_the_page(element):
    floats = element.name in ("popup", "group_focus", "floating_group")
    assert [prop for prop in PLACED if prop in element.varies] == ([] if floats else ["x", "y"])
    if not floats:
        page = page_with(element, {"x": 40, "y": 0})
        html = element_html(page, None, "el_test01", "live")
        assert ' data-x="40"' in html and ' data-y="0"' in html
        rules = sheet(page, None)
        assert all(f'[data-type="{element.name}"]{each}' in rules for each in ('[data-x="40"] {', '[data-y="0"] {'))


def test_an_unknown_type_is_named_with_those_there_are():
    with pytest.raises(UnknownEntry, match=r"element type named 'rating'.*heading"):
        elements["rating"]


def test_a_page_of_one_of_each_renders():
    keys = {f"el_each{number:02}": element for number, element in enumerate(placeable)}
    nodes = {key: node(element.name, element.label, element.example) for key, element in keys.items()}
    page = body("pg_test01", {"pg_test01": node("page", "index", {}, children=list(keys), states=[]), **nodes})
    assert kinds["page"].problems(page) == []
    html = page_html(page, None, "live")
    assert [key for key in keys if html.count(f'data-el="{key}"') != 1] == []
