"""Values that stand in the cells of an element's own list are live like those of every list: the rows of a table."""

import json

from builder.document import node
from builder.elements import elements
from builder.expressions.catalog import Catalog
from data.things import Thing
from tests.builder.elements.alone import KEY, page_of
from tests.builder.elements.test_data_table import COLUMNS, ITEM, LIST, column, field
from workflows.live.page import LivePage
from workflows.live.visit import Visit


def visit_of(**props) -> tuple[Visit, list]:
    page = page_of("data_table", **props)
    visit = Visit(None, LivePage(page, Catalog([("page", "pg_test01", page)])))
    sent: list = []

    def receive(message):
        sent.extend(json.loads(message)["p"])

    visit.outbox.attach(receive, 0)
    sent.clear()
    return visit, sent


async def test_S40_each_row_shows_its_own_item_and_only_what_changed_is_sent_again():
    visit, sent = visit_of(columns=COLUMNS, source=LIST)
    visit.set_state("st_moves1", [{"name": "Fig", "cm": 80}, {"name": "Fern", "cm": 30}])
    visit.outbox.flush()
    assert ["cells", KEY, ["n0", "n1"]] in sent
    assert ["set", f"{KEY}@n1", "columns.0.value", "Fern"] in sent
    assert ["set", f"{KEY}@n0", "columns.1.value", "80"] in sent
    sent.clear()
    visit.set_state("st_moves1", [{"name": "Fig", "cm": 81}, {"name": "Fern", "cm": 30}])
    visit.outbox.flush()
    assert sent == [["set", f"{KEY}@n0", "columns.1.value", "81"]]


async def test_a_thing_keeps_its_row_when_the_order_changes():
    visit, sent = visit_of(columns=[column("Text", field("df_body01"))], source=LIST)
    things = [Thing(key, "dt_a", {"df_body01": key}, None, None, "") for key in ("th_a", "th_b")]
    visit.set_state("st_moves1", things)
    visit.outbox.flush()
    sent.clear()
    visit.set_state("st_moves1", things[::-1])
    visit.outbox.flush()
    assert sent == [["cells", KEY, ["th_b", "th_a"]]]


async def test_P12_of_a_huge_list_the_first_thousand_are_shown():
    visit, sent = visit_of(columns=[column("Number", ITEM)], source=LIST)
    visit.set_state("st_moves1", list(range(5000)))
    visit.outbox.flush()
    [cells] = [patch for patch in sent if patch[0] == "cells"]
    assert len(cells[2]) == elements["data_table"].most == 1000
    assert len([patch for patch in sent if patch[0] == "set" and patch[2] == "columns.0.value"]) == 1000


async def test_html_in_an_item_stays_text():
    visit, sent = visit_of(columns=[column("Text", ITEM)], source=LIST)
    visit.set_state("st_moves1", ["<img src=x onerror=alert(1)>"])
    visit.outbox.flush()
    assert ["set", f"{KEY}@n0", "columns.0.value", "<img src=x onerror=alert(1)>"] in sent


def test_in_a_list_it_has_a_place_in_every_cell():
    page = page_of("data_table", columns=[column("Number", ITEM)], source=LIST)
    page["nodes"]["pg_test01"]["slots"]["children"] = ["el_list01"]
    page["nodes"]["el_list01"] = node("repeating_group", "List", {"source": LIST}, children=[KEY])
    live = LivePage(page, Catalog([("page", "pg_test01", page)]))
    assert [each.lists for each in live.bindings if each.prop == "columns.0.value"] == [("el_list01", KEY)]
