"""Pages as HTML: addresses, what moves, what is hidden, cells, and the canvas."""

import re

import pytest

from builder.document import body, node
from builder.drawing.render import element_html, modules, page_html
from builder.expressions.catalog import Catalog

VALUE = {"from": "element", "args": {"element": "el_quest1"}, "ops": [], "was": "Question's value"}


def page(*placed: tuple[str, dict], **props):
    """A page with these elements under each other: el_one001, el_two002 …"""
    keys = [f"el_{word}00{number}" for number, word in enumerate(("one", "two", "three", "four")[: len(placed)], 1)]
    nodes = {key: node(*each) for key, each in zip(keys, placed, strict=True)}
    return body("pg_test01", {"pg_test01": node("page", "index", props, children=keys, states=[]), **nodes})


def test_a_page_is_its_elements_in_their_order():
    html = page_html(page(("heading", "Title", {"text": "Ask"}), ("text", "Hint", {"text": "Now"})), None, "live")
    assert re.findall(r'data-el="(\w+)"', html) == ["pg_test01", "el_one001", "el_two002"]
    assert html.startswith("<main ") and ">Ask</h2>" in html and ">Now</p>" in html


def test_one_element_is_drawn_as_it_stands_in_the_page():
    drawn = page(("heading", "Title", {"text": "Ask"}), ("text", "Hint", {"text": "Now"}))
    assert element_html(drawn, None, "el_two002", "live") in page_html(drawn, None, "live")
    with pytest.raises(KeyError):
        element_html(drawn, None, "el_gone00", "live")


def test_groups_hold_their_children():
    drawn = page(("group", "Box", {"direction": "row"}))
    drawn["nodes"]["el_one001"]["slots"] = {"children": ["el_inside"]}
    drawn["nodes"]["el_inside"] = node("text", "Inside", {"text": "in it"})
    assert re.search(r'data-el="el_one001".*data-direction="row".*>in it</p></div>', page_html(drawn, None, "live"))


def test_a_heading_has_the_tag_of_its_level():
    drawn = page(("heading", "Title", {"text": "Ask", "level": 1}))
    assert re.fullmatch(r"<h1 .*>Ask</h1>", element_html(drawn, None, "el_one001", "live"))


def test_what_moves_begins_empty_and_hidden_for_a_visitor():
    """S40: a visit fills it; until then nothing false is shown."""
    drawn = page(("text", "Answer", {"text": {"text": ["You asked ", VALUE]}, "visible": VALUE}))
    html = element_html(drawn, None, "el_one001", "live")
    assert html.endswith('data-p="text"></p>') and " hidden" in html


def test_the_canvas_shows_words_for_what_moves_and_dims_what_is_hidden():
    drawn = page(("text", "Answer", {"text": {"text": ["You asked ", VALUE]}}), ("text", "Off", {"visible": False}))
    html = page_html(drawn, Catalog([("page", "pg_test01", drawn)]), "edit")
    assert '<span class="sw-sample">You asked <span class="sw-chip">Question&#x27;s value</span></span>' in html
    assert "sw-dimmed" in html and " hidden" not in html


def test_hidden_by_a_plain_no_and_keeping_its_space():
    drawn = page(("text", "Off", {"visible": False, "keep_space": True}))
    assert re.search(r'data-keep="yes" hidden data-p', element_html(drawn, None, "el_one001", "live"))


def test_a_repeating_group_gives_visitors_a_template_and_authors_three_cells():
    drawn = page(("repeating_group", "List", {}))
    drawn["nodes"]["el_one001"]["slots"] = {"children": ["el_inside"]}
    drawn["nodes"]["el_inside"] = node("text", "Inside", {"text": "cell"})
    live, edit = (element_html(drawn, None, "el_one001", mode) for mode in ("live", "edit"))
    assert re.search(r'<template data-cell><div class="sw-cell"[^>]*><p [^>]*data-el="el_inside"', live)
    assert re.search(r"data-cells[^>]*></", live), "no cell is there before a visit"
    assert edit.count(">cell</p>") == 3 and edit.count(" inert") == 2


def test_empty_containers_say_where_to_drop_on_the_canvas_only():
    drawn = page(("group", "Box", {}))
    assert "Drop here" in page_html(drawn, None, "edit")
    assert "Drop here" not in page_html(drawn, None, "live")


def test_an_input_says_how_it_is_reset_and_what_enter_does():
    drawn = page(
        ("input", "Name", {"label": "Name", "initial": "Ada", "clear_on_reset": False}),
        ("multiline", "Message", {"label": "Message", "enter_sends": True, "show_label": False}),
    )
    html = page_html(drawn, None, "live")
    assert 'value="Ada" data-initial="Ada" data-reset="initial"' in html
    assert 'data-enter="sends"' in html and 'class="sw-label sw-aside"' in html


def test_the_first_line_break_of_a_multiline_is_kept():
    html = element_html(page(("multiline", "Note", {"initial": "\nsecond line"})), None, "el_one001", "live")
    assert ">\n\nsecond line</textarea>" in html, "a browser drops the first line break after the tag"


def test_a_page_asks_for_the_modules_of_its_elements_only():
    assert modules(page(("text", "Hint", {}))) == []
    drawn = page(("live_text", "Answer", {}), ("live_text", "Other", {}), ("markdown", "Notes", {}))
    assert modules(drawn) == ["live/elements/live_text", "live/elements/markdown"]


def test_texts_that_arrive_refuse_htmx():
    """P26: what streams in can carry no htmx attribute, and would not be obeyed if it did."""
    html = page_html(page(("live_text", "Answer", {}), ("markdown", "Notes", {})), None, "live")
    assert html.count("hx-disable") == 3
