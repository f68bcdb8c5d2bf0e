"""An instance of a reusable element is drawn as if what it holds had been drawn there by hand."""

import re

import pytest

from builder.document import node, shape_problems, walk
from builder.drawing.render import modules, page_html, sheets
from builder.elements import elements
from builder.expressions.reads import needs
from builder.kinds import kinds
from builder.reusing import MOST, expanded, is_too_large, leads_to, original
from builder.styling.sheet import sheet
from tests.builder.reusable import card, catalog, instance
from workflows.starters.written import element, op, source, text, workflow

VALUE = source("element", element="el_ask001")


def _expanded(*elements, **more):
    found = catalog(*elements, **more)
    return expanded(found.body("page", "pg_page01"), found)


def _named(body, name, within):
    """The one copy of an element of the reusable, by its name, in an instance."""
    [found] = [key for key, each in body["nodes"].items() if each["name"] == name and each.get("within") == within]
    return found


def _stands(body):
    """A body as any other: without what is said of the copies in it."""
    nodes = {
        key: {name: each[name] for name in ("type", "name", "props", "slots")} for key, each in body["nodes"].items()
    }
    return {"v": body["v"], "root": body["root"], "nodes": nodes}


def _props(body, name, within):
    return body["nodes"][_named(body, name, within)]["props"]


def test_a_page_without_instances_is_itself():
    found = catalog(element("el_title1", "heading", "Title"))
    page = found.body("page", "pg_page01")
    assert expanded(page, found) == (page, found) and expanded(page, found)[0] is page


def test_each_instance_holds_a_copy_with_ids_of_its_own_and_its_own_values():
    body, around = _expanded(instance("el_one001", pr_title1="First"), instance("el_two001", pr_title1="Second"))
    assert shape_problems(_stands(body)) == []
    assert len(list(walk(body))) == len(body["nodes"]) == 1 + 2 * 6
    assert _props(body, "Title", "el_one001") == {"text": "First"}
    assert _props(body, "Title", "el_two001") == {"text": "Second"}
    assert around.node(_named(body, "Title", "el_two001")) is body["nodes"][_named(body, "Title", "el_two001")]
    assert all(re.fullmatch(r"[a-z]{2}_[a-z0-9]{6,9}", key) for key in body["nodes"])


def test_the_ids_are_the_same_every_time():
    assert _expanded(instance("el_one001"))[0] == _expanded(instance("el_one001"))[0]


def test_what_is_not_given_has_its_default_and_without_one_is_empty():
    body, _ = _expanded(instance("el_one001"))
    assert _props(body, "Title", "el_one001") == {"text": "Untitled"}
    assert _props(body, "Inner", "el_one001") == {"visible": False}


def test_dynamic_data_that_is_given_takes_the_place_of_the_property():
    body, _ = _expanded(instance("el_one001", pr_title1=VALUE | {"was": "Question's value"}))
    assert _props(body, "Title", "el_one001")["text"] == VALUE


@pytest.mark.parametrize(
    "given, inside, comes_to",
    [
        ("a", [op("uppercase")], source("property", op("uppercase", *[]), property="pr_title1", value="a")),
        (VALUE, [op("uppercase")], source("element", op("uppercase"), element="el_ask001")),
        (text("b ", VALUE), [], text("b ", VALUE)),
    ],
    ids=["a plain value with an operator", "dynamic data with an operator", "a text with chips"],
)
def test_operators_go_on_with_what_is_given(given, inside, comes_to):
    holder = node("heading", "Big", {"text": source("property", *inside, property="pr_title1")})
    reusable = card(el_title1=holder)
    body, _ = _expanded(instance("el_one001", pr_title1=given), reusables=[reusable])
    made = _props(body, "Big", "el_one001")["text"]
    for step in made.get("ops", []):
        step.pop("args", None)
    assert made == comes_to


def test_within_a_text_what_is_given_becomes_part_of_it():
    holder = node("heading", "Big", {"text": text("Say ", source("property", property="pr_title1"), "!")})
    reusable = card(el_title1=holder)
    plain, _ = _expanded(instance("el_one001", pr_title1="it"), reusables=[reusable])
    moving, _ = _expanded(instance("el_one001", pr_title1=text("it ", VALUE)), reusables=[reusable])
    assert _props(plain, "Big", "el_one001")["text"] == "Say it!"
    assert _props(moving, "Big", "el_one001")["text"] == text("Say it ", VALUE, "!")


def test_a_number_where_a_text_stands_is_written():
    reusable = card(pr_title1=node("property", "Title", {"type": "number"}))
    body, _ = _expanded(instance("el_one001", pr_title1=5.0), reusables=[reusable])
    assert _props(body, "Title", "el_one001") == {"text": "5"}


def test_states_and_what_reads_them_are_each_instance_s_own():
    body, _ = _expanded(instance("el_one001"), instance("el_two001"))
    states = body["nodes"]["pg_page01"]["slots"]["states"]
    assert len(states) == 2 and all(body["nodes"][each]["props"]["default"] == "shut" for each in states)
    read = [_props(body, "Words", within)["text"]["text"][1]["args"]["state"] for within in ("el_one001", "el_two001")]
    assert read == states


def test_workflows_listen_in_each_instance():
    listens = workflow("wf_open01", "Open", "rs_card01", "clicked", "el_title1", {})
    body, around = _expanded(instance("el_one001"), instance("el_two001"), workflows=[listens])
    made = [around.body("workflow", key) for key in around.workflows("pg_page01")]
    heard = [each["nodes"][each["root"]]["props"]["event"]["options"]["element"] for each in made]
    assert heard == [_named(body, "Title", "el_one001"), _named(body, "Title", "el_two001")]
    assert [original(each, each["root"]) for each in made] == ["wf_open01", "wf_open01"]
    assert around.workflows("rs_card01") == ["wf_open01"]


def _list_of_cards():
    """A reusable element that holds the card twice, and hands its own title on to one of them."""
    own = source("property", property="pr_head01")
    nodes = {
        "rs_list01": node("reusable", "List", {}, children=["el_first1", "el_second"], properties=["pr_head01"]),
        "pr_head01": node("property", "Head", {"type": "text"}),
        "el_first1": node("instance", "First", {"of": "rs_card01", "pr_title1": own}),
        "el_second": node("instance", "Second", {"of": "rs_card01"}),
    }
    return {"v": 1, "root": "rs_list01", "nodes": nodes}


def test_reusable_elements_stand_in_each_other():
    reusables = [card(), _list_of_cards()]
    body, _ = _expanded(instance("el_one001", "rs_list01", pr_head01="Hello"), reusables=reusables)
    titles = [each["props"]["text"] for each in body["nodes"].values() if each["name"] == "Title"]
    assert titles == ["Hello", "Untitled"]
    assert all(each["within"] == "el_one001" for each in body["nodes"].values() if each["name"] == "Title")
    assert shape_problems(_stands(body)) == []


def test_one_that_leads_back_to_itself_stays_empty():
    loop = card(el_inner1=node("instance", "Again", {"of": "rs_card01"}), el_words1=node("text", "Gone"))
    del loop["nodes"]["el_words1"]
    found = catalog(instance("el_one001"), reusables=[loop])
    body, around = expanded(found.body("page", "pg_page01"), found)
    assert body["nodes"][_named(body, "Again", "el_one001")]["slots"] == {}
    assert expanded(body, around) == (body, around)
    assert "Untitled" in page_html(found.body("page", "pg_page01"), found, "live")
    assert leads_to(found, "rs_card01") == {"rs_card01"}


def test_so_much_is_drawn_and_no_more():
    many = [instance(f"el_n{number:05}") for number in range(MOST // 5)]
    found = catalog(*many)
    page = found.body("page", "pg_page01")
    body, _ = expanded(page, found)
    assert MOST - 10 < len(body["nodes"]) <= MOST
    assert is_too_large(page, found)
    said = [each.sentence for each in kinds["page"].problems(page, found) if "Use fewer instances" in each.sentence]
    assert len(said) == 1


def test_it_is_drawn_on_the_canvas_as_one_element():
    found = catalog(instance("el_one001", pr_title1="First"), instance("el_two001", pr_title1=VALUE))
    page = found.body("page", "pg_page01")
    canvas, live = page_html(page, found, "edit"), page_html(page, found, "live")
    assert re.findall(r'data-el="(\w+)"', canvas) == ["pg_page01", "el_one001", "el_two001"]
    assert "First" in canvas and len(re.findall("data-in=", canvas)) == 2 * 4
    assert len(set(re.findall(r'data-el="(\w+)"', live))) == 1 + 2 * 5 and "data-in" not in live
    assert "First" in live


def test_scripts_and_styles_of_what_is_inside_are_loaded():
    reusable = card(el_words1=node("chart", "Words", {"min_width": 333}))
    found = catalog(instance("el_one001"), reusables=[reusable])
    page = found.body("page", "pg_page01")
    body, _ = expanded(page, found)
    assert set(elements["chart"].modules) <= set(modules(body)) and f"app-{elements['chart'].sheet}" in sheets(body)
    assert '[data-type="chart"][data-min_width="333"]' in sheet(page, found)


@pytest.mark.parametrize(("ops", "need"), [([op("full_text")], "full"), ([op("text_so_far")], "first"), ([], "first")])
def test_s25_what_a_condition_may_give_is_waited_for_as_what_stands_there_would_be(ops, need):
    """S34: a step inside reads one of two streams, and waits for both as it must for either."""
    reply = source("step", op("field", "fd_reply1"), step="sp_ask001")
    condition = {"id": "cn_000001", "on": "when", "when": VALUE, "set": {"pr_title1": reply}}
    reads = node("set_state", "", {"state": "st_open01", "value": source("property", *ops, property="pr_title1")})
    _, around = _expanded(
        instance("el_one001", conditions=[condition]),
        reusables=[card(pr_title1=node("property", "Title", {"type": "stream"}))],
        workflows=[workflow("wf_open01", "Open", "rs_card01", "clicked", "el_title1", {"sp_set001": reads})],
    )
    [made] = [around.body("workflow", key) for key in around.workflows("pg_page01")]
    [step] = [each for each in made["nodes"].values() if each["type"] == "set_state"]
    assert needs(step["props"], around) == {"sp_ask001": need}
