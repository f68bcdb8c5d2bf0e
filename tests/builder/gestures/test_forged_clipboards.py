"""A clipboard may hold anything: it is as valid as any other change, or refused in words."""

from copy import deepcopy

import pytest

from builder.document import body, node
from builder.errors import Invalid
from builder.gestures import planned
from builder.kinds import kinds
from tests.builder.gestures.elsewhere import BOX, CLICKED, App, theme
from tests.builder.reusable import card, instance
from workflows.starters.written import source, text


def _of(*documents, key="rs_card01"):
    shown = {"el_card01": node("instance", "Shown", {"of": key})}
    return {"root": "el_card01", "nodes": shown, "along": list(documents)}


def _self():
    return card(el_words1=node("instance", "Itself", {"of": "rs_card01"}))


def _ring():
    other = body(
        "rs_other1",
        {"rs_other1": node("reusable", "O", children=["el_o"]), "el_o": node("instance", "I", {"of": "rs_card01"})},
    )
    return card(el_words1=node("instance", "Other", {"of": "rs_other1"})), other


def _deep(many):
    nodes = {f"el_{number}": node("group", "G", {}, children=[f"el_{number + 1}"]) for number in range(many)}
    nodes[f"el_{many}"] = node("group", "G")
    return body("rs_card01", {"rs_card01": node("reusable", "Deep", children=["el_0"])} | nodes)


def _broken_step():
    return body("wf_click1", {**CLICKED["nodes"], "sp_set001": node("erase_disk", "", {})})


def _broken_event(**said):
    root = CLICKED["nodes"]["wf_click1"]
    return body("wf_click1", CLICKED["nodes"] | {"wf_click1": {**root, "props": {**root["props"], **said}}})


@pytest.mark.parametrize(
    ("along", "reason"),
    [
        (None, "no nodes"),
        ({"rs_card01": card()}, "no nodes"),
        ([3], "no nodes"),
        ([{"v": 1, "root": ["rs_card01"], "nodes": {}}], "root is not among"),
        ([card() | {"v": 2}], "version 2"),
        ([card(el_words1=node("novel", "N"))], "no element type named novel"),
        ([card(el_words1=node("text", "N", {"text": 5}))], "A number cannot stand here"),
        ([card(el_words1=node("text", "N", {"onclick": "x"}))], "no property named onclick"),
        ([card(**{'el_"x': node("text", "N")})], "stands nowhere"),
        ([_self()], "stands in itself"),
        (_ring(), "stands in itself"),
        ([_deep(5000)], "nested more than 200"),
        ([card(), _broken_step()], "no action named erase_disk"),
        ([card(), _broken_event(event={"type": ["clicked"]})], "no such event"),
        ([card(), _broken_event(event={"type": "clicked", "options": ["el_inner1"]})], "options of an event"),
        ([card(), _broken_event(repeat={"queue": 1})], "repeated event"),
        ([card(st_open01=node("state", "open", {"type": "text", "at": "phone"}))], "no property named at"),
        ([body("tm_x", {"tm_x": node("theme", "", {}, styles=["sy_a"]), "sy_a": node("style", "S", {"element": []})})], "[]"),
        ([body("pg_other1", {"pg_other1": node("page", "P")})], "none of what comes along"),
        ([body("ap_other1", {"ap_other1": node("api", "A")})], "none of what comes along"),
        ([body("tm_x", {"tm_x": node("theme", "", {}, styles=["sy_a"]), "sy_a": node("style", "S", {"element": "text", "set": {"size": "huge"}})})], "huge"),
        ([card() | {"root": f"rs_{number}", "nodes": {f"rs_{number}": node("reusable", "R")}} for number in range(101)], "More than 100"),
    ],
)  # fmt: skip
def test_a_clipboard_that_is_not_whole_is_refused(there, along, reason):
    before = deepcopy(there.bodies)
    with pytest.raises(Invalid) as refused:
        there.paste({**_of(), "along": along})
    assert (
        reason in refused.value.why and refused.value.sentence == "What you copied is not whole, so nothing was pasted."
    )
    assert there.bodies == before


@pytest.mark.parametrize(
    "document",
    [
        card(el_words1=node("text", "Words", {"text": text(source("state", state=["st_open01"]))})),
        card(el_words1=node("text", "Words", {"text": text(source("property", property=["pr_title1"]))})),
        body("wf_click1", {**CLICKED["nodes"], "sp_set001": node("set_state", "", {"state": ["st_open01"]})}),
    ],
    ids=["a state", "a property", "a step"],
)
def test_what_names_nothing_is_empty_and_an_issue_at_most(there, document):
    there.paste(_of(card(), document) if document["root"] == "wf_click1" else _of(document))
    for kind in ("page", "reusable", "workflow"):
        for each in there.catalog.bodies(kind):
            assert all(problem.severity != "error" for problem in kinds[kind].problems(each, there.catalog))
    assert there.drawn()


def test_only_what_is_needed_is_taken_from_it(there):
    stray = body(
        "wf_stray1", {"wf_stray1": node("workflow", "Stray", {"page": "pg_there1", "event": {"type": "page_loaded"}})}
    )
    unused = body("rs_unused", {"rs_unused": node("reusable", "Unused")})
    there.paste(_of(card(), stray, unused, theme()))
    assert there.named("reusable") == ["Card"] and there.catalog.bodies("workflow") == []
    assert there.catalog.body("theme", "tm_theme") is None


def test_nothing_that_is_there_is_replaced(here):
    """Not by a document of the same id, and not a colour that every theme has."""
    forged = card(el_words1=node("text", "Words", {"text": "Forged", "ink": "accent"}))
    before = deepcopy(here.bodies)
    here.paste(_of(forged, body("tm_theme", {**theme()["nodes"]})))
    assert {**here.bodies, "page/pg_here01": None} == {**before, "page/pg_here01": None}
    there = App()
    there.paste(_of(forged, theme()))
    assert there.catalog.body("theme", "tm_theme") is None, "accent is the accent of the app"


def test_what_would_stand_in_itself_here_is_refused():
    """Box is pasted into the card that it shows."""
    held = App(instance("el_box001", "rs_box001"), documents=[BOX, card(), theme()]).copied("el_box001")
    there = App(documents=[card()])
    there.bodies["page/rs_card01"] = card()
    with pytest.raises(Invalid, match="Box holds Card"):
        planned({"do": "paste", **held, "at": "rs_card01"}, card(), there.catalog)


@pytest.mark.parametrize("deep", [300, 5000])
def test_elements_nested_without_end_are_refused(there, deep):
    nodes = {key: each for key, each in _deep(deep)["nodes"].items() if key != "rs_card01"}
    with pytest.raises(Invalid, match="What you copied is not an element"):
        there.paste({"root": "el_0", "nodes": nodes})
