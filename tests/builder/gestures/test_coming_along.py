"""Paste in another app: the reusable elements, styles, colours and fonts that the elements need come along, in one
gesture, and what is there already is used. The clipboard may hold anything."""

import json
from copy import deepcopy

import pytest

from builder.clipboard import LARGEST
from builder.document import body, node
from builder.elements import elements
from builder.kinds import kinds
from builder.rewriting import renamed
from builder.styling.looks import styles_of
from builder.styling.theme import colours
from tests.builder.gestures.elsewhere import CLICKED, App
from tests.builder.reusable import card, instance
from workflows.starters.written import source, text


def test_all_that_is_needed_comes_along_and_nothing_else(here, there):
    plan = there.paste(here.copied("el_box001"))
    assert there.drawn() == here.drawn()[: len(there.drawn())] and len(there.drawn()) > 4
    assert sorted(there.named("reusable")) == ["Box", "Card"]
    theme = there.catalog.body("theme", "tm_theme")
    assert [each.name for each in colours(theme) if each.is_own] == ["Brand"]
    assert styles_of(there.catalog) == {}, "only of what is pasted"
    assert plan.came == "The reusable element Box, the reusable element Card and the colour Brand came along."
    [workflow] = there.catalog.bodies("workflow")
    root = workflow["nodes"][workflow["root"]]["props"]
    assert there.catalog.name(root["page"]) == "Card"
    assert there.catalog.name(root["event"]["options"]["element"]) == "Inner"
    [step] = there.catalog.steps(workflow["root"])
    assert there.catalog.name(workflow["nodes"][step]["props"]["state"]) == "open"
    old = {key for each in here.bodies.values() for key in each["nodes"]} - {"tm_theme"}
    assert not old & {key for each in there.bodies.values() for key in each["nodes"]}, "all have new ids"


def test_it_is_one_gesture(here, there):
    before = deepcopy(there.bodies)
    plan = there.paste(here.copied("el_box001", "el_loud01"))
    after = deepcopy(there.bodies)
    assert plan.label == "Paste 2 elements" and plan.changes[0]["doc"] == "page/pg_there1"
    again = there.apply(there.inverses)
    assert there.bodies == before
    there.apply(again)
    assert there.bodies == after


def test_a_style_comes_along_with_the_colour_and_font_it_needs(here, there):
    plan = there.paste(here.copied("el_loud01"))
    assert there.drawn() == here.drawn()[-1:]
    assert plan.came == "The style Loud, the colour Brand and the font Serif came along."
    assert [each["name"] for each in styles_of(there.catalog).values()] == ["Loud"]


def test_a_pasted_style_brings_its_named_style_if_it_is_used(here, there):
    there = App(("el_text01", {"el_text01": node("text", "T")}), ("el_head01", {"el_head01": node("heading", "H")}))
    held = here.copied("el_loud01")
    said = {"do": "take_look", "type": "text", "props": held["nodes"]["el_loud01"]["props"], "along": held["along"]}
    plan = there.does(said | {"nodes": ["el_head01"]})
    assert plan.came == "The font Serif came along.", "a heading takes the font, and no style of texts"
    plan = there.does(said | {"nodes": ["el_text01"]})
    assert plan.came == "The style Loud and the colour Brand came along."
    [style] = styles_of(there.catalog)
    assert there.nodes["el_text01"]["props"]["uses"] == style
    assert not there.does(said | {"nodes": ["el_text01"]}).changes


def test_what_came_once_is_used_again(here, there):
    there.paste(here.copied("el_box001", "el_loud01"))
    before = {address for address in there.bodies}
    size = len(there.catalog.body("theme", "tm_theme")["nodes"])
    plan = there.paste(here.copied("el_box001", "el_loud01"))
    assert plan.came == "" and {address for address in there.bodies} == before
    assert len(there.catalog.body("theme", "tm_theme")["nodes"]) == size
    first, second = there.drawn()[: len(there.drawn()) // 2], there.drawn()[len(there.drawn()) // 2 :]
    assert [each[0] for each in first] == [each[0] for each in second]


def test_what_has_the_same_name_and_another_content_stays_and_a_number_is_given(here):
    other, loud = card(), node("style", "Loud", {"element": "text", "set": {"size": "sm"}})
    other["nodes"]["el_title1"]["props"]["level"] = 3
    other = renamed(other, {key: f"{key}z" for key in other["nodes"]})
    styles = body("tm_theme", {"tm_theme": node("theme", "", {}, styles=["sy_zloud1"]), "sy_zloud1": loud})
    clicked = json.loads(json.dumps(CLICKED).replace("rs_card01", "rs_card01z").replace("el_inner1", "el_inner1z"))
    there = App(documents=[other, clicked, styles])
    plan = there.paste(here.copied("el_box001", "el_loud01"))
    assert sorted(there.named("reusable")) == ["Box", "Card", "Card 2"]
    assert [each["name"] for each in styles_of(there.catalog).values()] == ["Loud", "Loud 2"]
    assert plan.came == "2 reusable elements, 1 style, 1 colour and 1 font came along."
    shown = [(type, name.replace("Card 2", "Card"), look) for type, name, look in there.drawn()]
    assert shown == here.drawn()
    assert there.paste(here.copied("el_box001", "el_loud01")).came == "", "Card 2 is what was copied"


def test_the_sentence_says_why_there_is_a_number(here):
    loud = node("style", "Loud", {"element": "text", "set": {"size": "sm"}})
    there = App(documents=[body("tm_theme", {"tm_theme": node("theme", "", {}, styles=["sy_a"]), "sy_a": loud})])
    plan = there.paste(here.copied("el_loud01"))
    assert plan.came.startswith("The style Loud 2 (as there is another Loud), the colour Brand and")


def test_in_the_same_app_nothing_comes_along(here):
    held = here.copied("el_box001", "el_loud01")
    here.bodies["reusable/rs_card01"]["nodes"]["el_title1"]["props"]["level"] = 3
    here.bodies["theme/tm_theme"]["nodes"]["sy_loud01"]["props"]["set"]["size"] = "sm"
    here.bodies["theme/tm_theme"]["nodes"]["co_brand1"]["props"]["light"] = "#00aa22"
    before = set(here.bodies)
    plan = here.paste(held)
    assert plan.came == "" and set(here.bodies) == before
    assert all(change["doc"] == "page/pg_here01" for change in plan.changes)
    assert here.nodes[plan.selection[0]]["props"]["of"] == "rs_box001"


def test_what_was_deleted_meanwhile_comes_back(here):
    held = here.copied("el_box001")
    del here.bodies["reusable/rs_card01"], here.bodies["workflow/wf_click1"]
    assert here.paste(held).came == "", "Box is there, and what it shows is its own matter"
    del here.bodies["reusable/rs_box001"]
    assert here.paste(held).came == "The reusable element Box and the reusable element Card came along."


def test_values_given_and_told_go_along(there):
    tells = [{"key": "tl_open01", "name": "Open", "value": source("state", state="st_open01")}]
    mine = card()
    mine["nodes"]["rs_card01"]["props"]["tells"] = tells
    reads = node("text", "Reads", {"text": text(source("told", element="el_card01", value_of="tl_open01"))})
    here = App(instance("el_card01", pr_title1="Given"), ("el_read01", {"el_read01": reads}), documents=[mine])
    for _ in range(2):  # Added the first time, found the second time.
        plan = there.paste(here.copied("el_card01", "el_read01"))
        shown, read = (there.nodes[key] for key in plan.selection)
        reusable = there.catalog.body("reusable", shown["props"]["of"])
        [given] = [prop for prop in shown["props"] if prop.startswith("pr_")]
        assert given in reusable["nodes"] and reusable["nodes"][given]["name"] == "Title"
        [expression] = read["props"]["text"]["text"]
        assert expression["args"]["element"] == plan.selection[0]
        assert expression["args"]["value_of"] == reusable["nodes"][reusable["root"]]["props"]["tells"][0]["key"]
        title = next(each for each in there.drawn() if each[1] == "Title")
        assert title[2]["text"] == "Given"


def test_the_same_under_other_ids_is_used():
    """Also by what reads a value that it tells."""
    mine, conditions = card(), [{"id": "cn_when01", "on": "hover", "when": None, "set": {"border": "line"}}]
    mine["nodes"]["rs_card01"]["props"]["tells"] = [{"key": "tl_open01", "name": "Open", "value": "Yes"}]
    mine["nodes"]["el_inner1"]["props"]["conditions"] = conditions
    reads = node("text", "Reads", {"text": text(source("told", element="el_card01", value_of="tl_open01"))})
    here = App(instance("el_card01"), ("el_read01", {"el_read01": reads}), documents=[mine])
    ids = [*mine["nodes"], "tl_open01", "cn_when01"]
    there = App(documents=[renamed(mine, {key: f"{key[:3]}{number:06}" for number, key in enumerate(ids)})])
    plan = there.paste(here.copied("el_card01", "el_read01"))
    assert plan.came == "" and there.named("reusable") == ["Card"]
    shown, read = (there.nodes[key]["props"] for key in plan.selection)
    assert shown["of"] == "rs_000000"
    assert read["text"]["text"][0]["args"] == {"element": plan.selection[0], "value_of": f"tl_{len(ids) - 2:06}"}


def test_what_refers_to_the_other_app_says_so_as_ever(there):
    """Pages, calls and data types are not taken along; their names stay in the values that read them."""
    gone = {**source("step", step="sp_call01"), "was": "Ask's answer"}
    mine = card(el_words1=node("text", "Words", {"text": text(gone)}))
    there.paste(App(instance("el_card01"), documents=[mine]).copied("el_card01"))
    [reusable] = there.catalog.bodies("reusable")
    found = kinds["reusable"].problems(reusable, there.catalog)
    assert any(problem.severity == "issue" for problem in found)
    assert "Ask's answer" in json.dumps(reusable)


def test_the_clipboard_holds_elements_and_what_they_show_and_nothing_else(here):
    api = body("ap_secret", {"ap_secret": node("api", "Ask", {"url": "https://example.org"})})
    here.bodies["api/ap_secret"] = api
    held = here.copied("el_box001", "el_loud01")
    assert {each["nodes"][each["root"]]["type"] for each in held["along"]} == {"reusable", "workflow", "theme"}
    assert "ap_secret" not in json.dumps(held) and "pg_here01" not in json.dumps(held)
    assert "sy_other1" not in json.dumps(held) and "co_accent" not in json.dumps(held)
    plain = App(("el_text01", {"el_text01": node("text", "T", {"text": "rs"})}))
    assert plain.copied("el_text01").keys() == {"root", "nodes"}, "as it always was"


def test_too_much_does_not_come_along(there):
    mine = card(el_words1=node("text", "Words", {"text": "x" * LARGEST}))
    held = App(instance("el_card01"), documents=[mine]).copied("el_card01")
    assert "along" not in held
    there.paste(held)
    assert there.named("reusable") == []


# Every element type

STYLED = sorted(name for name, each in elements.items() if each.styled and each.group and name != "instance")


@pytest.mark.parametrize("name", STYLED)
def test_a_style_of_every_element_type_comes_along(there, name):
    kind = elements[name]
    sets = {prop: value for prop, value in kind.example.items() if prop in kind.styled}
    style = node("style", "Mine", {"element": name} | ({"set": sets} if sets else {}))
    own = {prop: value for prop, value in kind.example.items() if prop not in kind.styled}
    here = App(
        ("el_one001", {"el_one001": node(name, "One", {**own, "uses": "sy_mine01"})}),
        documents=[body("tm_theme", {"tm_theme": node("theme", "", {}, styles=["sy_mine01"]), "sy_mine01": style})],
    )
    plan = there.paste(here.copied("el_one001"))
    assert plan.came == "The style Mine came along." and there.drawn() == here.drawn()
    assert there.nodes[plan.select]["props"]["uses"] in styles_of(there.catalog)
