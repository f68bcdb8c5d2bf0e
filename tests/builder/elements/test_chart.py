"""Charts: the picture of their table, or of one number that moves."""

import re

import pytest
from playwright.sync_api import expect

from builder.elements import elements
from builder.elements.chart import _drawn as drawn_by_server
from builder.elements.chart import ticks_of
from tests.builder.elements.alone import KEY, MOVES, drawn, moving

ITEM = {"from": "cell", "args": {"element": KEY}, "ops": []}
SERIES = [{"name": "Fig", "value": ITEM}, {"name": "Fern", "value": ITEM}]
MODULES = ("live/patches", "live/elements/chart")
SEND = """async ([key, points]) => {
  const { apply } = await import("/static/js/live/patches.js")
  window.send = (...patches) => apply(patches, () => false)
  send(["cells", key, points.map((_, at) => `n${at}`)])
  points.forEach(([label, ...numbers], at) => send(["set", `${key}@n${at}`, "label", label],
    ...numbers.map((number, which) => ["set", `${key}@n${at}`, `series.${which}.value`, number])))
}"""


@pytest.mark.parametrize(
    "numbers, from_zero, ticks",
    [
        ([3, 7, 9], False, [10, 8, 6, 4, 2]),
        ([3, 7, 9], True, [10, 5, 0]),
        ([-4, 4], True, [4, 2, 0, -2, -4]),
        ([5, 5], False, [6, 4]),
        ([0], True, [0.5, 0]),
        ([0.1, 0.12], False, [0.12, 0.115, 0.11, 0.105, 0.1]),
        ([1_000_000, 1_500_000], False, [1_600_000, 1_400_000, 1_200_000, 1_000_000]),
    ],
)
def test_ticks_are_round_numbers_around_those_drawn(numbers, from_zero, ticks):
    assert ticks_of(numbers, from_zero) == ticks


def test_its_values_stand_in_the_cells_of_its_own_list():
    found = moving("chart", source=MOVES, label=ITEM, series=SERIES, now=MOVES)
    assert {prop: each.in_cells for prop, each in found.items()} == {
        "source": False,
        "now": False,
        "label": True,
        "series.0.value": True,
        "series.1.value": True,
    }


@pytest.mark.parametrize("value, given", [(3.0, "3"), ("4.5", "4.5"), ("<b>", None), (None, None), (float("nan"), "")])
def test_only_numbers_move_it(value, given):
    assert elements["chart"].given("now", value) in (given, given or None)


@pytest.mark.parametrize("kind", ["line", "bar"])
def test_the_canvas_shows_a_picture_without_any_script(kind):
    html = drawn("chart", "edit", kind=kind, series=[{"name": "Fig", "value": 3}, {"name": "Fern", "value": 4}])
    assert re.search(rf'<path class="sw-{kind}" data-series="1" d="M[^"]+"', html)
    assert html.count('class="sw-ticks') == 1 and "<template" not in html


@pytest.mark.parametrize("kind, said", [("line", "Its line is drawn when"), ("bar", "Its bars are drawn when")])
def test_the_canvas_invents_no_numbers(kind, said):
    html = drawn("chart", "edit", kind=kind, series=SERIES, empty="Nothing measured")
    assert said in html and "<path" not in html and "<svg" not in html
    assert html.count("Nothing measured") == 1


def test_the_canvas_leaves_gaps_where_numbers_are_missing():
    points = [[{"prop": "series.0.value", "words": words}] for words in ("1", "", "3", "4")]
    [line] = drawn_by_server(points, "line")["paths"]
    assert line == "M0.0 100.0h0M66.67 33.33h0L100.0 0.0h0"
    [bars] = drawn_by_server(points, "bar")["paths"]
    assert bars.count("M") == 3


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["line", "bar"])
def test_it_draws_what_its_table_says_and_says_it_in_words(stage, kind):
    page = stage.show(drawn("chart", title="Growth", kind=kind, source=MOVES, label=ITEM, series=SERIES), *MODULES)
    before = page.locator("sw-chart").bounding_box()
    expect(page.get_by_role("img", name="Growth: no numbers yet")).to_have_count(1)
    page.evaluate(SEND, [KEY, [["Mon", "3", "1"], ["Tue", "", "<img src=x onerror=alert(1)>"], ["Wed", "9", "4"]]])
    page.wait_for_function("() => document.querySelectorAll('path[data-series]').length === 2")
    assert page.locator("path[data-series='1']").get_attribute("d").count("M") == 2, "what is missing is a gap"
    assert page.locator(".sw-ends span").all_text_contents() == ["Mon", "Wed"]
    said = page.get_by_role("img").get_attribute("aria-label")
    assert said == f"Growth: {'bars' if kind == 'bar' else 'lines'} of 3 points from 1 to 9, the last 4"
    assert page.locator("sw-chart").bounding_box() == before, "nothing below it moves"
    page.get_by_text("As a table").click()
    assert page.get_by_role("row", name="Wed 9 4").is_visible()
    page.evaluate("(key) => send(['set', `${key}@n2`, 'series.0.value', '30'])", KEY)
    page.wait_for_function("() => document.querySelector('svg').getAttribute('aria-label').includes('to 30')")


@pytest.mark.browser
def test_a_moving_number_is_one_more_point_each_time_and_the_oldest_go(stage):
    series = [{"name": "Price", "value": None}]
    page = stage.show(drawn("chart", title="Price", keep=30, now=MOVES, series=series), *MODULES)
    page.wait_for_function("() => Boolean(customElements.get('sw-chart'))")
    tell = "(many) => { for (let at = 0; at < many; at++) document.querySelector('sw-chart').setAttribute('data-now', 100 + at) }"
    page.evaluate(tell, 50)
    page.wait_for_function(
        "() => document.querySelector('svg').getAttribute('aria-label').includes('of 30 points from 120 to 149')"
    )
    page.evaluate("document.querySelector('sw-chart').setAttribute('data-now', 'nonsense')")
    page.get_by_text("As a table").click()
    page.wait_for_function("() => document.querySelectorAll('tbody tr').length === 30")
    page.evaluate("document.querySelector('sw-chart').setAttribute('data-now', 7)")
    page.wait_for_function("() => document.querySelector('tbody tr:last-child td').textContent === '7'")
