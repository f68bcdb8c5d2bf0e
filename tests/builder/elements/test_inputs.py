"""What inputs hold and what can be chosen in them, without a page."""

from datetime import UTC, date, datetime

import pytest

from builder.document import body, node
from builder.drawing.render import element_html, sheets
from builder.elements import elements
from builder.elements.choosing import MOST, choices_of, chosen
from builder.expressions.catalog import Catalog, Place
from builder.gestures.placing import insert
from builder.panel.controls import control
from data.things import Thing
from tests.builder.elements.alone import MOVES


def thing(key, **values):
    return Thing(key, "dt_plant1", values, None, None, "")


@pytest.mark.parametrize(
    ("name", "props", "said", "read"),
    [
        ("input", {}, "Ada", "Ada"),
        ("input", {}, 7, "7"),
        ("input", {"content": "number"}, 3, 3),
        ("input", {"content": "number"}, "no number", None),
        ("input", {"content": "date"}, "2026-11-21", date(2026, 11, 21)),
        ("input", {"content": "date"}, "", None),
        ("checkbox", {}, True, True),
        ("checkbox", {}, "on", False),
        ("toggle", {}, None, False),
        ("slider", {}, 20, 20),
        ("date_time", {}, "2026-11-21T09:30:00.000Z", datetime(2026, 11, 21, 9, 30, tzinfo=UTC)),
        ("date_time", {"content": "date"}, "2026-11-21", date(2026, 11, 21)),
        ("date_time", {}, "soon", None),
        ("dropdown", {}, "Sun", "Sun"),
        ("multidropdown", {"choices": "Shade\nSun"}, '["Sun","Shade","Sun","Moon"]', ["Sun", "Shade"]),
        ("checkboxes", {"choices": "Shade\nSun"}, None, []),
    ],
    ids=repr,
)
def test_a_value_is_of_its_element_s_type_whatever_a_browser_says(name, props, said, read):
    assert elements[name].read(said, props) == read
    assert type(elements[name].read(said, props)) is type(read)


@pytest.mark.parametrize(
    ("content", "type"), [("text", "text"), ("number", "number"), ("date", "date"), ("password", "text")]
)
def test_an_input_gives_the_type_of_its_content(content, type):
    nodes = {"el_input1": node("input", "In", {"content": content})}
    page = body("pg_test01", {"pg_test01": node("page", "index", {}, children=["el_input1"], states=[]), **nodes})
    place = Place(Catalog([("page", "pg_test01", page)]), page="pg_test01")
    assert elements["input"].type_here("el_input1", place) == type


def test_choices_are_the_lines_of_a_text():
    assert [*choices_of(" Shade \n\nSun\nShade")] == ["Shade", "Sun"]


def test_choices_are_the_things_of_a_list_with_a_field_as_words():
    found = choices_of([thing("th_one001", df_name01="Fig", df_pot001="Clay")], "df_pot001")
    assert [(each.key, each.words, each.value.key) for each in found.values()] == [("th_one001", "Clay", "th_one001")]


def test_without_a_field_a_thing_is_called_by_its_first_text():
    assert choices_of([thing("th_one001", df_size01=3, df_name01="Fig")])["th_one001"].words == "Fig"


def test_a_list_longer_than_anybody_reads_is_cut():
    assert len(choices_of([f"Plant {number}" for number in range(MOST + 5)])) == MOST


def test_what_is_chosen_is_named_by_its_key_its_words_or_itself():
    fig = thing("th_one001", df_name01="Fig")
    found = choices_of([fig])
    assert [chosen(found, said).value for said in ("th_one001", "Fig", fig)] == [fig] * 3
    assert [chosen(found, said) for said in ("th_gone01", None, 3, [])] == [None] * 4


@pytest.mark.parametrize(("source", "type"), [(None, "list:text"), (MOVES, "list:any")], ids=["lines", "list"])
def test_several_choices_give_a_list(source, type):
    nodes = {"el_input1": node("multidropdown", "In", {"source": source})}
    page = body("pg_test01", {"pg_test01": node("page", "index", {}, children=["el_input1"], states=[]), **nodes})
    place = Place(Catalog([("page", "pg_test01", page)]), page="pg_test01")
    assert elements["multidropdown"].type_here("el_input1", place) == type


def test_first_choices_are_lines_and_can_be_typed_where_a_list_is_expected():
    made = control("initial", elements["checkboxes"].Props.base_fields["initial"], "Shade\nSun", Place(Catalog([])))
    assert (made.literal, made.lines, made.expects, made.problem) == ("text", 2, "list", "")


def test_new_tabs_hold_two_groups():
    page = body("pg_test01", {"pg_test01": node("page", "index", {}, children=[], states=[])})
    nodes = insert(page, "tabs", "pg_test01").changes[0]["nodes"]
    assert sorted(each["type"] for each in nodes.values()) == ["group", "group", "tabs"]


def test_a_tab_is_called_as_its_group_and_the_first_is_open():
    nodes = {
        "el_tabs01": node("tabs", "Tabs", {}, children=["el_care01", "el_light1"]),
        "el_care01": node("group", "Care"),
        "el_light1": node("group", "<Light>"),
    }
    page = body("pg_test01", {"pg_test01": node("page", "index", {}, children=["el_tabs01"], states=[]), **nodes})
    html = element_html(page, None, "el_tabs01", "live")
    assert html.count('role="tab"') == 2 and "&lt;Light&gt;</button>" in html
    assert html.count('role="tabpanel" hidden') == 1
    assert elements["tabs"].begins_with(page, "el_tabs01") == "Care"
    assert 'role="tabpanel" hidden' not in element_html(page, None, "el_tabs01", "edit")


def test_a_tab_can_have_words_of_its_own_and_its_value_stays_the_name_of_its_group():
    nodes = {
        "el_tabs01": node("tabs", "Tabs", {}, children=["el_care01", "el_light1"]),
        "el_care01": node("group", "Care", {"tab": "Care <1>"}),
        "el_light1": node("group", "Light", {"tab": MOVES}),
    }
    page = body("pg_test01", {"pg_test01": node("page", "index", {}, children=["el_tabs01"], states=[]), **nodes})
    html = element_html(page, None, "el_tabs01", "live")
    assert 'data-value="Care"' in html and "Care &lt;1&gt;</button>" in html and 'data-tab="Care &lt;1&gt;"' in html
    assert ">Light</button>" in html, "its name, until its words come"


def test_pages_load_the_styles_of_what_they_hold_only():
    def page(*placed):
        nodes = {f"el_test0{number}": node(*each) for number, each in enumerate(placed)}
        return body("pg_test01", {"pg_test01": node("page", "index", {}, children=[*nodes], states=[]), **nodes})

    def further(*placed):
        return {*sheets(page(*placed))} - {"app"}

    assert further(("text", "Text"), ("group", "Group")) == set()
    assert further(("slider", "Slider"), ("popup", "Popup")) == {"app-containers", "app-inputs"}
    assert further(("group", "Group", {"direction": "grid"})) == {"app-containers"}
