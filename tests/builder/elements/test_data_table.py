"""Data tables: a row for each item, worked out in the row's own cell."""

import re

import pytest

from builder.bindings import bound
from builder.document import node
from builder.drawing.render import page_html
from builder.elements import elements
from builder.expressions.catalog import Catalog, Place
from builder.sources import sources
from tests.builder.elements.alone import KEY, drawn, page_of

ITEM = {"from": "cell", "args": {"element": KEY}, "ops": []}


def field(key: str) -> dict:
    return {**ITEM, "ops": [{"op": "field", "args": [key]}]}


def column(label: str, value, align: str = "auto") -> dict:
    return {"label": label, "value": value, "align": align}


COLUMNS = [column("Plant", field("name")), column("cm", field("cm"), "end"), column("Note", "fixed")]


LIST = {"from": "state", "args": {"state": "st_moves1"}, "ops": []}


def test_its_head_and_the_row_that_is_copied_are_there_before_any_item():
    html = drawn("data_table", columns=COLUMNS, source=LIST)
    assert re.findall(r'<th scope="col"[^>]*>([^<]*)', html) == ["Plant", "cm", "Note"]
    row = re.search(r"<template data-cell>(.*?)</template>", html)[1]
    assert f'<tr data-el="{KEY}@">' in row
    assert re.findall(r'data-p="(columns[^"]*)">([^<]*)', row) == [
        ("columns.0.value", ""),
        ("columns.1.value", ""),
        ("columns.2.value", "fixed"),
    ]


def test_its_columns_are_offered_the_item_of_their_row_and_its_list_is_not():
    page = page_of("data_table", content_type="number", columns=[column("Number", ITEM)])
    place = Place(Catalog([("page", "pg_test01", page)]), page="pg_test01", element=KEY)
    [offer] = sources["cell"].offers(place)
    assert (offer.expression, offer.type) == (ITEM, "number")
    within = Place(place.catalog, page="pg_test01", element=KEY, passed=frozenset({KEY}))
    assert list(sources["cell"].offers(within)) == []
    [value] = bound({"columns": elements["data_table"].Props.base_fields["columns"]}, page["nodes"][KEY]["props"])
    assert value.prop == "columns.0.value"


def test_numbers_stand_at_the_right_by_their_type():
    html = drawn("data_table", content_type="number", columns=[column("Number", ITEM), column("Word", "x")])
    assert 'class="sw-number" data-p="columns.0.value"' in html
    assert 'class="sw-number" data-p="columns.1.value"' not in html


def test_the_canvas_shows_its_rows_with_samples_and_asks_for_columns():
    assert drawn("data_table", "edit", columns=COLUMNS).count("<td") == 9
    assert "Add a column" in drawn("data_table", "edit")


@pytest.mark.browser
def test_rows_come_go_and_grow_by_the_verbs_of_every_page(stage):
    page = stage.show(drawn("data_table", columns=COLUMNS, source=LIST, empty="None yet"), "live/patches")
    page.evaluate(
        """async (key) => {
          const { apply } = await import("/static/js/live/patches.js")
          window.send = (...patches) => apply(patches, () => false)
          send(["cells", key, ["a", "b"]], ["set", `${key}@a`, "columns.0.value", "Fig"], ["set", `${key}@b`, "columns.0.value", "Fe"])
          send(["append", `${key}@b`, "columns.0.value", "rn"])
        }""",
        KEY,
    )
    cells = page.locator("tbody td")
    assert [each.strip() for each in cells.all_text_contents()] == ["Fig", "", "fixed", "Fern", "", "fixed"]
    assert page.get_by_text("None yet").is_hidden()
    page.evaluate("(key) => send(['cells', key, ['b']])", KEY)
    assert page.locator("tbody tr").all_text_contents() == ["Fernfixed"]
    page.evaluate("(key) => send(['cells', key, []])", KEY)
    assert page.get_by_text("None yet").is_visible()


@pytest.mark.browser
def test_in_the_cell_of_a_list_it_has_rows_of_its_own(stage):
    page = page_of("data_table", columns=[column("Plant", ITEM)], source=LIST)
    page["nodes"]["pg_test01"]["slots"]["children"] = ["el_list01"]
    page["nodes"]["el_list01"] = node("repeating_group", "List", {"source": LIST}, children=[KEY])
    shown = stage.show(page_html(page, None, "live"), "live/patches")
    shown.evaluate(
        """async (key) => {
          const { apply } = await import("/static/js/live/patches.js")
          apply([["cells", "el_list01", ["a", "b"]], ["cells", `${key}@a`, ["n0"]], ["cells", `${key}@b`, ["n0", "n1"]],
            ...["a/n0", "b/n0", "b/n1"].map((at) => ["set", `${key}@${at}`, "columns.0.value", at])], () => false)
        }""",
        KEY,
    )
    rows = [table.locator("tbody td").all_text_contents() for table in shown.locator("table").all()]
    assert rows == [["a/n0"], ["b/n0", "b/n1"]]
